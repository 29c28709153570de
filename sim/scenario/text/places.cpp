#include "sim/scenario/text/places.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "sim/scenario/text/path.hpp"

namespace chokepoint {

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

using Entry = std::pair<std::string, SourceLocation>;

void list_entries(const Message& message, const Places& places, const std::string& path,
                  std::vector<Entry>& entries) {
  const auto* reflection = message.GetReflection();
  std::map<int, int> seen;  // Elements so far, by field number.
  for (const auto& place : places.inside) {
    const FieldDescriptor& field = *place.field;
    std::string inner = join_path(path, field.name());
    int i = 0;
    if (field.is_repeated() && !place.empty_list) {
      i = seen[field.number()]++;
      inner = element_path(inner, key_of(message, field, i));
    }
    if (field.message_type() != nullptr && !place.empty_list) {
      const Message& value = field.is_repeated()
                                 ? reflection->GetRepeatedMessage(message, &field, i)
                                 : reflection->GetMessage(message, &field);
      list_entries(value, place, inner, entries);
    }
    entries.emplace_back(std::move(inner), place.where);
  }
}

}  // namespace

Places* find_place(Places& message, const FieldDescriptor& field, int i) {
  for (auto& place : message.inside) {
    if (place.field == &field && !place.empty_list && i-- == 0) return &place;
  }
  return nullptr;
}

Places& element_place(Places& message, const FieldDescriptor& field, int i,
                      const SourceLocation& where) {
  Places* place = find_place(message, field, i);
  while (place == nullptr) {
    message.inside.push_back({where, &field, false, {}});
    place = find_place(message, field, i);
  }
  return *place;
}

void forget(Places& message, const FieldDescriptor& field) {
  auto& inside = message.inside;
  inside.erase(std::remove_if(inside.begin(), inside.end(),
                              [&](const Places& place) { return place.field == &field; }),
               inside.end());
}

void forget_element(Places& message, const FieldDescriptor& field, int i) {
  const Places* place = find_place(message, field, i);
  if (place != nullptr) message.inside.erase(message.inside.begin() + (place - &message.inside[0]));
}

Places& overwrite(Places& message, const FieldDescriptor& field, const SourceLocation& where) {
  Places* place = find_place(message, field);
  if (place == nullptr) place = &message.inside.emplace_back();
  *place = {where, &field, false, {}};
  return *place;
}

Origins origins_of(const Message& message, const Places& places, const SourceLocation& top) {
  std::vector<Entry> entries;
  list_entries(message, places, "", entries);
  entries.emplace_back("", top);
  // Sorted first: a map fills in linear time from a sorted range.
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.first < b.first; });
  return {std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end())};
}

}  // namespace chokepoint
