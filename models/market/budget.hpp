#pragma once

#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// How a buyer handles money over the months.
struct BudgetHabits {
  /// Money not spent is kept, at most that of so many monthly budgets; the rest lapses. >= 0.
  Sourced<double> carry_ceiling_months;
  /// Of a month's budget, at most this saves again what was spent ahead; in [0, 1].
  Sourced<double> repay_share;
};

/// What becomes of money at the end of a month: `carried` to the next one, or `lapsed`.
struct MonthEnd {
  Usd carried, lapsed;
};

/// Carries what is left of a month's money, up to the ceiling in months of `budget`. Carried and
/// lapsed add up to `left`. Requires: left >= 0, budget >= 0.
MonthEnd month_end(Usd left, Usd budget, const BudgetHabits& habits);

/// What a month's `budget` saves again of `debt`, money that was spent ahead:
///
///   min(debt, repay_share * budget)
///
/// A debt is saved in full in the end, and no sooner than its size over the share allows.
/// Requires: both >= 0.
Usd saved_again(Usd debt, Usd budget, const BudgetHabits& habits);

}  // namespace chokepoint
