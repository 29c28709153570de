#include "sim/scenario/compose/edits.hpp"

#include <set>
#include <utility>

#include "chokepoint/v1/sourced.pb.h"
#include "sim/scenario/text/one_line.hpp"
#include "sim/scenario/text/origins.hpp"

namespace chokepoint {

namespace {

class Comparer {
public:
  Comparer(const Origins& origins, const std::map<std::string, SourceLocation>& removals)
      : origins_(origins), removals_(removals) {}

  void compare(const Message& before, const Message& after, const std::string& path);
  std::vector<Change> take() { return std::move(changes_); }

private:
  void compare_field(const Message& before, const Message& after, const FieldDescriptor& field,
                     const std::string& path);
  void compare_list(const Message& before, const Message& after, const FieldDescriptor& field,
                    const std::string& path);
  void add(const std::string& path, std::string before, std::string after);

  const Origins& origins_;
  const std::map<std::string, SourceLocation>& removals_;
  std::vector<Change> changes_;
};

void Comparer::add(const std::string& path, std::string before, std::string after) {
  const auto kind = before.empty()  ? Change::Kind::Added
                    : after.empty() ? Change::Kind::Removed
                                    : Change::Kind::Changed;
  const auto removal = removals_.find(path);
  const bool removed = kind == Change::Kind::Removed && removal != removals_.end();
  changes_.push_back({kind, path, std::move(before), std::move(after),
                      removed ? removal->second : origin_of(origins_, path)});
}

void Comparer::compare(const Message& before, const Message& after, const std::string& path) {
  const auto& type = *before.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const bool own = path.empty() && (field.name() == "name" || field.name() == "question");
    if (own) continue;
    const std::string inner = join_path(path, field.name());
    if (is_keyed(field)) {
      compare_list(before, after, field, inner);
    } else {
      compare_field(before, after, field, inner);
    }
  }
}

void Comparer::compare_list(const Message& before, const Message& after,
                            const FieldDescriptor& field, const std::string& path) {
  const auto* reflection = before.GetReflection();
  std::set<std::string> kept;
  for (int i = 0; i < reflection->FieldSize(after, &field); ++i)
    kept.insert(key_of(after, field, i));
  std::map<std::string, const Message*> old_by_key;
  for (int i = 0; i < reflection->FieldSize(before, &field); ++i) {
    const Message& element = reflection->GetRepeatedMessage(before, &field, i);
    const std::string key = key_of(before, field, i);
    old_by_key.emplace(key, &element);
    if (kept.count(key) == 0) add(element_path(path, key), one_line(element), "");
  }
  for (int i = 0; i < reflection->FieldSize(after, &field); ++i) {
    const Message& element = reflection->GetRepeatedMessage(after, &field, i);
    const std::string key = key_of(after, field, i);
    const std::string inner = element_path(path, key);
    const auto old = old_by_key.find(key);
    if (old == old_by_key.end()) {
      add(inner, "", one_line(element));
    } else if (old->second->SerializeAsString() != element.SerializeAsString()) {
      compare(*old->second, element, inner);
    }
  }
}

// True where two figures differ in nothing but their value.
bool only_values_differ(const Message& before, const Message& after) {
  const auto* old_figure = dynamic_cast<const pb::Sourced*>(&before);
  const auto* new_figure = dynamic_cast<const pb::Sourced*>(&after);
  if (old_figure == nullptr || new_figure == nullptr || !new_figure->has_value()) return false;
  pb::Sourced moved = *old_figure;
  moved.set_value(new_figure->value());
  return old_figure->has_value() && moved.SerializeAsString() == after.SerializeAsString();
}

void Comparer::compare_field(const Message& before, const Message& after,
                             const FieldDescriptor& field, const std::string& path) {
  std::string old_text = one_line(before, field);
  std::string new_text = one_line(after, field);
  if (old_text == new_text) return;
  const bool whole = field.is_repeated() || field.message_type() == nullptr || old_text.empty() ||
                     new_text.empty();
  if (whole) return add(path, std::move(old_text), std::move(new_text));

  const Message& old_value = before.GetReflection()->GetMessage(before, &field);
  const Message& new_value = after.GetReflection()->GetMessage(after, &field);
  const bool split =
      !is_replaced_whole(*field.message_type()) || only_values_differ(old_value, new_value);
  if (split) return compare(old_value, new_value, path);
  add(path, std::move(old_text), std::move(new_text));
}

}  // namespace

std::vector<Change> changes_since(const pb::Scenario& base, const Composed& composed,
                                  const std::map<std::string, SourceLocation>& removals) {
  Comparer comparer(composed.origins, removals);
  comparer.compare(base, composed.scenario, "");
  return comparer.take();
}

}  // namespace chokepoint
