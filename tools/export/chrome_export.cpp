#include "tools/export/chrome_export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "tools/console/fact_line.hpp"
#include "tools/print/json_value.hpp"

namespace chokepoint {
namespace {

void append_json_text(std::string_view text, std::string& out) {
  const bool is_plain = std::ranges::all_of(
      text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '<'; });
  if (is_plain) {
    out.append(1, '"').append(text).append(1, '"');
  } else {
    out += json_quoted(std::string(text));
  }
}

void append_json_value(const ExportValue& value, std::string& out) {
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    append_json_text(*text, out);
  } else if (const auto* yes = std::get_if<bool>(&value)) {
    out += *yes ? "true" : "false";
  } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    fmt::format_to(std::back_inserter(out), "{}", *whole);
  } else if (const auto* real = std::get_if<double>(&value); real && std::isfinite(*real)) {
    fmt::format_to(std::back_inserter(out), "{}", *real);
  } else {
    out += "null";
  }
}

const char* phase_of(Timeline timeline) {
  switch (timeline) {
    case Timeline::SliceBegin:
      return "B";
    case Timeline::SliceEnd:
      return "E";
    case Timeline::Sample:
      return "C";
    case Timeline::Instant:
      break;
  }
  return "i";
}

/// The sample of a fact; nothing where it is none.
ExportValue sample_of(const FactRows::Row& row) {
  const auto& columns = fact_tables()[row.table].columns;
  const auto found = std::ranges::find(columns, "value", &ExportColumn::name);
  return found == columns.end() ? ExportValue()
                                : row.values[static_cast<std::size_t>(found - columns.begin())];
}

constexpr std::size_t kColumnsOfAll = 4;  // Number, time and track, which an event has elsewhere.

}  // namespace

Exported ChromeExport::write_all(TraceReader& reader, const std::string& name) {
  const pb::Manifest& manifest = reader.manifest();
  text_ = "{\"displayTimeUnit\":\"ms\",\"otherData\":{\"scenario\":";
  append_json_text(manifest.scenario().name(), text_);
  text_ += ",\"epoch\":";
  append_json_text(manifest.epoch(), text_);
  text_ += ",\"program_version\":";
  append_json_text(manifest.program_version(), text_);
  text_ += "},\"traceEvents\":[";
  file_.write(text_);
  Exported exported;
  FactRows rows(epoch_of(manifest, name));
  while (const auto timed = reader.next()) {
    add_new_tracks(reader);
    ++exported.facts;
    const auto row = rows.row(*timed, exported.facts, 0);
    if (row) add(*timed, *row);
    if (!row) ++exported.of_later_versions;
  }
  file_.write("\n]}\n");
  file_.close();
  exported.is_truncated = reader.truncated();
  return exported;
}

void ChromeExport::begin_event() {
  text_ = is_first_ ? "\n" : ",\n";
  is_first_ = false;
}

void ChromeExport::add_new_tracks(const TraceReader& reader) {
  for (; told_tracks_ < reader.tracks().size(); ++told_tracks_) {
    const Track& track = reader.tracks()[told_tracks_];
    const auto [found, is_new] = threads_.try_emplace(track.uuid);
    if (!is_new) continue;
    Thread& thread = found->second;
    thread.number = threads_.size();
    thread.unit = track.unit;
    const auto parent = threads_.find(track.parent);
    if (track.parent == 0 || parent == threads_.end()) {
      thread.process = ++processes_;
      add_name("process_name", thread, track.name);
    } else {
      thread.process = parent->second.process;
      thread.path = parent->second.path;
      thread.path.append(thread.path.empty() ? "" : " > ").append(track.name);
    }
    if (track.unit.empty()) {
      add_name("thread_name", thread, thread.path.empty() ? track.name : thread.path);
    }
  }
}

void ChromeExport::add_name(const char* what, const Thread& of, const std::string& name) {
  begin_event();
  fmt::format_to(std::back_inserter(text_), R"({{"ph":"M","pid":{},"tid":{},"name":"{}","args":)",
                 of.process, of.number, what);
  text_ += "{\"name\":";
  append_json_text(name, text_);
  text_ += "}}";
  file_.write(text_);
}

void ChromeExport::add(const TimedFact& timed, const FactRows::Row& row) {
  static const Thread nowhere;
  const auto found = threads_.find(timed.track);
  const Thread& thread = found == threads_.end() ? nowhere : found->second;
  begin_event();
  fmt::format_to(std::back_inserter(text_), R"({{"ph":"{}","pid":{},"tid":{},"ts":{}.{:03})",
                 phase_of(timed.timeline), thread.process, thread.number, timed.time_ns / 1000,
                 timed.time_ns % 1000);
  if (timed.timeline == Timeline::Sample) {
    text_ += ",\"name\":";
    append_json_text(thread.path, text_);
    text_ += ",\"args\":{";
    append_json_text(thread.unit.empty() ? "value" : thread.unit, text_);
    text_ += ':';
    append_json_value(sample_of(row), text_);
    text_ += "}}";
    return file_.write(text_);
  }
  if (timed.timeline == Timeline::Instant) text_ += ",\"s\":\"t\"";
  if (timed.timeline != Timeline::SliceEnd) {
    const ExportTable& table = fact_tables()[row.table];
    text_ += ",\"cat\":\"" + table.name + "\",\"name\":";
    append_json_text(timed.label.empty() ? table.name : timed.label, text_);
    text_ += ",\"args\":{";
    const char* gap = "";
    for (std::size_t i = kColumnsOfAll; i < row.values.size(); ++i) {
      if (std::holds_alternative<std::monostate>(row.values[i])) continue;
      text_.append(gap).append(1, '"').append(table.columns[i].name).append("\":");
      append_json_value(row.values[i], text_);
      gap = ",";
    }
    text_ += '}';
  }
  text_ += '}';
  file_.write(text_);
}

}  // namespace chokepoint
