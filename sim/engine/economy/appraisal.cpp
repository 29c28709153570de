#include "sim/engine/economy/appraisal.hpp"

#include "models/calendar.hpp"
#include "models/market/buyer.hpp"

namespace chokepoint {

namespace {

// What serves reads prompts and writes answers: a device that is poor at either keeps the other
// waiting. In reference devices of which `prefill_share` of the time goes to prompts.
double serving_rate(double prefill, double decode, double prefill_share) {
  if (prefill <= 0.0 || decode <= 0.0) return 0.0;
  return 1.0 / (prefill_share / prefill + (1.0 - prefill_share) / decode);
}

}  // namespace

Appraisal::Appraisal(const World& world, const Stacks& stacks, const Trust& trust)
    : world_(world), stacks_(stacks), trust_(trust), taste_(taste_of(world.choice)) {}

AppraisedWork Appraisal::of(const BlanketOrder& blanket, Usd price, const GreyRoute* grey,
                            Date today) const {
  OfferFacts facts = facts_of(blanket, price, grey, today);
  const DeviceWorth& worth = world_.worth[world_.offers[blanket.offer].device.value];
  const Usd monthly_cost = monthly_cost_of_ownership(facts, taste_);
  const double preference = offer_preference(facts, taste_);
  AppraisedWork work;
  for (std::size_t i = 0; i < kWorkKinds; ++i) {
    const auto kind = static_cast<WorkKind>(i);
    work[i] = {nominal(worth, kind), useful_rate(blanket, kind), monthly_cost, preference, 0.0};
  }
  auto& [training, prefill, decode] = work;
  facts.useful_rate = training.useful_rate;
  training.utility = offer_utility(facts, taste_);
  const double share = world_.buyers[blanket.buyer.value].prefill_share.value;
  facts.useful_rate = serving_rate(prefill.useful_rate, decode.useful_rate, share);
  prefill.utility = decode.utility = offer_utility(facts, taste_);
  return work;
}

OfferFacts Appraisal::facts_of(const BlanketOrder& blanket, Usd price, const GreyRoute* grey,
                               Date today) const {
  const Buyer& buyer = world_.buyers[blanket.buyer.value];
  const Offer& offer = world_.offers[blanket.offer];
  const NodeSpec& node = world_.nodes[offer.node.value];
  const OrgId vendor = world_.devices[offer.device.value].vendor;
  OfferFacts facts;
  facts.price = price;
  facts.host = host_of(world_.choice, node);
  facts.porting_months = stacks_.porting_months(offer.device, world_.choice.families.value);
  facts.power = node.full_power.value / node.devices_per_node;
  facts.pue = world_.sites[buyer.site.value].pue.value;
  facts.electricity = electricity_of(world_.choice);
  facts.is_captive = world_.is_one_family(buyer.org, vendor);
  facts.risk = grey != nullptr ? 1.0 : trust_.risk(vendor, buyer.site, today);
  facts.months_to_usable = grey != nullptr ? grey->delay.value / (kDaysPerMonth * 1_days) : 0.0;
  return facts;
}

double Appraisal::useful_rate(const BlanketOrder& blanket, WorkKind kind) const {
  const DeviceId device = world_.offers[blanket.offer].device;
  const Buyer& buyer = world_.buyers[blanket.buyer.value];
  return usable(world_.worth[device.value], kind) *
         stacks_.factor(device, kind, buyer.research_share.value);
}

}  // namespace chokepoint
