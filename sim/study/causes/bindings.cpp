#include "sim/study/causes/bindings.hpp"

#include <variant>

namespace chokepoint {

namespace {

/// The stage that bound, or the only one that makes the component; else the component.
const std::string& name_of_shortage(const SupplyNetwork& network, const SupplyBottleneck& bound) {
  if (bound.stage) return network.stages[bound.stage->value].name;
  const Flow* only = nullptr;
  int makers = 0;
  for (const Flow& flow : network.flows) {
    const auto* component = std::get_if<ComponentId>(&flow.to);
    if (component == nullptr || *component != bound.component) continue;
    only = &flow;
    ++makers;
  }
  return makers == 1 ? network.stages[only->from.value].name
                     : network.components[bound.component.value].name;
}

}  // namespace

void Bindings::record(const TraceEvent& event) {
  const auto hold = holds_.hold(event);
  if (!hold) return;
  const Regime& regime = world_.regime;
  if (hold->quota) {
    usd_[{Binding::Kind::Quota, regime.quotas[hold->quota->value].name}] += hold->usd;
    return;  // Not of the rules behind it: they admit what it covers.
  }
  if (hold->bottleneck) {
    const std::string& name = name_of_shortage(world_.supply, *hold->bottleneck);
    usd_[{Binding::Kind::Shortage, name}] += hold->usd;
  }
  for (const RuleId rule : hold->rules) {
    usd_[{Binding::Kind::Rule, regime.rules[rule.value].name}] += hold->usd;
  }
}

std::map<Binding, double> Bindings::closed_to_renters_usd() const {
  std::map<Binding, double> usd;
  for (const Buyer& buyer : world_.buyers) {
    if (buyer.user == buyer.org) continue;
    for (Date month = first_of_month(world_.first_day()); month < world_.end;
         month = add_months(month, 1)) {
      std::set<RuleId> rules;
      for (const Offer& offer : world_.offers) {
        if (value_on(offer.price, month) <= 0.0) continue;
        for (const RuleId rule : rules_on_access(world_, buyer, offer.device, month)) {
          rules.insert(rule);
        }
      }
      for (const RuleId rule : rules) {
        usd[{Binding::Kind::Rule, world_.regime.rules[rule.value].name}] +=
            value_on(buyer.budget, month) / 12.0;
      }
    }
  }
  return usd;
}

std::map<Binding, double> Bindings::held_back_usd() const {
  std::map<Binding, double> usd = usd_;
  for (const auto& [binding, closed] : closed_to_renters_usd()) usd[binding] += closed;
  return usd;
}

}  // namespace chokepoint
