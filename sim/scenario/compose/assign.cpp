#include "sim/scenario/compose/edits.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "chokepoint/v1/sourced.pb.h"
#include "sim/scenario/text/characters.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/read_scalar.hpp"
#include "sim/scenario/text/read_text.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {

namespace {

bool begins_with_any(const std::string& text, const char* characters) {
  const auto first = text.find_first_not_of(" \t\n");
  return first != std::string::npos &&
         std::string(characters).find(text[first]) != std::string::npos;
}

class Assigner {
public:
  Assigner(const Assignment& assignment, const AssignmentPlaces& at, Diagnostics& found)
      : assignment_(assignment), at_(at), found_(found) {}

  void assign(Located scenario);
  std::size_t values() const { return values_; }

private:
  std::optional<Located> enter(Located around, const PathSegment& segment);
  std::optional<Located> enter_element(Located around, const FieldDescriptor& field,
                                       const std::optional<std::string>& key);
  const FieldDescriptor* find_field(const Message& message, const std::string& name);

  void store(Located around, const PathSegment& segment);
  void store_field(Located around, const FieldDescriptor& field, const std::string& value);
  void store_bare(Located around, const FieldDescriptor& field);
  std::unique_ptr<Message> parse(const Message& type, const FieldDescriptor& field,
                                 const std::string& value);

  void report(const SourceLocation& where, std::string message, std::string help = "");
  void report_path(std::string message, std::string help = "") {
    report(at_.path, std::move(message), std::move(help));
  }

  /// An element of a keyed list, which has another name where its name is set.
  struct Entered {
    Located around;
    const FieldDescriptor& field;
    int i;
  };

