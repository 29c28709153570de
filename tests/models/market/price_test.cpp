#include "models/market/price.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <limits>

namespace chokepoint {
namespace {

constexpr double kNoneLeft = std::numeric_limits<double>::infinity();
const PriceBounds kBounds{Usd{8'000}, Usd{20'000}};
const ListPriceHabits kHabits{{0.03, {}}, {0.1, {}}};

Usd next(double list, double scarcity) {
  return next_list_price(Usd{list}, kBounds, scarcity, kHabits);
}

TEST_CASE("price: scarcity is what is missing over what is there", "[market][price]") {
  CHECK(scarcity(30, 60) == 0.5);
  CHECK(scarcity(-30, 60) == -0.5);
  CHECK(scarcity(0, 0) == 0.0);
  CHECK(scarcity(1, 0) == kNoneLeft);
}

TEST_CASE("price: the list moves with scarcity, by a bounded step", "[market][price]") {
  CHECK(next(10'000, 0.0).value == 10'000);
  CHECK(next(10'000, 0.2).value == Approx(10'200));
  CHECK(next(10'000, 5.0).value == Approx(10'300));
  CHECK(next(10'000, kNoneLeft).value == Approx(10'300));
  CHECK(next(10'000, -0.2).value == Approx(9'800));
  CHECK(next(10'000, -1.0).value == Approx(9'700));
}

TEST_CASE("price: the list keeps to its bounds", "[market][price]") {
  CHECK(next(19'900, kNoneLeft) == kBounds.ceiling);
  CHECK(next(8'100, -1.0) == kBounds.floor);
  CHECK(next(5'000, 0.0) == kBounds.floor);
}

TEST_CASE("price: who does not respond keeps the list", "[market][price]") {
  CHECK(next_list_price(Usd{9'000}, kBounds, kNoneLeft, {{0.03, {}}, {0.0, {}}}) == Usd{9'000});
  CHECK(next_list_price(Usd{9'000}, kBounds, kNoneLeft, {{0.0, {}}, {0.1, {}}}) == Usd{9'000});
}

TEST_CASE("law: more scarcity never lowers the next price", "[market][law]") {
  CHECK(rc::check([] {
    const double list = *rc::gen::inRange(8'000, 20'001);
    const double low = *rc::gen::inRange(-100, 100) / 50.0;
    const double high = low + *rc::gen::inRange(0, 100) / 50.0;
    RC_ASSERT(next(list, low) <= next(list, high));
    RC_ASSERT(next(list, low) <= next(list + 1.0, low));
    RC_ASSERT(kBounds.floor <= next(list, low) && next(list, high) <= kBounds.ceiling);
    RC_ASSERT(next(list, high).value <= list * 1.03 + 1e-9);
  }));
}

TEST_CASE("price: charges reach the buyer by the part passed through", "[market][price]") {
  CHECK(charged_price(Usd{12'000}, 0.15, 0.0) == Usd{12'000});
  CHECK(charged_price(Usd{12'000}, 0.15, 1.0).value == Approx(13'800));
  CHECK(charged_price(Usd{12'000}, 0.15, 0.5).value == Approx(12'900));
  CHECK(charged_price(Usd{12'000}, 0.0, 1.0) == Usd{12'000});
}

}  // namespace
}  // namespace chokepoint
