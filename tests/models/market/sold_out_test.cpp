#include "models/market/sold_out.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

constexpr double kEndless = 1e300;

TEST_CASE("sold out: nothing waits within what was sold", "[market][clearing]") {
  const SoldOut one{100.0, 40.0, 0.5, kEndless};
  CHECK(one.taken(0.2) == 40.0);
  CHECK(one.taken(0.4) == 40.0);
  CHECK(one.taken(1.0) == Approx(40.0 + 0.5 * 60.0));
  const SoldOut mandated{100.0, 40.0, 0.5, 55.0};
  CHECK(mandated.taken(1.0) == 55.0);
}

// 100 each at first, 300 in all. The second sold 40, and of the rest nothing, half or all waits.
TEST_CASE("sold out: the others take what one leaves", "[market][clearing]") {
  const auto multiple = [](double waits, double most) {
    return SpentBudget({{100.0, 0.0, 0.0, kEndless}, {100.0, 40.0, waits, most}}, 100.0, 300.0)
        .multiple_without(0);
  };
  CHECK(multiple(0.0, kEndless) == Approx((300.0 - 40.0) / 200.0));
  CHECK(multiple(0.5, kEndless) == Approx((300.0 - 20.0) / 250.0));
  CHECK(multiple(1.0, kEndless) == Approx(1.0));
  CHECK(multiple(1.0, 50.0) == Approx((300.0 - 50.0) / 200.0));  // Ten wait, by mandate.
  CHECK(multiple(1.0, 40.0) == Approx((300.0 - 40.0) / 200.0));
}

TEST_CASE("sold out: one that sold more than was asked of it at first caps later",
          "[market][clearing]") {
  // Without a cap on the third all would take 1.5 times: it sold 120 of 100.
  const std::vector<SoldOut> lots = {
      {100.0, 0.0, 0.0, kEndless}, {100.0, 0.0, 0.0, kEndless}, {100.0, 120.0, 0.0, kEndless}};
  CHECK(SpentBudget(lots, 0.0, 300.0).multiple_without(0) == Approx(180.0 / 100.0));
}

TEST_CASE("sold out: all is taken, whatever sold out", "[market][clearing]") {
  for (double sold = 0.0; sold <= 200.0; sold += 5.0) {
    for (const double waits : {0.0, 0.3, 1.0}) {
      for (const double more : {0.0, 25.0, 1e300}) {
        const std::vector<SoldOut> lots = {{80.0, 0.0, 0.0, kEndless},
                                           {120.0, sold, waits, sold + more},
                                           {60.0, 30.0, waits, kEndless}};
        const SpentBudget spent(lots, 40.0, 300.0);
        const double multiple = spent.multiple_without(0);
        const auto taken = [&](const SoldOut& lot) {
          return std::min(multiple * lot.first, lot.taken(multiple));
        };
        INFO(sold << " " << waits << " " << more);
        for (const double from : {0.1, multiple, 2.0, 50.0}) {
          CHECK(spent.multiple_without(0, from) == Approx(multiple).epsilon(1e-14));
        }
        CHECK(multiple * (80.0 + 40.0) + taken(lots[1]) + taken(lots[2]) == Approx(300.0));
      }
    }
  }
}

}  // namespace
}  // namespace chokepoint
