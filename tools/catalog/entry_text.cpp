#include "tools/catalog/entry_text.hpp"

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

#include "tools/print/json_value.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

namespace {

namespace pb = chokepoint::v1;

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

/// The table of values, and the notes that go below it.
struct Sheet {
  Table table{"entry", {"field", "value", "unit", "range", "confidence", "source"}};
  std::vector<std::pair<std::string, std::string>> notes;  // What they are of, and the text.
};

std::string in_words(pb::Confidence confidence) {
  std::string word = pb::Confidence_Name(confidence);
  std::ranges::transform(word, word.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return word;
}

void add_figure(Sheet& sheet, const std::string& path, const std::string& unit,
                const pb::Sourced& in) {
  const std::string range =
      in.has_low() ? format_bracket(format_value(in.low()), format_value(in.high())) : "-";
  sheet.table.add_row(
      {path, format_value(in.value()), unit, range, in_words(in.confidence()), in.source()});
  if (!in.note().empty()) sheet.notes.emplace_back(path, in.note());
  for (const auto& other : in.alternatives()) {
    sheet.table.add_row({"  or", format_value(other.value()), unit, "-",
                         in_words(other.confidence()), other.source()});
    if (!other.note().empty()) {
      sheet.notes.emplace_back(path + " or " + format_value(other.value()), other.note());
    }
  }
}

void add_text(Sheet& sheet, const std::string& path, const pb::SourcedText& in) {
  constexpr std::size_t kLongestCell = 40;
  const bool fits = in.text().size() <= kLongestCell;
  sheet.table.add_row(
      {path, fits ? in.text() : "see below", "", "-", in_words(in.confidence()), in.source()});
  if (!fits) sheet.notes.emplace_back(path, in.text());
  for (const auto& other : in.alternatives()) sheet.notes.emplace_back(path + " or", other);
}

std::string plain_text(const Message& message, const FieldDescriptor& field, int i) {
  std::string text;
  google::protobuf::TextFormat::PrintFieldValueToString(message, &field, i, &text);
  const bool is_quoted = text.size() >= 2 && text.front() == '"';
  return is_quoted ? text.substr(1, text.size() - 2) : text;
}

void add_message(Sheet& sheet, const Message& message, const std::string& prefix);

void add_value(Sheet& sheet, const Message& message, const FieldDescriptor& field, int i,
               const std::string& path) {
  if (field.message_type() == nullptr) {
    sheet.table.add_row(
        {path, plain_text(message, field, i), std::string(unit_of(field.name()).text), "", "", ""});
    return;
  }
  const auto* reflection = message.GetReflection();
  const Message& value = i < 0 ? reflection->GetMessage(message, &field)
                               : reflection->GetRepeatedMessage(message, &field, i);
  if (const auto* figure = dynamic_cast<const pb::Sourced*>(&value)) {
    add_figure(sheet, path, std::string(unit_of(field.name()).text), *figure);
  } else if (const auto* text = dynamic_cast<const pb::SourcedText*>(&value)) {
    add_text(sheet, path, *text);
  } else {
    add_message(sheet, value, path + ".");
  }
}

void add_message(Sheet& sheet, const Message& message, const std::string& prefix) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (field->name() == "name" && prefix.empty()) continue;  // The heading says it.
    if (field->name() == "note" || field->name() == "what" || field->name() == "location") {
      sheet.notes.emplace_back(prefix + field->name(), reflection->GetString(message, field));
    } else if (!field->is_repeated()) {
      add_value(sheet, message, *field, -1, prefix + field->name());
    } else {
      for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
        add_value(sheet, message, *field, i,
                  prefix + field->name() + "[" + std::to_string(i) + "]");
      }
    }
  }
}

std::string beside(const std::string& what, std::optional<double> computed,
                   std::optional<double> published, const std::string& unit) {
  std::string line = what + ": " + (computed ? format_value(*computed) + unit : "not known");
  line += published ? ", published " + format_value(*published) : ", none published";
  if (computed && published) {
    line += " (" + format_percent((*computed / *published - 1.0) * 100.0) + " %)";
  }
  return line + "\n";
}

std::string scores(const DeviceSpec& device) {
  const double score = tpp(device.peaks);
  return beside("computed TPP", score > 0.0 ? std::optional(score) : std::nullopt,
                device.published_tpp, "") +
         beside("computed performance density", performance_density(device),
                device.published_density, " TPP/mm2");
}

}  // namespace

std::string entry_text(const Catalog& catalog, const std::string& kind, const std::string& name) {
  Sheet sheet;
  add_message(sheet, entry(catalog, kind, name), "");
  std::string text = name + "\n\n" + to_text(sheet.table);
  if (kind == "devices") {
    for (const auto& device : catalog.read.devices) {
      if (device.name == name) text.append("\n").append(scores(device));
    }
  }
  if (!sheet.notes.empty()) text.append("\n");
  for (const auto& [of, note] : sheet.notes) {
    std::string line = of;
    line.append(": ").append(note);
    text.append(wrap(line, kTextWidth, 2)).append("\n");
  }
  return text;
}

std::string entry_json(const Catalog& catalog, const std::string& kind, const std::string& name) {
  return "{\"schema\": \"chokepoint.catalog.entry/1\", \"kind\": \"" + kind +
         "\", \"entry\": " + to_json(entry(catalog, kind, name)) + "}\n";
}

}  // namespace chokepoint
