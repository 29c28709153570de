#pragma once

#include "tools/sweep/sweep_plan.hpp"

namespace chokepoint {

/// A plan of two points with three draws each, of which nothing was run.
inline SweepPlan two_point_plan() {
  SweepPlan plan;
  plan.paths = {"seed"};
  plan.points = {{{"1"}, 17}, {{"2"}, 18}};
  plan.draws = 3;
  return plan;
}

}  // namespace chokepoint
