#include "sim/study/causes/hold.hpp"

#include <variant>

#include "models/curve.hpp"
#include "models/market/renting.hpp"
#include "sim/engine/government/regulator.hpp"

namespace chokepoint {

namespace {

std::vector<RuleId> sorted(const std::set<RuleId>& rules) {
  return {rules.begin(), rules.end()};
}

void add_limiting_rules(const World& world, const Shipment& shipment, Date date,
                        std::set<RuleId>& into) {
  for (const RuleId rule : limiting_rules(judge(world.regime, shipment, date))) into.insert(rule);
}

}  // namespace

std::vector<RuleId> limiting_rules(const TwoGateRuling& ruling) {
  std::set<RuleId> rules;
  for (const Ruling* side : {&ruling.exporter, &ruling.importer}) {
    if (side->admitted_share < 1.0 && side->limiting_rule) rules.insert(*side->limiting_rule);
  }
  return sorted(rules);
}

std::vector<RuleId> rules_on_stage(const World& world, StageId stage, Date month) {
  const SupplyStage& held = world.supply.stages[stage.value];
  std::set<RuleId> rules;
  if (held.product_item) {
    for (const Contract& contract : world.supply.contracts) {
      if (contract.stage != stage || value_on(contract.share, month) <= 0.0) continue;
      add_limiting_rules(world,
                         shipment_of(world, *held.product_item, held.country, contract.vendor),
                         month, rules);
    }
  }
  if (held.operated_by && held.equipment_item) {
    const Country origin = world.items[held.equipment_item->value].item.vendor_headquarters;
    add_limiting_rules(world, shipment_of(world, *held.equipment_item, origin, *held.operated_by),
                       month, rules);
  }
  return sorted(rules);
}

std::vector<RuleId> rules_on_access(const World& world, const Buyer& buyer, DeviceId device,
                                    Date month) {
  if (buyer.user == buyer.org) return {};
  const Shipment access =
      remote_access(world.device_items[device.value].item, world.sites[buyer.site.value].country,
                    world.party(buyer.user));
  return limiting_rules(judge(world.regime, access, month));
}

std::set<StageId> feeders_of(const SupplyNetwork& network, ComponentId component) {
  std::set<StageId> stages;
  for (bool is_new = true; is_new;) {
    is_new = false;
    for (const Flow& flow : network.flows) {
      const auto* next = std::get_if<StageId>(&flow.to);
      const auto* end = std::get_if<ComponentId>(&flow.to);
      const bool leads_there =
          next != nullptr ? stages.count(*next) > 0 : end != nullptr && *end == component;
      if (leads_there) is_new = stages.insert(flow.from).second || is_new;
    }
  }
  return stages;
}

double list_price_usd(const World& world, DeviceId device, Date day) {
  for (const Offer& offer : world.offers) {
    if (offer.device == device) return value_on(offer.price, day);
  }
  return 0.0;
}

}  // namespace chokepoint
