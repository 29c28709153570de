#include "models/market/budget.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

BudgetHabits habits() {
  BudgetHabits habits;
  habits.carry_ceiling_months.value = 3.0;
  habits.repay_share.value = 0.5;
  return habits;
}

TEST_CASE("budget: money left is kept up to the ceiling", "[market][budget]") {
  CHECK(month_end(Usd{250}, Usd{100}, habits()).carried == Usd{250});
  CHECK(month_end(Usd{250}, Usd{100}, habits()).lapsed == Usd{});
  CHECK(month_end(Usd{350}, Usd{100}, habits()).carried == Usd{300});
  CHECK(month_end(Usd{350}, Usd{100}, habits()).lapsed == Usd{50});
  BudgetHabits keeps_nothing = habits();
  keeps_nothing.carry_ceiling_months.value = 0.0;
  CHECK(month_end(Usd{250}, Usd{100}, keeps_nothing).lapsed == Usd{250});
}

TEST_CASE("law: money spent ahead is saved again, all of it and no more", "[market][law]") {
  CHECK(rc::check([] {
    const Usd budget{static_cast<double>(*rc::gen::inRange(1, 1000))};
    const Usd spent{static_cast<double>(*rc::gen::inRange(0, 5000))};
    BudgetHabits saving = habits();
    saving.repay_share.value = *rc::gen::inRange(1, 11) / 10.0;
    Usd debt = spent, saved;
    for (int month = 0; month < 60'000 && debt > Usd{}; ++month) {
      const Usd now = saved_again(debt, budget, saving);
      RC_ASSERT(now <= budget);
      debt -= now;
      saved += now;
    }
    RC_ASSERT(std::abs(saved.value - spent.value) < 1e-6);
  }));
}

}  // namespace
}  // namespace chokepoint
