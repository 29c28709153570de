#include "sim/study/causes/obstacles.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <tuple>
#include <utility>

#include "sim/trace/naming.hpp"

namespace chokepoint {

namespace {

std::string joined_by_plus(std::string_view first, std::string_view second) {
  const bool is_both = !first.empty() && !second.empty();
  return std::string(first).append(is_both ? " + " : "").append(second);
}

void add_lost(Obstacle& obstacle, const std::string& device, double packages, double usd) {
  Lost& lost = obstacle.lost[device];
  lost.packages += packages;
  lost.usd += usd;
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

ObstacleFinder::ObstacleFinder(const World& world, Scope scope, Period period)
    : world_(world), holds_(world), scope_(scope), period_(std::move(period)) {
  for (const Order& order : world.orders) {
    if (!is_in(world, scope_, order)) continue;
    devices_.insert(order.device);
    pools_.insert(order.pool);
  }
}

bool ObstacleFinder::is_asked_about(OrderId order) const {
  return is_in(world_, scope_, world_.orders[order.value]);
}

void ObstacleFinder::record(const TraceEvent& event) {
  const Date day = world_.calendar().date_at(time_of(event));
  const auto* sample = std::get_if<CounterSampled>(&event);
  const bool is_of_end = sample != nullptr && day == period_.until;
  if (day < period_.from || (day >= period_.until && !is_of_end)) return;
  if (const auto* refused = std::get_if<ShipmentRefused>(&event)) add(*refused);
  if (scope_.rule) return;  // What one rule refused is no matter of others.
  if (const auto* delivered = std::get_if<ShipmentDelivered>(&event)) add(*delivered);
  if (const auto* empty = std::get_if<QuotaExhausted>(&event)) add(*empty);
  if (const auto* bound = std::get_if<SupplyBottleneck>(&event)) add(*bound);
  if (sample != nullptr) add(*sample);
}

/// The obstacle of this kind and key, told once more by `hold`.
Obstacle& ObstacleFinder::add(Obstacle::Kind kind, const std::string& key, const Hold& hold) {
  Obstacle& obstacle = found_[{kind, key}];
  obstacle.kind = kind;
  add_lost(obstacle, name_of(world_, hold.device), hold.packages, hold.usd);
  for (const RuleId rule : hold.rules) obstacle.rules.insert(name_of(world_, rule));
  return obstacle;
}

void ObstacleFinder::add(const ShipmentDelivered& in) {
  const std::string& device = name_of(world_, in.device);
  delivered_[device] += in.units;
  if (is_asked_about(in.order)) delivered_here_[device] += in.units;
}

void ObstacleFinder::add(const ShipmentRefused& in) {
  if (!is_asked_about(in.order)) return;
  if (scope_.rule && in.exporter_rule != scope_.rule && in.importer_rule != scope_.rule) return;
  const std::string name =
      joined_by_plus(view_of(world_, in.exporter_rule), view_of(world_, in.importer_rule));
  Obstacle& rule = add(Obstacle::Kind::Rule, name, *holds_.hold(in));
  rule.name = name;
  rule.gate = joined_by_plus(in.exporter_rule ? exporter_of(world_, in.device).text() : "",
                             in.importer_rule ? importer_of(world_, in.order).text() : "");
}

void ObstacleFinder::add(const QuotaExhausted& in) {
  if (!is_asked_about(in.order)) return;
  const std::string& name = name_of(world_, in.quota);
  add(Obstacle::Kind::Quota, name, *holds_.hold(in)).name = name;
}

void ObstacleFinder::add(const SupplyBottleneck& in) {
  if (devices_.count(in.device) == 0) return;
  const std::string& component = name_of(world_, in.component);
  const std::string stage(view_of(world_, in.stage));
  Obstacle& shortage = add(Obstacle::Kind::Shortage, component + " " + stage, *holds_.hold(in));
  shortage.name = component;
  shortage.stage = stage;
  shortage.devices_per_unit = std::max(shortage.devices_per_unit, in.devices_per_unit);
}

void ObstacleFinder::add(const CounterSampled& in) {
  const bool is_installed = in.counter == Counter::DevicesInstalled;
  const bool is_powered = in.counter == Counter::DevicesPowered;
  if ((!is_installed && !is_powered) || pools_.count(PoolId{in.index}) == 0) return;
  (is_installed ? installed_ : powered_)[PoolId{in.index}] = in.value;
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
  std::ranges::stable_sort(all, [](const Obstacle& a, const Obstacle& b) {
    const Lost of_a = a.all_lost(), of_b = b.all_lost();
    return std::tie(of_a.usd, of_a.packages) > std::tie(of_b.usd, of_b.packages);
  });
  return all;
}

}  // namespace chokepoint
