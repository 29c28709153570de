#pragma once

#include <google/protobuf/message.h>

#include "sim/scenario/text/diagnostics.hpp"
#include "sim/scenario/text/places.hpp"

namespace chokepoint {

/// What happens where a list of `into` has an element of the same name already.
enum class OnKnownName {
  Patch,   ///< The two are merged field by field.
  Report,  ///< An error: two elements of one name.
};

/// Merges `from` into `into`, and uses it up. Elements of lists are keyed by `name`; lists without
/// names and everything that is_replaced_whole() are replaced; other messages merge field by field.
/// Of plain fields, one that is written wins, be it zero where the schema can tell.
void merge(Located into, Located from, OnKnownName on_known_name, Diagnostics& found);

/// Reports every name that two elements of one list share.
void check_names_differ(Located file, Diagnostics& found);

/// True for messages whose fields mean something only together: figures and facts with their
/// source, and the tests of rules.
bool is_replaced_whole(const google::protobuf::Descriptor& type);

}  // namespace chokepoint
