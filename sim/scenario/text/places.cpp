#include "sim/scenario/text/places.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace chokepoint {

namespace {

using Entry = std::pair<std::string, SourceLocation>;

constexpr std::size_t kWorthAnIndex = 16;  // Of fewer places each is looked at.

PlaceIndex& index_of(Places& message) {
  if (message.index == nullptr) message.index = std::make_unique<PlaceIndex>();
  return *message.index;
}

PlaceIndex::OfField& places_of(Places& message, const FieldDescriptor& field) {
  return index_of(message).places_of(message.inside, field);
}

// What `visit` is told of: every place with the number of its element, 0 where it is no element.
template <class Visit>
void each_element(std::vector<Places>& inside, Visit visit) {
  std::map<const FieldDescriptor*, int> seen;
  for (Places& place : inside) {
    if (place.field == nullptr) continue;
    const bool is_element = place.field->is_repeated() && !place.empty_list;
    visit(place, is_element ? seen[place.field]++ : 0);
  }
}

void take_names(const Message& message, Places& places) {
  const auto* reflection = message.GetReflection();
  each_element(places.inside, [&](Places& place, int i) {
    const FieldDescriptor& field = *place.field;
    if (field.message_type() == nullptr || place.empty_list) return;
    if (is_keyed(field)) place.name = name_of(message, field, i);
    take_names(field.is_repeated() ? reflection->GetRepeatedMessage(message, &field, i)
                                   : reflection->GetMessage(message, &field),
               place);
  });
}

void list_entries(Places& places, const std::string& path, std::vector<Entry>& entries) {
  each_element(places.inside, [&](Places& place, int i) {
    std::string inner = join_path(path, place.field->name());
    if (place.field->is_repeated() && !place.empty_list) {
      inner = element_path(inner, place.name.empty() ? std::to_string(i) : place.name.str());
    }
    list_entries(place, inner, entries);
    entries.emplace_back(std::move(inner), place.where);
  });
}

}  // namespace

Places* find_place(Places& message, const FieldDescriptor& field, int i) {
  if (message.inside.size() >= kWorthAnIndex) {
    const auto& elements = places_of(message, field).elements;
    const auto at = static_cast<std::size_t>(i);
    return at < elements.size() ? &message.inside[elements[at]] : nullptr;
  }
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
  if (message.inside.size() >= kWorthAnIndex) {
    auto& known = places_of(message, field);
    for (const std::size_t at : known.elements) message.inside[at] = {};
    for (const std::size_t at : known.empty_lists) message.inside[at] = {};
    known = {};
    return;
  }
  for (auto& place : message.inside) {
    if (place.field == &field) place = {};
  }
}

void forget_element(Places& message, const FieldDescriptor& field, int i) {
  Places* place = find_place(message, field, i);
  if (place == nullptr) return;
  *place = {};
  if (message.inside.size() < kWorthAnIndex) return;
  auto& elements = places_of(message, field).elements;
  elements.erase(elements.begin() + i);
}

std::optional<int> find_named(Located around, const FieldDescriptor& field,
                              const std::string& name) {
  return index_of(around.places).find_name(around.message, field, name);
}

std::optional<int> find_element(Located around, const FieldDescriptor& field,
                                const std::string& key) {
  if (!is_keyed(field)) return index_of(around.message, field, key);
  const auto named = find_named(around, field, key);
  const auto numbered = parse_index(key);
  const int size = around.message.GetReflection()->FieldSize(around.message, &field);
  const bool is_nameless = numbered && *numbered < size && std::to_string(*numbered) == key &&
                           name_of(around.message, field, *numbered).empty();
  if (!is_nameless) return named;
  return named ? std::min(*named, *numbered) : *numbered;
}

void erase_element(Located around, const FieldDescriptor& field, int i) {
  index_of(around.places).forget_name(around.message, field, i);
  remove_element_at(around.message, field, i);
  forget_element(around.places, field, i);
}

void renamed_element(Located around, const FieldDescriptor& field, int i,
                     const std::string& before) {
  index_of(around.places).rename(around.message, field, i, before);
}

Places& overwrite(Places& message, const FieldDescriptor& field, const SourceLocation& where) {
  Places* place = find_place(message, field);
  if (place == nullptr) place = &message.inside.emplace_back();
  *place = {where, &field, false, {}};
  return *place;
}

Origins origins_of(const Message& message, Places places, const SourceLocation& top) {
  take_names(message, places);
  const auto named = std::make_shared<Places>(std::move(places));  // A function object is copied.
  return Origins([named, top] {
    std::vector<Entry> entries;
    list_entries(*named, "", entries);
    entries.emplace_back("", top);
    // Sorted first: a map fills in linear time from a sorted range.
    std::ranges::sort(entries, {}, &Entry::first);
    return Origins::ByPath(std::make_move_iterator(entries.begin()),
                           std::make_move_iterator(entries.end()));
  });
}

}  // namespace chokepoint
