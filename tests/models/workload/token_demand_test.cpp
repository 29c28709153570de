#include "models/workload/token_demand.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

// A thousand a second from 2024 on, twice as much every year.
TokenDemand demand(double elasticity) {
  TokenDemand demand;
  demand.rate.points = {{day("2024-01-01"), {1000.0, {}}}};
  demand.rate.growth_per_year.value = 1.0;
  demand.reference_cost.value = UsdPerToken{2.0};
  demand.elasticity.value = elasticity;
  return demand;
}

double wanted(double elasticity, double cost, const char* date = "2024-01-01") {
  return tokens_wanted(demand(elasticity), UsdPerToken{cost}, day(date),
                       day(date) + std::chrono::days{1})
      .value;
}

TEST_CASE("token demand: at the cost of reference it is the curve", "[workload][token_demand]") {
  CHECK(wanted(0.7, 2.0) == Approx(1000).epsilon(0.002));
  CHECK(wanted(0.7, 2.0, "2025-01-01") == Approx(2000).epsilon(0.01));
  CHECK(wanted(0.7, 2.0, "2023-12-01") == 0.0);
}

TEST_CASE("token demand: a window wants the mean of its days", "[workload][token_demand]") {
  const auto over = [](const char* begin, const char* end) {
    return tokens_wanted(demand(0.7), UsdPerToken{3.0}, day(begin), day(end)).value;
  };
  CHECK(over("2024-01-01", "2024-03-01") ==
        Approx((31 * over("2024-01-01", "2024-02-01") + 29 * over("2024-02-01", "2024-03-01")) / 60)
            .epsilon(2e-3));
}

TEST_CASE("token demand: half the cost wants 2 ^ elasticity as much", "[workload][token_demand]") {
  CHECK(wanted(0.0, 1.0) == Approx(wanted(0.7, 2.0)));
  CHECK(wanted(1.0, 1.0) == Approx(2 * wanted(0.7, 2.0)));
  CHECK(wanted(2.0, 1.0) == Approx(4 * wanted(0.7, 2.0)));
}

TEST_CASE("token demand: never rises with the cost, and spending turns at an elasticity of 1",
          "[workload][token_demand]") {
  for (double cost = 0.01; cost < 100.0; cost *= 1.5) {
    const double more = cost * 1.5;
    CHECK(wanted(0.7, more) < wanted(0.7, cost));
    CHECK(wanted(0.7, more) * more > wanted(0.7, cost) * cost);
    CHECK(wanted(1.3, more) * more < wanted(1.3, cost) * cost);
    CHECK(wanted(1.0, more) * more == Approx(wanted(1.0, cost) * cost));
  }
}

}  // namespace
}  // namespace chokepoint
