#include "sim/scenario/compose/edits.hpp"

#include <cassert>
#include <memory>
#include <span>

namespace chokepoint {

namespace {

void revert_field(Message& into, const Message& from, const FieldDescriptor& field) {
  const std::unique_ptr<Message> copy(from.New());
  copy->CopyFrom(from);
  const auto* reflection = into.GetReflection();
  reflection->ClearField(&into, &field);
  reflection->SwapFields(&into, copy.get(), {&field});
}

/// Where element `at` of `from` belongs in `into`: behind the last of those before it that is
/// there.
int place_of_element(const Message& into, const Message& from, const FieldDescriptor& field,
                     int at) {
  std::map<std::string, int> there;
  for (int i = 0; i < into.GetReflection()->FieldSize(into, &field); ++i) {
    there.emplace(key_of(into, field, i), i);
  }
  for (int before = at - 1; before >= 0; --before) {
    const auto same = there.find(key_of(from, field, before));
    if (same != there.end()) return same->second + 1;
  }
  return 0;
}

void add_element_of(Message& into, const Message& from, const FieldDescriptor& field, int at) {
  const auto* reflection = into.GetReflection();
  const int place = place_of_element(into, from, field, at);
  reflection->AddMessage(&into, &field)
      ->CopyFrom(from.GetReflection()->GetRepeatedMessage(from, &field, at));
  for (int i = reflection->FieldSize(into, &field) - 1; i > place; --i) {
    reflection->SwapElements(&into, &field, i, i - 1);
  }
}

void revert_at(Message& into, const Message& from, std::span<const PathSegment> path);

void revert_element(Message& into, const Message& from, const FieldDescriptor& field,
                    std::span<const PathSegment> path) {
  const std::string& key = *path.front().key;
  const auto here = index_of(into, field, key), there = index_of(from, field, key);
  if (here && there) {
    Message& mine = *into.GetReflection()->MutableRepeatedMessage(&into, &field, *here);
    const Message& theirs = from.GetReflection()->GetRepeatedMessage(from, &field, *there);
    if (path.size() == 1) {
      mine.CopyFrom(theirs);
    } else {
      revert_at(mine, theirs, path.subspan(1));
    }
  } else if (path.size() == 1 && here) {
    remove_element_at(into, field, *here);
  } else if (path.size() == 1 && there) {
    add_element_of(into, from, field, *there);
  }
}

void revert_at(Message& into, const Message& from, std::span<const PathSegment> path) {
  const auto* field = into.GetDescriptor()->FindFieldByName(path.front().field);
  assert(field != nullptr);
  if (path.front().key) return revert_element(into, from, *field, path);
  if (path.size() == 1) return revert_field(into, from, *field);
  const auto* reflection = into.GetReflection();
  if (!reflection->HasField(into, field) || !reflection->HasField(from, field)) return;
  revert_at(*reflection->MutableMessage(&into, field), reflection->GetMessage(from, field),
            path.subspan(1));
}

}  // namespace

void revert(v1::Scenario& scenario, const v1::Scenario& other, const std::string& path) {
  const auto segments = parse_path(path);
  assert(segments);
  revert_at(scenario, other, *segments);
}

}  // namespace chokepoint
