#include "sim/engine/economy/recent_demand.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

constexpr SupplyId kFirst{0}, kSecond{1};

TEST_CASE("recent demand: nobody asked yet, and nobody would have waited", "[demand]") {
  const RecentDemand demand(1);
  CHECK(demand.wanted(kFirst) == 0.0);
  CHECK(demand.served_part(kFirst) == 1.0);
}

TEST_CASE("recent demand: the first month counts in full, a later one by three tenths",
          "[demand]") {
  RecentDemand demand(2);
  demand.close_month({100.0, 0.0}, {100.0, 0.0}, {40.0, 0.0});
  CHECK(demand.wanted(kFirst) == 100.0);
  CHECK(demand.served_part(kFirst) == Approx(0.4));
  CHECK(demand.wanted(kSecond) == 0.0);
  demand.close_month({200.0, 10.0}, {200.0, 10.0}, {200.0, 0.0});
  CHECK(demand.wanted(kFirst) == Approx(130.0));
  CHECK(demand.served_part(kFirst) == Approx((40.0 * 0.7 + 200.0 * 0.3) / 130.0));
  CHECK(demand.wanted(kSecond) == 10.0);
  CHECK(demand.served_part(kSecond) == 0.0);
}

TEST_CASE("recent demand: who asks on grey ways is wanted for and stands in no queue", "[demand]") {
  RecentDemand demand(1);
  demand.close_month({5'000.0}, {1'000.0}, {1'000.0});
  CHECK(demand.wanted(kFirst) == 5'000.0);
  CHECK(demand.served_part(kFirst) == 1.0);
}

TEST_CASE("recent demand: it forgets", "[demand]") {
  RecentDemand demand(1);
  demand.close_month({100.0}, {100.0}, {0.0});
  for (int month = 0; month < 60; ++month) demand.close_month({50.0}, {50.0}, {50.0});
  CHECK(demand.wanted(kFirst) == Approx(50.0));
  CHECK(demand.served_part(kFirst) == Approx(1.0));
}

}  // namespace
}  // namespace chokepoint
