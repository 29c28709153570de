#include "models/market/buyer.hpp"

namespace chokepoint {

BuyerTaste taste_of(const ChoiceHabits& habits) {
  BuyerTaste taste;
  taste.sensitivity = habits.sensitivity;
  taste.captive_preference = habits.captive_preference;
  taste.policy_risk = habits.policy_risk;
  taste.delay_aversion = habits.delay_aversion;
  taste.porting_aversion = habits.porting_aversion;
  taste.life_months = habits.life_months;
  taste.pass_through = habits.pass_through;
  return taste;
}

Usd host_of(const ChoiceHabits& habits, const NodeSpec& node) {
  const bool is_linked = node.links.domain && node.links.domain->value > 1 &&
                         node.links.shape != ScaleupShape::PcieTree;
  return is_linked ? habits.linked_host.value : habits.host.value;
}

Usd network_of(const ChoiceHabits& habits, BytesPerSecond scaleout) {
  constexpr BytesPerSecond kGbitPerSecond{1e9 / 8.0};
  return Usd{habits.network_usd_per_gbit_s.value * (scaleout / kGbitPerSecond)};
}

UsdPerJoule electricity_of(const ChoiceHabits& habits) {
  return UsdPerJoule{habits.electricity_usd_per_kwh.value / kJoulesPerKwh};
}

Usd last_list_price(const Offer& offer, Date date) {
  const double today = value_on(offer.price, date);
  if (today > 0.0) return Usd{today};
  Usd last;
  for (const CurvePoint& point : offer.price.points) {
    if (point.on <= date && point.value.value > 0.0) last = Usd{point.value.value};
  }
  return last;
}

}  // namespace chokepoint
