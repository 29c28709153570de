#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chokepoint/v1/scenario.pb.h"
#include "models/calendar.hpp"

namespace chokepoint {

/// The first day on which what differs between two scenarios can matter.
struct FirstEffect {
  /// The earliest of: the day on which a rule, exception or quota that differs became known in
  /// either; the first day on which a curve that differs says something else; the first date in
  /// what only one of the two has, or beside a value that differs. Unset where nothing dated
  /// differs.
  std::optional<Date> day;
  /// Paths of values that differ and have no date: they hold from the start.
  std::vector<std::string> undated;
};

/// Requires: composed scenarios. Names, questions and notes do not count.
FirstEffect first_effect(const v1::Scenario& before, const v1::Scenario& after);

}  // namespace chokepoint
