#pragma once

#include <vector>

#include "models/market/clearing.hpp"

namespace chokepoint {

/// What one budget was promised, in parts of packages, and then what it gets in whole ones.
struct BudgetSales {
  const WorkBudget* budget = nullptr;
  std::vector<double> units;  ///< Per bid.
  double money_left = 0.0;    ///< Set by round_to_packages().
};

/// Turns promises into whole packages. All are rounded down. Then some get one more: the larger
/// remainder first, then the higher priority, then the earlier budget. A lot first sells as many
/// whole packages as its promises add up to, so that no device gains by rounding. Then what is left
/// in stock is given out, so that small budgets that are spread thin still buy.
///
/// No bid changes by a package or more, nothing is given to a bid that was promised nothing, no lot
/// sells more than its whole packages, and no budget or mandate is overdrawn by one more package.
/// Requires: promises of a lot at most its units, those of a budget at most its money.
void round_to_packages(const std::vector<Lot>& lots, std::vector<BudgetSales>& sales);

}  // namespace chokepoint
