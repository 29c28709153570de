#include "tools/console/trace_inspection.hpp"

#include <fmt/format.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "tools/console/fact_line.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

constexpr int kDeepest = 16;  // Ours have four levels; a foreign file may have any.

std::string count_text(std::uint64_t count) {
  return format_value(static_cast<double>(count));
}

std::string truncation(bool truncated, std::uint64_t whole, std::uint64_t all) {
  if (!truncated) return "";
  if (whole < all) {
    return fmt::format("truncated after {} of {} bytes", count_text(whole), count_text(all));
  }
  return fmt::format("truncated after {} bytes: the run's end is missing", count_text(all));
}

/// Rows of the tree of tracks, parents above children.
class TrackTree {
public:
  explicit TrackTree(const TraceInspection& trace) : trace_(trace) {
    std::set<std::uint64_t> known;
    for (const Track& track : trace.tracks) known.insert(track.uuid);
    for (const Track& track : trace.tracks) {
      children_[known.count(track.parent) > 0 ? track.parent : 0].push_back(&track);
    }
  }

  void add_rows(Table& table) const { add_rows(0, 0, table); }
  JsonValue json() const {
    JsonValue list = JsonValue::list();
    add_json(0, 0, "", list);
    return list;
  }

private:
  void add_rows(std::uint64_t parent, int depth, Table& table) const {
    for (const Track* track : children_of(parent)) {
      const std::uint64_t facts = facts_below(*track, depth);
      if (facts == 0) continue;
      const std::string indent(2 * static_cast<std::size_t>(depth + 1), ' ');
      table.add_row({indent + track->name, facts, track->unit});
      if (depth < kDeepest) add_rows(track->uuid, depth + 1, table);
    }
  }

  void add_json(std::uint64_t parent, int depth, const std::string& above, JsonValue& list) const {
    for (const Track* track : children_of(parent)) {
      const std::uint64_t facts = facts_below(*track, depth);
      if (facts == 0) continue;
      const std::string path = above + track->name;
      list.push(JsonValue::object()
                    .add("track", path)
                    .add("facts", JsonValue::whole(facts))
                    .add("unit", track->unit.empty() ? JsonValue() : JsonValue(track->unit)));
      if (depth < kDeepest) add_json(track->uuid, depth + 1, path + " > ", list);
    }
  }

  std::uint64_t facts_below(const Track& track, int depth) const {
    const auto own = trace_.facts_by_track.find(track.uuid);
    std::uint64_t sum = own == trace_.facts_by_track.end() ? 0 : own->second;
    if (depth == kDeepest) return sum;
    for (const Track* child : children_of(track.uuid)) sum += facts_below(*child, depth + 1);
    return sum;
  }

  const std::vector<const Track*>& children_of(std::uint64_t uuid) const {
    static const std::vector<const Track*> none;
    const auto found = children_.find(uuid);
    return found == children_.end() ? none : found->second;
  }

  const TraceInspection& trace_;
  std::map<std::uint64_t, std::vector<const Track*>> children_;  // By parent, in the file's order.
};

std::string head_text(const TraceInspection& trace, const std::string& file) {
  const pb::Manifest& manifest = trace.manifest;
  const pb::Scenario& scenario = manifest.scenario();
  std::string text;
  const auto add = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) text += fmt::format("{:<11}{}\n", name, wrap(value, kTextWidth - 11, 11));
  };
  add("trace", file);
  add("scenario", scenario.name());
  add("question", scenario.question());
  add("base", manifest.base());
  if (manifest.changes_size() > 0) add("changes", std::to_string(manifest.changes_size()));
  add("version", manifest.program_version());
  add("digest", manifest.scenario_digest());
  add("seed", std::to_string(manifest.seed()));
  add("period", scenario.start() + " .. " + scenario.end());
  add("level", manifest.trace_level());
  add("size", count_text(trace.bytes) + " bytes");
  add("packets", count_text(trace.packets));
  if (trace.first_ns) {
    const Moment epoch = epoch_of(manifest, file);
    add("first fact", moment(epoch, *trace.first_ns));
    add("last fact", moment(epoch, *trace.last_ns));
  }
  const std::string cut = truncation(trace);
  add("state", cut.empty() ? "whole" : cut);
  return text;
}

}  // namespace

