#pragma once

#include <cstddef>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/text/places.hpp"

namespace chokepoint {

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

}  // namespace chokepoint
