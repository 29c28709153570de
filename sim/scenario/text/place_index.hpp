#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/text/path.hpp"

namespace chokepoint {

struct Places;

/// Finds places and elements of one message without looking at each. It catches up with what was
/// added since it was last asked, and must be told what was forgotten, taken away or renamed.
class PlaceIndex {
public:
  using Field = FieldDescriptor;

  /// Where in a list of places those of one field are, in order.
  struct OfField {
    std::vector<std::size_t> elements;
    std::vector<std::size_t> empty_lists;
  };

  /// Those of `field` in `inside`, which must be the same list each time.
  OfField& places_of(const std::vector<Places>& inside, const Field& field);

  /// Number of the first element of the keyed `field` that is called `name`; nothing where none is,
  /// and for an empty name. `message` must be the same each time.
  std::optional<int> find_name(const Message& message, const Field& field, const std::string& name);

  /// Element `i` is about to be taken away.
  void forget_name(const Message& message, const Field& field, int i);
  /// Element `i` was called `before`.
  void rename(const Message& message, const Field& field, int i, const std::string& before);

private:
  /// Elements have serial numbers, which stay when others before them go.
  struct Names {
    std::vector<std::size_t> serials;  ///< By element; ascending.
    std::size_t next = 0;
    std::set<std::pair<std::string, std::size_t>> by_name;
  };

  Names& names_of(const Message& message, const Field& field);

  std::size_t scanned_ = 0;  ///< Places that were looked at.
  std::map<const Field*, OfField> fields_;
  std::map<const Field*, Names> names_;
};

}  // namespace chokepoint
