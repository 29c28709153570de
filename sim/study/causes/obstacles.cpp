#include "sim/study/causes/obstacles.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>
#include <utility>

#include "sim/study/causes/gate_rules.hpp"
#include "sim/trace/counter_names.hpp"

namespace chokepoint {

namespace {

std::optional<ComponentId> component_named(const World& world, const std::string& name) {
  for (std::uint32_t i = 0; i < world.supply.components.size(); ++i) {
    if (world.supply.components[i].name == name) return ComponentId{i};
  }
  return std::nullopt;
}

std::string joined_by_plus(const std::string& first, const std::string& second) {
  const bool is_both = !first.empty() && !second.empty();
  return first + (is_both ? " + " : "") + second;
}

std::string gates_of(const pb::RefusedFact& fact) {
  return joined_by_plus(fact.exporter_rule().empty() ? "" : fact.exporter(),
                        fact.importer_rule().empty() ? "" : fact.importer());
}

void add_lost(Obstacle& obstacle, const std::string& device, double packages, double usd) {
  Lost& lost = obstacle.lost[device];
  lost.packages += packages;
  lost.usd += usd;
}

/// The rule to which a quota belongs, at once or through an exception to it.
std::set<std::string> rules_of_quota(const World& world, const std::string& name) {
  std::set<std::string> rules;
  for (const Quota& quota : world.regime.quotas) {
    if (quota.name != name) continue;
    if (quota.rule) rules.insert(world.regime.rules[quota.rule->value].name);
    if (!quota.exception) continue;
    for (const RuleId rule : world.regime.exceptions[quota.exception->value].rules) {
      rules.insert(world.regime.rules[rule.value].name);
    }
  }
  return rules;
}

}  // namespace

Lost Obstacle::all_lost() const {
  Lost sum;
  for (const auto& [device, of_device] : lost) {
    sum.packages += of_device.packages;
    sum.usd += of_device.usd;
  }
  return sum;
}

ObstacleFinder::ObstacleFinder(const World& world, const TraceNames& names, Scope scope,
                               Period period)
    : world_(world), names_(names), scope_(std::move(scope)), period_(std::move(period)) {
  for (const Order& order : world.orders) {
    if (!is_in(world, scope_, order)) continue;
    devices_.insert(order.device);
    pools_.insert(order.pool);
  }
}

bool ObstacleFinder::is_asked_about(const std::string& order) const {
  const auto id = names_.order(order);
  return id && is_in(world_, scope_, world_.orders[id->value]);
}

void ObstacleFinder::add(const TimedFact& timed) {
  const Date day = world_.calendar().date_at(time_of(timed));
  const pb::Fact& fact = timed.fact;
  const bool is_of_end = fact.has_counter() && day == period_.until;
  if (day < period_.from || (day >= period_.until && !is_of_end)) return;
  if (fact.has_refused()) add_refused(fact.refused());
  if (scope_.rule) return;  // What one rule refused is no matter of others.
  if (fact.has_delivered()) add_delivered(fact.delivered());
  if (fact.has_quota_empty()) add_quota(fact.quota_empty(), day);
  if (fact.has_bottleneck()) add_bound(fact.bottleneck(), day);
  if (fact.has_counter()) add_sample(fact.counter());
}

void ObstacleFinder::add_delivered(const pb::DeliveredFact& fact) {
  delivered_[fact.device()] += fact.units();
  if (is_asked_about(fact.order())) delivered_here_[fact.device()] += fact.units();
}

void ObstacleFinder::add_refused(const pb::RefusedFact& fact) {
  if (!is_asked_about(fact.order())) return;
  const auto is_by = [&](const std::string& rule) { return names_.rule(rule) == scope_.rule; };
  if (scope_.rule && !is_by(fact.exporter_rule()) && !is_by(fact.importer_rule())) return;
  const std::string name = joined_by_plus(fact.exporter_rule(), fact.importer_rule());
  Obstacle& rule = found_[{Obstacle::Kind::Rule, name}];
  rule.kind = Obstacle::Kind::Rule;
  rule.name = name;
  rule.gate = gates_of(fact);
  add_lost(rule, fact.device(), fact.units(), fact.value_usd());
  for (const auto& by : {fact.exporter_rule(), fact.importer_rule()}) {
    if (!by.empty()) rule.rules.insert(by);
  }
}

void ObstacleFinder::add_quota(const pb::QuotaExhaustedFact& fact, Date day) {
  const auto device = names_.device(fact.device());
  if (!device || !is_asked_about(fact.order())) return;
  Obstacle& quota = found_[{Obstacle::Kind::Quota, fact.quota()}];
  quota.kind = Obstacle::Kind::Quota;
  quota.name = fact.quota();
  quota.rules = rules_of_quota(world_, fact.quota());
  add_lost(quota, fact.device(), fact.units(), fact.units() * list_price_usd(world_, *device, day));
}

void ObstacleFinder::add_bound(const pb::BottleneckFact& fact, Date day) {
  const auto device = names_.device(fact.device());
  if (!device || devices_.count(*device) == 0) return;
  Obstacle& shortage = found_[{Obstacle::Kind::Shortage, fact.component() + " " + fact.stage()}];
  shortage.kind = Obstacle::Kind::Shortage;
  shortage.name = fact.component();
  shortage.stage = fact.stage();
  shortage.devices_per_unit = std::max(shortage.devices_per_unit, fact.devices_per_unit());
  const double missing = fact.has_wanted() ? fact.wanted() - fact.units() : 0.0;
  add_lost(shortage, fact.device(), missing, missing * list_price_usd(world_, *device, day));
  if (const auto component = component_named(world_, fact.component())) {
    shortage.rules.merge(rules_behind(*component, first_of_month(day)));
  }
}

std::set<std::string> ObstacleFinder::rules_behind(ComponentId component, Date month) const {
  std::set<std::string> rules;
  for (const StageId stage : feeders_of(world_.supply, component)) {
    for (const RuleId rule : rules_on_stage(world_, stage, month)) {
      rules.insert(world_.regime.rules[rule.value].name);
    }
  }
  return rules;
}

void ObstacleFinder::add_sample(const pb::CounterFact& fact) {
  const bool is_installed = fact.counter() == counter_name(Counter::DevicesInstalled);
  const bool is_powered = fact.counter() == counter_name(Counter::DevicesPowered);
  if (!is_installed && !is_powered) return;
  const auto pool = names_.pool(fact.subject());
  if (!pool || pools_.count(*pool) == 0) return;
  (is_installed ? installed_ : powered_)[*pool] = fact.value();
}

void ObstacleFinder::add_closed_access(std::map<Key, Obstacle>& into) const {
  for (const BlanketOrder& standing : world_.blanket_orders) {
    const Order& order = world_.orders[standing.order.value];
    if (!is_in(world_, scope_, order)) continue;
    const Buyer& buyer = world_.buyers[standing.buyer.value];
    for (Date month = period_.from; month < period_.until; month = add_months(month, 1)) {
      if (list_price_usd(world_, order.device, month) <= 0.0) continue;
      for (const RuleId id : rules_on_access(world_, buyer, order.device, month)) {
        const Rule& rule = world_.regime.rules[id.value];
        Obstacle& access = into[{Obstacle::Kind::Access, rule.name}];
        access.kind = Obstacle::Kind::Access;
        access.name = rule.name;
        access.gate = rule.government.text();
        add_lost(access, world_.devices[order.device.value].name, 0.0, 0.0);
        access.rules.insert(rule.name);
      }
    }
  }
}

void ObstacleFinder::add_unpowered(std::map<Key, Obstacle>& into) const {
  for (const auto& [id, installed] : installed_) {
    const Pool& pool = world_.pools[id.value];
    const double in_node = world_.nodes[pool.node.value].devices_per_node;
    const auto powered = powered_.find(id);
    const double has_power = powered == powered_.end() ? 0.0 : powered->second;
    // What does not fill a node waits for others, not for power.
    const double dark = std::floor(installed / in_node) * in_node - has_power;
    if (dark < in_node) continue;
    const std::string& site = world_.sites[pool.site.value].name;
    Obstacle& power = into[{Obstacle::Kind::Power, site}];
    power.kind = Obstacle::Kind::Power;
    power.name = site;
    add_lost(power, world_.devices[pool.device.value].name, dark,
             dark * list_price_usd(world_, pool.device, period_.from));
  }
}

void ObstacleFinder::keep_part_of_scope(std::map<Key, Obstacle>& shortages) const {
  for (auto& [key, shortage] : shortages) {
    if (shortage.kind != Obstacle::Kind::Shortage) continue;
    for (auto& [device, lost] : shortage.lost) {
      const auto all = delivered_.find(device), here = delivered_here_.find(device);
      if (all == delivered_.end() || all->second <= 0.0) continue;  // Nobody got any.
      const double part = here == delivered_here_.end() ? 0.0 : here->second / all->second;
      lost.packages *= part;
      lost.usd *= part;
    }
    std::erase_if(shortage.lost, [this](const auto& of_device) {
      return delivered_.count(of_device.first) > 0 && delivered_here_.count(of_device.first) == 0;
    });
  }
  std::erase_if(shortages, [](const auto& of_key) { return of_key.second.lost.empty(); });
}

std::vector<Obstacle> ObstacleFinder::obstacles() const {
  auto found = found_;
  keep_part_of_scope(found);
  if (!scope_.rule) {
    add_closed_access(found);
    add_unpowered(found);
  }
  std::vector<Obstacle> all;
  all.reserve(found.size());
  for (auto& [key, obstacle] : found) all.push_back(std::move(obstacle));
  std::stable_sort(all.begin(), all.end(), [](const Obstacle& a, const Obstacle& b) {
    const Lost of_a = a.all_lost(), of_b = b.all_lost();
    return std::tie(of_a.usd, of_a.packages) > std::tie(of_b.usd, of_b.packages);
  });
  return all;
}

}  // namespace chokepoint
