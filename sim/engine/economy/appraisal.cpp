#include "sim/engine/economy/appraisal.hpp"

#include "models/calendar.hpp"
#include "models/market/buyer.hpp"
#include "models/performance/serving_plan.hpp"

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
  const DeviceId device = world_.offers[blanket.offer].device;
  const Buyer& buyer = world_.buyers[blanket.buyer.value];
  const DeviceWorth& worth = world_.worth[device.value];
  const double preference = offer_preference(facts, taste_);
  const Usd host = facts.host, network = network_for(blanket);
  AppraisedWork work;
  auto& [training, prefill, decode] = work;
  training = {nominal(worth, WorkKind::Training),
              useful_rate(blanket, WorkKind::Training),
              {},
              preference,
              0.0};
  facts.host = host + network;
  facts.useful_rate = training.useful_rate;
  training.monthly_cost = monthly_cost_of_ownership(facts, taste_);
  training.utility = offer_utility(facts, taste_);
  const Serving& serving = serving_of(device, today);
  facts.host = host + network * serving.spans_servers;
  const Usd monthly_cost = monthly_cost_of_ownership(facts, taste_);
  const auto attained = [&](double usable, WorkKind kind) {
    return usable * stacks_.factor(device, kind, buyer.research_share.value);
  };
  prefill = {serving.nominal.prefill, attained(serving.usable.prefill, WorkKind::Prefill),
             monthly_cost, preference, 0.0};
  decode = {serving.nominal.decode, attained(serving.usable.decode, WorkKind::Decode), monthly_cost,
            preference, 0.0};
  facts.useful_rate =
      serving_rate(prefill.useful_rate, decode.useful_rate, buyer.prefill_share.value);
  prefill.utility = decode.utility = offer_utility(facts, taste_);
  return work;
}

const Appraisal::Serving& Appraisal::serving_of(DeviceId device, Date today) const {
  if (served_on_ != today) {
    served_.assign(world_.devices.size(), std::nullopt);
    served_on_ = today;
  }
  auto& known = served_[device.value];
  if (!known) known = served_by(device, today);
  return *known;
}

Appraisal::Serving Appraisal::served_by(DeviceId device, Date today) const {
  const auto& models = world_.choice.served_models;
  const auto shares = shares_on(models, today);
  Serving serving;
  const auto mixed = [&](double rest, double ServedWorth::*rate) {
    std::vector<PartOfMix> parts;
    for (std::size_t m = 0; m < models.size(); ++m) {
      parts.push_back({shares[m], models[m].worth[device.value].*rate});
    }
    return rate_on_mix(rest, parts);
  };
  const DeviceWorth& rest = world_.worth[device.value];
  serving.usable.prefill = mixed(rest.h100e_prefill, &ServedWorth::prefill);
  serving.usable.decode = mixed(rest.h100e_decode, &ServedWorth::decode);
  serving.nominal.prefill = mixed(rest.h100e_prefill_nominal, &ServedWorth::prefill_nominal);
  serving.nominal.decode = mixed(rest.h100e_decode_nominal, &ServedWorth::decode_nominal);
  for (std::size_t m = 0; m < models.size(); ++m) {
    if (models[m].worth[device.value].spans_servers) serving.spans_servers += shares[m];
  }
  return serving;
}

Usd Appraisal::network_for(const BlanketOrder& blanket) const {
  const Offer& offer = world_.offers[blanket.offer];
  const Interconnect links =
      interconnect_of(world_.devices[offer.device.value], world_.nodes[offer.node.value]);
  return network_of(world_.choice, links.scaleout);
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
