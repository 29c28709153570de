#include "sim/scenario/text/place_index.hpp"

#include <algorithm>

#include "sim/scenario/text/places.hpp"

namespace chokepoint {

PlaceIndex::OfField& PlaceIndex::places_of(const std::vector<Places>& inside, const Field& field) {
  for (; scanned_ < inside.size(); ++scanned_) {
    const Places& place = inside[scanned_];
    if (place.field == nullptr) continue;
    OfField& same = fields_[place.field];
    (place.empty_list ? same.empty_lists : same.elements).push_back(scanned_);
  }
  return fields_[&field];
}

PlaceIndex::Names& PlaceIndex::names_of(const Message& message, const Field& field) {
  Names& names = names_[&field];
  const auto size = static_cast<std::size_t>(message.GetReflection()->FieldSize(message, &field));
  while (names.serials.size() < size) {
    const int i = static_cast<int>(names.serials.size());
    names.by_name.emplace(name_of(message, field, i), names.next);
    names.serials.push_back(names.next++);
  }
  return names;
}

std::optional<int> PlaceIndex::find_name(const Message& message, const Field& field,
                                         const std::string& name) {
  if (name.empty()) return std::nullopt;
  const Names& names = names_of(message, field);
  const auto first = names.by_name.lower_bound({name, 0});
  if (first == names.by_name.end() || first->first != name) return std::nullopt;
  const auto at = std::ranges::lower_bound(names.serials, first->second);
  return static_cast<int>(at - names.serials.begin());
}

void PlaceIndex::forget_name(const Message& message, const Field& field, int i) {
  Names& names = names_of(message, field);
  const auto serial = names.serials.begin() + i;
  names.by_name.erase({name_of(message, field, i), *serial});
  names.serials.erase(serial);
}

void PlaceIndex::rename(const Message& message, const Field& field, int i,
                        const std::string& before) {
  Names& names = names_of(message, field);
  const std::size_t serial = names.serials[static_cast<std::size_t>(i)];
  names.by_name.erase({before, serial});
  names.by_name.emplace(name_of(message, field, i), serial);
}

}  // namespace chokepoint
