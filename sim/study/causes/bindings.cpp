#include "sim/study/causes/bindings.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <variant>

#include "sim/study/causes/gate_rules.hpp"

namespace chokepoint {

namespace {

/// Figures of a year begin with its number, so that these cannot be taken for one.
constexpr std::array<std::string_view, 3> kBindingPrefixes = {"rule/", "quota/", "shortage/"};

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

Bindings::Bindings(const World& world) : world_(world) {
  for (std::uint32_t i = 0; i < world.supply.components.size(); ++i) {
    feeders_.push_back(feeders_of(world.supply, ComponentId{i}));
  }
}

void Bindings::record(const TraceEvent& event) {
  if (const auto* refused = std::get_if<ShipmentRefused>(&event)) {
    if (refused->exporter_rule) add(*refused->exporter_rule, refused->value.value);
    if (refused->importer_rule) add(*refused->importer_rule, refused->value.value);
  } else if (const auto* bound = std::get_if<SupplyBottleneck>(&event)) {
    add(*bound);
  } else if (const auto* filed = std::get_if<LicenseFiled>(&event)) {
    add(filed->rule, 0.0);
  } else if (const auto* paid = std::get_if<FeePaid>(&event)) {
    add(paid->rule, paid->amount.value);
  } else if (const auto* pulled = std::get_if<DeliveryPulled>(&event)) {
    add(pulled->rule, 0.0);
  } else if (const auto* lost = std::get_if<StockWrittenOff>(&event)) {
    add(lost->rule, lost->value.value);
  } else if (const auto* seized = std::get_if<ShipmentSeized>(&event)) {
    add(seized->rule, 0.0);
  } else if (const auto* drawn = std::get_if<QuotaDrawn>(&event)) {
    add(drawn->quota, drawn->device, 0.0, drawn->time);
  } else if (const auto* empty = std::get_if<QuotaExhausted>(&event)) {
    add(empty->quota, empty->device, empty->units, empty->time);
  }
}

void Bindings::add(RuleId rule, double usd) {
  usd_[{Binding::Kind::Rule, world_.regime.rules[rule.value].name}] += usd;
}

void Bindings::add(QuotaId quota, DeviceId device, double units, Seconds time) {
  usd_[{Binding::Kind::Quota, world_.regime.quotas[quota.value].name}] +=
      units * list_price_usd(world_, device, date_of(time));
}

void Bindings::add(const SupplyBottleneck& bound) {
  const Date month = date_of(bound.time);
  const double missing = bound.wanted ? *bound.wanted - bound.units : 0.0;
  const double usd = missing * list_price_usd(world_, bound.device, month);
  usd_[{Binding::Kind::Shortage, name_of_shortage(world_.supply, bound)}] += usd;
  std::set<RuleId> rules;
  for (const StageId stage : feeders_[bound.component.value]) {
    for (const RuleId rule : rules_on_stage(world_, stage, first_of_month(month))) {
      rules.insert(rule);
    }
  }
  for (const RuleId rule : rules) add(rule, usd);
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

void add_bindings(const std::map<Binding, double>& usd, Figures& figures) {
  for (const auto& [binding, held] : usd) {
    std::string name(kBindingPrefixes[static_cast<std::size_t>(binding.kind)]);
    figures[name.append(binding.name)] = held;
  }
}

std::map<Binding, double> take_bindings(Figures& figures) {
  std::map<Binding, double> usd;
  for (auto figure = figures.begin(); figure != figures.end();) {
    const std::string& name = figure->first;
    const auto prefix =
        std::find_if(kBindingPrefixes.begin(), kBindingPrefixes.end(),
                     [&](std::string_view candidate) { return name.rfind(candidate, 0) == 0; });
    if (prefix == kBindingPrefixes.end()) {
      ++figure;
      continue;
    }
    const auto kind = static_cast<Binding::Kind>(prefix - kBindingPrefixes.begin());
    usd[{kind, name.substr(prefix->size())}] = figure->second;
    figure = figures.erase(figure);
  }
  return usd;
}

}  // namespace chokepoint
