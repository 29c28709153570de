#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chokepoint/v1/scenario.pb.h"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/text/diagnostics.hpp"
#include "sim/scenario/text/path.hpp"
#include "sim/scenario/text/places.hpp"

// What changes a scenario that is being composed, and what tells such changes; each in the source
// of its name.

namespace chokepoint {

namespace pb = chokepoint::v1;

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
bool is_replaced_whole(const Descriptor& type);

/// Where a removal is written.
struct RemovalPlaces {
  SourceLocation kind;
  SourceLocation name;
};

/// Takes the element that `removal` names out of its list, and returns the path that it had.
/// Nothing, after a report, where there is no such kind or element.
std::optional<std::string> remove_element(Located scenario, const v1::Remove& removal,
                                          const RemovalPlaces& at, Diagnostics& found);

/// Where an assignment is written.
struct AssignmentPlaces {
  SourceLocation path;
  SourceLocation value;
  /// True for a `--set`, which has no line to show: reports repeat it.
  bool is_argument = false;
  std::size_t values_before = 0;  ///< Of the texts that were read before it.
};

/// Changes the one value of `scenario` that the assignment names, or reports why it cannot.
///
/// The value is written as in a scenario file; a text also without its quotes. A figure (Sourced)
/// takes a bare number: it keeps source and confidence, and loses range, shape and alternatives,
/// which were those of the old number. A list without names is set as a whole, "[...]". Returns how
/// many values were written, as read_text() does.
std::size_t assign(Located scenario, const Assignment& assignment, const AssignmentPlaces& at,
                   Diagnostics& found);

/// What differs from `base` in `composed`, in the order of the schema and of the lists. An element
/// that was added or removed is one change, as is a figure, fact or test that was replaced; a
/// figure of which only the value differs is a change of that value. Name and question are left
/// out: every file has its own. `removals`: where each removed path was taken away.
std::vector<Change> changes_since(const pb::Scenario& base, const Composed& composed,
                                  const std::map<std::string, SourceLocation>& removals);

/// Gives `scenario` what `other` has at `path`, as changes_since() writes paths: a field, set or
/// not; an element, which is added where `other` has it and taken away where not. What is around it
/// stays. An element that comes back stands behind those that it stood behind.
/// Does nothing where what is around `path` is in one of both alone.
void revert(v1::Scenario& scenario, const v1::Scenario& other, const std::string& path);

}  // namespace chokepoint
