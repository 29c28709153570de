#include "models/market/buyer.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

TEST_CASE("buyer: what is not on sale any more has the price that it had last", "[market][buyer]") {
  Offer offer;
  offer.price.points = {{day("2022-01-01"), {100.0, {}}},
                        {day("2023-01-01"), {90.0, {}}},
                        {day("2024-01-01"), {0.0, {}}}};
  CHECK(last_list_price(offer, day("2021-12-31")) == Usd{});
  CHECK(last_list_price(offer, day("2022-06-01")) == Usd{100.0});
  CHECK(last_list_price(offer, day("2023-06-01")) == Usd{90.0});
  CHECK(last_list_price(offer, day("2030-01-01")) == Usd{90.0});
  CHECK(last_list_price(Offer{}, day("2030-01-01")) == Usd{});
}

TEST_CASE("buyer: a kilowatt-hour is 3.6 million joules", "[market][buyer]") {
  ChoiceHabits habits;
  habits.electricity_usd_per_kwh.value = 0.072;
  CHECK(electricity_of(habits) * Joules{3.6e6} / Usd{1.0} == Approx(0.072));
}

TEST_CASE("buyer: tastes are those of the habits", "[market][buyer]") {
  ChoiceHabits habits;
  habits.sensitivity.value = 3.0;
  habits.life_months.value = 48.0;
  habits.delay_aversion.value = 0.1;
  const BuyerTaste taste = taste_of(habits);
  CHECK(taste.sensitivity.value == 3.0);
  CHECK(taste.life_months.value == 48.0);
  CHECK(taste.delay_aversion.value == 0.1);
}

}  // namespace
}  // namespace chokepoint