JsonValue inspection_json(const TraceInspection& trace, const std::string& file) {
  const pb::Manifest& manifest = trace.manifest;
  const pb::Scenario& scenario = manifest.scenario();
  const auto moment_or_null = [&](const std::optional<std::uint64_t>& when) {
    return when ? JsonValue(moment(epoch_of(manifest, file), *when)) : JsonValue();
  };
  JsonValue kinds = JsonValue::list();
  for (const auto& [kind, facts] : trace.facts_by_kind) {
    kinds.push(JsonValue::object()
                   .add("kind", kind.empty() ? "of a later version" : kind)
                   .add("facts", JsonValue::whole(facts)));
  }
  return JsonValue::object()
      .add("schema", "chokepoint.trace.inspect/1")
      .add("trace", file)
      .add("scenario", scenario.name())
      .add("question", scenario.question())
      .add("base", manifest.base().empty() ? JsonValue() : JsonValue(manifest.base()))
      .add("changes", static_cast<double>(manifest.changes_size()))
      .add("program_version", manifest.program_version())
      .add("scenario_digest", manifest.scenario_digest())
      .add("seed", JsonValue::whole(manifest.seed()))
      .add("start", scenario.start())
      .add("end", scenario.end())
      .add("trace_level", manifest.trace_level())
      .add("bytes", JsonValue::whole(trace.bytes))
      .add("whole_bytes", JsonValue::whole(trace.whole_bytes))
      .add("packets", JsonValue::whole(trace.packets))
      .add("facts", JsonValue::whole(trace.facts))
      .add("first_fact", moment_or_null(trace.first_ns))
      .add("last_fact", moment_or_null(trace.last_ns))
      .add("truncated", trace.truncated)
      .add("facts_by_kind", std::move(kinds))
      .add("facts_by_track", TrackTree(trace).json());
}

std::string scenario_text(const pb::Manifest& manifest) {
  google::protobuf::TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  std::string text;
  if (!printer.PrintToString(manifest.scenario(), &text)) {
    throw std::runtime_error("the scenario of the trace cannot be printed");
  }
  return text;
}

TraceInspection inspect_trace(const std::filesystem::path& path) {
  TraceReader reader(path);
  TraceInspection trace;
  while (const auto timed = reader.next()) {
    ++trace.facts;
    ++trace.facts_by_kind[kind_of(timed->fact)];
    ++trace.facts_by_track[timed->track];
    trace.first_ns = std::min(trace.first_ns.value_or(timed->time_ns), timed->time_ns);
    trace.last_ns = std::max(trace.last_ns.value_or(timed->time_ns), timed->time_ns);
  }
  trace.manifest = reader.manifest();
  trace.packets = reader.packets();
  trace.bytes = reader.bytes();
  trace.whole_bytes = reader.whole_bytes();
  trace.truncated = reader.truncated();
  std::set<std::uint64_t> seen;
  for (const Track& track : reader.tracks()) {
    if (seen.insert(track.uuid).second) trace.tracks.push_back(track);
  }
  return trace;
}

std::string truncation(const TraceReader& reader) {
  return truncation(reader.truncated(), reader.whole_bytes(), reader.bytes());
}

std::string truncation(const TraceInspection& trace) {
  return truncation(trace.truncated, trace.whole_bytes, trace.bytes);
}

std::string inspection_text(const TraceInspection& trace, const std::string& file) {
  Table kinds("facts", {"facts", Column("number", Type::Count, count_text(trace.facts))});
  std::vector<std::string> order = fact_kinds();
  order.emplace_back();  // Those of a later version.
  for (const auto& kind : order) {
    const auto found = trace.facts_by_kind.find(kind);
    if (found == trace.facts_by_kind.end()) continue;
    kinds.add_row({fmt::format("  {}", kind.empty() ? "of a later version" : kind), found->second});
  }
  Table tracks("tracks", {"tracks", Column("facts", Type::Count), "unit"});
  TrackTree(trace).add_rows(tracks);
  std::string text = head_text(trace, file);
  for (const Table* table : {&kinds, &tracks}) {
    if (!table->is_empty()) text.append("\n").append(to_text(*table));
  }
  return text;
}

}  // namespace chokepoint
