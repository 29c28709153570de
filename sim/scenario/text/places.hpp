#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/text/diagnostics.hpp"
#include "sim/scenario/text/origins.hpp"
#include "sim/scenario/text/path.hpp"
#include "sim/scenario/text/place_index.hpp"

namespace chokepoint {

/// Where a value was written and, for a message, where everything inside it was. Has the shape of
/// the message: the i-th place of a repeated field belongs to its i-th element.
struct Places {
  SourceLocation where;
  /// Whose value; null for a whole file, and for what was forgotten.
  const FieldDescriptor* field = nullptr;
  bool empty_list = false;  ///< Stands for a list that was written without elements: "stocks: []".
  std::vector<Places> inside;
  SharedName name = {};  ///< Of an element of a keyed list, once the whole was composed.
  std::unique_ptr<PlaceIndex> index = nullptr;  ///< Of `inside`, once somebody searched it.
};

/// A message and where it was written.
struct Located {
  Message& message;
  Places& places;
};

/// Place of element `i` of `field`, or of its only value; null where it is not written.
Places* find_place(Places& message, const FieldDescriptor& field, int i = 0);

/// Place of element `i` of `field`. Where nobody said where those up to it were written, it is
/// `where`.
Places& element_place(Places& message, const FieldDescriptor& field, int i,
                      const SourceLocation& where);

/// Forgets every place of `field`.
void forget(Places& message, const FieldDescriptor& field);

/// Forgets the place of element `i` of `field`; those behind it move up.
void forget_element(Places& message, const FieldDescriptor& field, int i);

/// Number of the first element of the keyed `field` that is called `name`, as find_element() finds
/// it.
std::optional<int> find_named(Located around, const FieldDescriptor& field,
                              const std::string& name);

/// What index_of() says, in logarithmic time: the elements are listed by name once. From then on
/// they must be added behind the others, taken away by erase_element(), and renamed_element() be
/// told of another name.
std::optional<int> find_element(Located around, const FieldDescriptor& field,
                                const std::string& key);

/// Takes element `i` out of the keyed `field`, and its place with it.
void erase_element(Located around, const FieldDescriptor& field, int i);

/// Element `i` of the keyed `field` was called `before`.
void renamed_element(Located around, const FieldDescriptor& field, int i,
                     const std::string& before);

/// Place of the value that `field` gets at `where`: the one there is, or a new one. What was known
/// of its inside is forgotten.
Places& overwrite(Places& message, const FieldDescriptor& field, const SourceLocation& where);

/// The places of everything in `message` by path, as it is now. `top` is that of the message
/// itself.
Origins origins_of(const Message& message, Places places, const SourceLocation& top);

}  // namespace chokepoint