  const Assignment& assignment_;
  const AssignmentPlaces& at_;
  Diagnostics& found_;
  std::optional<Entered> entered_;  ///< The innermost.
  int blocks_around_ = 0;           ///< Around what is assigned.
  std::size_t values_ = 1;          ///< That were written.
};

void Assigner::report(const SourceLocation& where, std::string message, std::string help) {
  if (at_.is_argument) {
    message += " in " + in_quotes(assignment_.path + "=" + assignment_.value);
  }
  found_.error(where, std::move(message), std::move(help));
}

void Assigner::assign(Located scenario) {
  constexpr std::size_t kLongestPath = kMostBlocks * (kLongestName + 60);  // Fields are shorter.
  const auto segments =
      assignment_.path.size() > kLongestPath ? std::nullopt : parse_path(assignment_.path);
  if (!segments) {
    return report_path(concat(in_quotes(assignment_.path), " is no path"),
                       "paths look like orders[h20_national].price_usd.value");
  }
  if (first_non_utf8(assignment_.value)) return report(at_.value, "the value is not UTF-8");
  if (segments->size() > kMostBlocks) {
    return report_path(concat("more than ", std::to_string(kMostBlocks), " blocks in each other"));
  }
  blocks_around_ = static_cast<int>(segments->size()) - 1;
  std::optional<Located> at = scenario;
  for (std::size_t i = 0; i + 1 < segments->size(); ++i) {
    const auto inside = enter(*at, (*segments)[i]);
    if (!inside) return;
    at.emplace(*inside);
  }
  if (!entered_ || segments->back().field != "name") return store(*at, segments->back());
  const auto& [around, field, i] = *entered_;
  const std::string before = name_of(around.message, field, i);
  store(*at, segments->back());
  renamed_element(around, field, i, before);
}

const FieldDescriptor* Assigner::find_field(const Message& message, const std::string& name) {
  const Descriptor& type = *message.GetDescriptor();
  const auto* field = type.FindFieldByName(name);
  if (field == nullptr) {
    report_path(concat(kind_of(type), " has no field ", in_quotes(name)),
                help_for_unknown_field(type, name));
    return nullptr;
  }
  const bool instruction =
      &type == pb::Scenario::descriptor() &&
      (name == "import" || name == "base" || name == "remove" || name == "set");
  if (!instruction) return field;
  report_path(concat(name, " is not part of the world"), "write it in a scenario file");
  return nullptr;
}

std::optional<Located> Assigner::enter(Located around, const PathSegment& segment) {
  const auto* field = find_field(around.message, segment.field);
  if (field == nullptr) return std::nullopt;
  if (field->message_type() == nullptr) {
    report_path(concat(segment.field, " is ", expected_value(*field), " and has no fields"));
    return std::nullopt;
  }
  if (field->is_repeated()) return enter_element(around, *field, segment.key);
  if (segment.key) {
    report_path(concat(segment.field, " is no list"), concat("write ", segment.field));
    return std::nullopt;
  }
  Places* place = find_place(around.places, *field);
  if (place == nullptr) place = &overwrite(around.places, *field, at_.path);
  return Located{*around.message.GetReflection()->MutableMessage(&around.message, field), *place};
}

std::optional<Located> Assigner::enter_element(Located around, const FieldDescriptor& field,
                                               const std::optional<std::string>& key) {
  const std::string kind = kind_of(*field.message_type());
  if (!key) {
    report_path(concat(field.name(), " is a list"),
                concat("say which ", kind, ": ", field.name(), is_keyed(field) ? "[NAME]" : "[0]",
                       " of ", listed(keys_of(around.message, field))));
    return std::nullopt;
  }
  const auto i = find_element(around, field, *key);
  if (!i) {
    report_path(concat("no ", kind, " ", in_quotes(*key)),
                help_for_unknown(*key, keys_of(around.message, field), kind));
    return std::nullopt;
  }
  if (is_keyed(field)) entered_.emplace(Entered{around, field, *i});
  return Located{
      *around.message.GetReflection()->MutableRepeatedMessage(&around.message, &field, *i),
      element_place(around.places, field, *i, at_.path)};
}

void Assigner::store(Located around, const PathSegment& segment) {
  const auto* field = find_field(around.message, segment.field);
  if (field == nullptr) return;
  if (is_keyed(*field)) {
    return report_path(concat(assignment_.path, segment.key ? " is more than one value"
                                                            : " is a list of named elements"),
                       "set one of its fields");
  }
  if (segment.key) {
    return report_path(
        concat(segment.field, field->is_repeated() ? " is set as a whole" : " is no list"),
        concat("write ", segment.field, field->is_repeated() ? "=[...]" : ""));
  }
  const bool block = field->message_type() != nullptr;
  const bool text = field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  const bool bare =
      !field->is_repeated() && ((block && !begins_with_any(assignment_.value, "{<")) ||
                                (text && !begins_with_any(assignment_.value, "\"'")));
  if (bare) {
    store_bare(around, *field);
  } else {
    store_field(around, *field, assignment_.value);
  }
}

// A text without quotes, or a figure or fact of which only the value is given.
void Assigner::store_bare(Located around, const FieldDescriptor& field) {
  const auto* reflection = around.message.GetReflection();
  if (field.message_type() == nullptr) {
    if (const auto wrong = length_complaint(field, assignment_.value); !wrong.empty()) {
      return report(at_.value, concat(field.name(), " ", wrong), kHelpWithLength);
    }
    reflection->SetString(&around.message, &field, assignment_.value);
    overwrite(around.places, field, at_.value);
    return;
  }
  const bool figure = field.message_type() == pb::Sourced::descriptor();
  if (!figure && field.message_type() != pb::SourcedText::descriptor()) {
    return store_field(around, field, assignment_.value);  // Which reports that it is no block.
  }
  const auto inner = enter(around, {field.name(), std::nullopt});
  const Descriptor& type = *field.message_type();
  for (const auto* stale : {"low", "high", "shape", "alternatives"}) {
    const auto* of_old_value = type.FindFieldByName(stale);
    if (of_old_value == nullptr) continue;
    inner->message.GetReflection()->ClearField(&inner->message, of_old_value);
    forget(inner->places, *of_old_value);
  }
  store(*inner, {figure ? "value" : "text", std::nullopt});
}

void Assigner::store_field(Located around, const FieldDescriptor& field, const std::string& value) {
  const auto parsed = parse(around.message, field, value);
  if (parsed == nullptr) return;
  const auto* reflection = around.message.GetReflection();
  reflection->ClearField(&around.message, &field);
  reflection->SwapFields(&around.message, parsed.get(), {&field});
  forget(around.places, field);
  const int places = field.is_repeated() ? reflection->FieldSize(around.message, &field) : 1;
  for (int i = 0; i < places; ++i) {
    around.places.inside.push_back({at_.value, &field, false, {}});
  }
  if (places == 0) around.places.inside.push_back({at_.value, &field, true, {}});
}

// A message of the type of `type` in which only `field` is set, to `value`; null after a report.
std::unique_ptr<Message> Assigner::parse(const Message& type, const FieldDescriptor& field,
                                         const std::string& value) {
  std::unique_ptr<Message> parsed(type.New());
  Places places;
  Diagnostics problems;
  values_ = read_text(field.name() + ": " + value, "", *parsed, places, problems,
                      {blocks_around_, at_.values_before});
  for (const auto& problem : problems.items()) report(at_.value, problem.message, problem.help);
  if (problems.has_errors()) return nullptr;
  const bool alone = std::ranges::all_of(
      places.inside, [&](const Places& place) { return place.field == &field; });
  if (alone) return parsed;
  report(at_.value, concat(in_quotes(value), " is more than one value"));
  return nullptr;
}

}  // namespace

std::size_t assign(Located scenario, const Assignment& assignment, const AssignmentPlaces& at,
                   Diagnostics& found) {
  Assigner assigner(assignment, at, found);
  assigner.assign(scenario);
  return assigner.values();
}

}  // namespace chokepoint
