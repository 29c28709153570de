#include "models/market/utility.hpp"

#include <cassert>
#include <cmath>
#include <limits>

#include "models/market/price.hpp"

namespace chokepoint {
namespace {

constexpr Seconds kMonth = 365.25 / 12.0 * 1_days;

}  // namespace

Usd monthly_cost_of_ownership(const OfferFacts& offer, const BuyerTaste& taste) {
  assert(taste.life_months.value > 0.0 && offer.pue >= 1.0);
  const Usd price = charged_price(offer.price, offer.charges, taste.pass_through.value);
  const Joules energy = offer.power * kMonth * offer.pue;
  return (price + offer.host + offer.porting_cost_per_unit) / taste.life_months.value +
         energy * offer.electricity;
}

double offer_preference(const OfferFacts& offer, const BuyerTaste& taste) {
  const double preference = offer.is_captive ? taste.captive_preference.value : 0.0;
  return preference - taste.policy_risk.value * offer.risk -
         taste.delay_aversion.value * offer.months_to_usable -
         taste.porting_aversion.value * offer.porting_months;
}

double wait_cost(double part, const BuyerTaste& taste) {
  assert(0.0 <= part && part <= 1.0);
  return part > 0.0 ? taste.delay_aversion.value / part : std::numeric_limits<double>::infinity();
}

double offer_utility(const OfferFacts& offer, const BuyerTaste& taste) {
  assert(offer.useful_rate >= 0.0 && 0.0 <= offer.risk && offer.risk <= 1.0);
  if (offer.useful_rate == 0.0) return -std::numeric_limits<double>::infinity();
  const double cost = monthly_cost_of_ownership(offer, taste) / Usd{1.0};
  assert(cost > 0.0);
  return taste.sensitivity.value * std::log(offer.useful_rate / cost) +
         offer_preference(offer, taste);
}

}  // namespace chokepoint
