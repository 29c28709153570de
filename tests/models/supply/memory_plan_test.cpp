#include "models/supply/memory_plan.hpp"

#include <catch2/catch.hpp>

#include "tests/models/supply/random_network.hpp"

namespace chokepoint {
namespace {

TEST_CASE("memory plan: what comes is used, and a part of what lay there", "[supply]") {
  CHECK(spent_in_month(1000.0, 0.0, 10.0) == Approx(100.0));
  CHECK(spent_in_month(1000.0, 200.0, 10.0) == Approx(200.0 + 80.0));
  CHECK(spent_in_month(200.0, 200.0, 10.0) == Approx(200.0));
  CHECK(spent_in_month(100.0, 200.0, 10.0) == Approx(100.0));
  CHECK(spent_in_month(1000.0, 0.0, 1.0) == Approx(1000.0));
}

// 4000 stacks for devices of four each, a place in packaging without limit.
TEST_CASE("memory plan: a stock is spread, and lasts the longer the longer the plan", "[supply]") {
  const auto made = [](double months) {
    Accelerator a;
    a.network.at(a.hbm).capacity.reset();
    a.network.at(a.hbm).stock.value = 4'000.0;
    a.network.at(a.hbm).stock_from = kStart;
    a.network.made.habits.memory_plan_months.value = months;
    return plan_months(a.network.made, 24);
  };
  CHECK(made(1.0)[0].devices[0].units == Approx(1000.0));
  const auto spread = made(10.0);
  double left = 4'000.0;
  for (const MonthPlan& plan : spread) {
    CHECK(plan.devices[0].units == Approx(left / 10.0 / 4.0));
    left *= 0.9;
  }
  CHECK(total(made(5.0)) > total(spread));
}

// 100 wafers of 20 good dies a month, memory for 500 devices: after three months of lead no more is
// started than memory will match.
TEST_CASE("memory plan: no wafers are started that memory will not match", "[supply]") {
  Accelerator a(3);
  a.network.at(a.hbm).capacity = always(2'000.0);
  a.network.at(a.hbm).take_or_pay = true;
  a.network.made.habits.memory_plan_months.value = 6.0;
  const auto plans = plan_months(a.network.made, 36);
  for (std::size_t m = 12; m < plans.size(); ++m) {
    CHECK(plans[m].after.stages[a.dies.value].stock <= 1'000.0);
    CHECK(plans[m].devices[0].bound_by == a.stack);
  }
  CHECK(plans.back().devices[0].units == Approx(500.0).epsilon(0.02));
  CHECK(plans.back().stages[a.wafers.value].started == Approx(25.0).epsilon(0.02));
}

// Cumulative output: the law that the order of use must not turn around.
TEST_CASE("law: a better yield never lowers what a vendor makes in all", "[supply][law]") {
  CHECK(rc::check([] {
    Accelerator a(*rc::gen::inRange(0, 4));
    a.network.at(a.hbm).capacity = any::curve();
    a.network.at(a.hbm).stock.value = *rc::gen::element(0.0, 3'000.0, 40'000.0);
    a.network.made.habits.memory_plan_months.value = *rc::gen::element(1.0, 6.0, 18.0);
    double before = 0.0;
    for (const double yield : {0.1, 0.2, 0.35, 0.5, 0.8}) {
      a.network.at(a.dies).yield = fixed_yield(yield);
      const double all = total(plan_months(a.network.made, 36));
      RC_ASSERT(all >= before * (1.0 - 1e-9));
      before = all;
    }
  }));
}

}  // namespace
}  // namespace chokepoint
