#include "models/market/budget.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {

MonthEnd month_end(Usd left, Usd budget, const BudgetHabits& habits) {
  assert(left >= Usd{} && budget >= Usd{} && habits.carry_ceiling_months.value >= 0.0);
  const Usd carried = std::min(left, budget * habits.carry_ceiling_months.value);
  return {carried, left - carried};
}

Usd saved_again(Usd debt, Usd budget, const BudgetHabits& habits) {
  assert(debt >= Usd{} && budget >= Usd{});
  assert(0.0 <= habits.repay_share.value && habits.repay_share.value <= 1.0);
  return std::min(debt, budget * habits.repay_share.value);
}

}  // namespace chokepoint
