#pragma once

#include <cstddef>

#include "models/supply/plan_month.hpp"

namespace chokepoint {

/// The part of a month's output of bill number `bill` that rests on a stockpile, in [0, 1]: for
/// each component the part that comes out of stocks that can be cut off, and of these the greatest.
/// For a bank that part is 1. For a stage outside `home`, or whose product is judged at a border,
/// it is what is used beyond the month's arrivals and output, so that a buffer that falls for a
/// month counts as well. For other stages it is 0. 0 where nothing is built.
double share_from_stockpiles(const StageGraph& graph, const MonthPlan& plan, std::size_t bill,
                             Country home);

}  // namespace chokepoint
