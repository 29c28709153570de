#pragma once

#include <cstddef>

#include "models/supply/plan_month.hpp"

namespace chokepoint {

/// Part of what bill number `bill` builds in a month that rests on a stockpile, in [0, 1]: the
/// greatest over its components of the part that comes out of stocks that can be cut off. Of a bank
/// that is all; of a stage that stands elsewhere than at `home`, or whose product is judged at a
/// border, what is used beyond what arrives and is finished in the month, so that a buffer which
/// falls for a month counts as well; of others it is nothing. 0 where nothing is built.
double share_from_stockpiles(const StageGraph& graph, const MonthPlan& plan, std::size_t bill,
                             Country home);

}  // namespace chokepoint
