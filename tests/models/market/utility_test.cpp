#include "models/market/utility.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace chokepoint {
namespace {

OfferFacts offer() {
  OfferFacts offer;
  offer.useful_rate = 400.0;
  offer.price = Usd{12'000};
  offer.charges = 0.15;
  offer.porting_cost_per_unit = Usd{600};
  offer.porting_months = 2.0;
  offer.power = Watts{800};
  offer.pue = 1.25;
  offer.electricity = Usd{0.09} / Joules{3.6e6};
  offer.risk = 0.3;
  offer.months_to_usable = 4.0;
  return offer;
}

BuyerTaste taste() {
  BuyerTaste taste;
  taste.sensitivity.value = 2.0;
  taste.captive_preference.value = 0.7;
  taste.policy_risk.value = 1.5;
  taste.delay_aversion.value = 0.05;
  taste.porting_aversion.value = 0.1;
  taste.life_months.value = 48.0;
  taste.pass_through.value = 0.5;
  return taste;
}

// (12,000 * 1.075 + 600) / 48 = 281.25; 1 kW for 730.5 h at 9 cents is 65.745.
TEST_CASE("utility: ownership is price, porting and energy of a month", "[market][utility]") {
  CHECK(monthly_cost_of_ownership(offer(), taste()).value == Approx(281.25 + 65.745));
}

TEST_CASE("utility: the sum of its terms", "[market][utility]") {
  const double rate_per_dollar = 400.0 / (281.25 + 65.745);
  const double expected = 2.0 * std::log(rate_per_dollar) - 1.5 * 0.3 - 0.05 * 4 - 0.1 * 2;
  CHECK(offer_utility(offer(), taste()) == Approx(expected));
  OfferFacts own = offer();
  own.is_captive = true;
  CHECK(offer_utility(own, taste()) == Approx(expected + 0.7));
}

TEST_CASE("utility: twice the rate at twice the cost is the same", "[market][utility]") {
  OfferFacts twice = offer();
  twice.useful_rate *= 2.0;
  twice.price = twice.price * 2.0;
  twice.porting_cost_per_unit = twice.porting_cost_per_unit * 2.0;
  twice.power = twice.power * 2.0;
  CHECK(offer_utility(twice, taste()) == Approx(offer_utility(offer(), taste())));
}

TEST_CASE("utility: never falls with the rate, never rises with cost, risk or delay",
          "[market][utility]") {
  const double before = offer_utility(offer(), taste());
  CHECK(offer_utility(offer(), taste()) == before);
  const auto with = [](auto change) {
    OfferFacts changed = offer();
    change(changed);
    return offer_utility(changed, taste());
  };
  CHECK(with([](OfferFacts& o) { o.useful_rate *= 1.01; }) > before);
  CHECK(with([](OfferFacts& o) { o.price += Usd{1}; }) < before);
  CHECK(with([](OfferFacts& o) { o.charges += 0.01; }) < before);
  CHECK(with([](OfferFacts& o) { o.porting_cost_per_unit += Usd{1}; }) < before);
  CHECK(with([](OfferFacts& o) { o.porting_months += 0.1; }) < before);
  CHECK(with([](OfferFacts& o) { o.power += Watts{1}; }) < before);
  CHECK(with([](OfferFacts& o) { o.pue += 0.01; }) < before);
  CHECK(with([](OfferFacts& o) { o.electricity = o.electricity * 1.01; }) < before);
  CHECK(with([](OfferFacts& o) { o.risk += 0.01; }) < before);
  CHECK(with([](OfferFacts& o) { o.months_to_usable += 0.1; }) < before);
}

TEST_CASE("utility: waiting costs by the months until one's turn comes", "[market][utility]") {
  CHECK(wait_cost(1.0, taste()) == 0.05);
  CHECK(wait_cost(0.25, taste()) == Approx(0.05 * 4));
  CHECK(std::isinf(wait_cost(0.0, taste())));
}

TEST_CASE("utility: charges that nothing passes on do not count", "[market][utility]") {
  BuyerTaste spared = taste();
  spared.pass_through.value = 0.0;
  OfferFacts free = offer();
  free.charges = 0.0;
  CHECK(offer_utility(offer(), spared) == offer_utility(free, spared));
}

TEST_CASE("utility: what does nothing useful is never wanted", "[market][utility]") {
  OfferFacts useless = offer();
  useless.useful_rate = 0.0;
  CHECK(std::isinf(offer_utility(useless, taste())));
  CHECK(offer_utility(useless, taste()) < 0.0);
}

}  // namespace
}  // namespace chokepoint
