#include "sim/engine/economy/appraisal.hpp"

#include "models/calendar.hpp"
#include "models/market/buyer.hpp"

namespace chokepoint {

Appraisal::Appraisal(const World& world, const Stacks& stacks, const Trust& trust)
    : world_(world), stacks_(stacks), trust_(trust), taste_(taste_of(world.choice)) {}

Appraised Appraisal::of(const BlanketOrder& blanket, WorkKind kind, Usd price,
                        const GreyRoute* grey, Date today) const {
  const Buyer& buyer = world_.buyers[blanket.buyer.value];
  const Offer& offer = world_.offers[blanket.offer];
  const NodeSpec& node = world_.nodes[offer.node.value];
  const OrgId vendor = world_.devices[offer.device.value].vendor;
  OfferFacts facts;
  facts.useful_rate = kind == WorkKind::Training ? useful_rate(blanket, kind)
                                                 : serving_rate(blanket, buyer.prefill_share.value);
  facts.price = price;
  facts.host = host_of(world_.choice, node);
  facts.porting_months = stacks_.porting_months(offer.device, world_.choice.families.value);
  facts.power = node.full_power.value / node.devices_per_node;
  facts.pue = world_.sites[buyer.site.value].pue.value;
  facts.electricity = electricity_of(world_.choice);
  facts.is_captive = world_.is_one_family(buyer.org, vendor);
  facts.risk = grey != nullptr ? 1.0 : trust_.risk(vendor, buyer.site, today);
  facts.months_to_usable = grey != nullptr ? grey->delay.value / (kDaysPerMonth * 1_days) : 0.0;
  Appraised appraised;
  appraised.roof = nominal(world_.worth[offer.device.value], kind);
  appraised.useful_rate = useful_rate(blanket, kind);
  appraised.monthly_cost = monthly_cost_of_ownership(facts, taste_);
  appraised.preference = offer_preference(facts, taste_);
  appraised.utility = offer_utility(facts, taste_);
  return appraised;
}

// What serves reads prompts and writes answers: a device that is poor at either keeps the other
// waiting.
double Appraisal::serving_rate(const BlanketOrder& blanket, double prefill_share) const {
  const double prefill = useful_rate(blanket, WorkKind::Prefill);
  const double decode = useful_rate(blanket, WorkKind::Decode);
  if (prefill <= 0.0 || decode <= 0.0) return 0.0;
  return 1.0 / (prefill_share / prefill + (1.0 - prefill_share) / decode);
}

double Appraisal::useful_rate(const BlanketOrder& blanket, WorkKind kind) const {
  const DeviceId device = world_.offers[blanket.offer].device;
  const Buyer& buyer = world_.buyers[blanket.buyer.value];
  return usable(world_.worth[device.value], kind) *
         stacks_.factor(device, kind, buyer.research_share.value);
}

}  // namespace chokepoint
