#pragma once

#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// How a buyer handles money over the months.
struct BudgetHabits {
  /// Money not spent is kept, at most so many monthly budgets; the rest lapses. >= 0.
  Sourced<double> carry_ceiling_months;
  /// Greatest share of a month's budget that pays back what was spent ahead; in [0, 1].
  Sourced<double> repay_share;
};

/// What becomes of money at the end of a month: `carried` to the next one, or `lapsed`.
struct MonthEnd {
  Usd carried, lapsed;
};

/// Carries what is left of a month's money, up to the ceiling in months of `budget`. Carried and
/// lapsed add up to `left`. Requires: left >= 0, budget >= 0.
MonthEnd month_end(Usd left, Usd budget, const BudgetHabits& habits);

/// What a month's `budget` pays back of `debt`, money that was spent ahead:
///
///   min(debt, repay_share * budget)
///
/// A debt is paid back in full in the end, at most the share each month.
/// Requires: both >= 0.
Usd saved_again(Usd debt, Usd budget, const BudgetHabits& habits);

}  // namespace chokepoint
