#include "sim/scenario/silent/silent_inputs.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "sim/scenario/text/path.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

void warn(const SourceLocation& where, std::string message, std::string help, Diagnostics& found) {
  found.add({Diagnostic::Severity::Warning, where, std::move(message), std::move(help)});
}

/// "x" of "rules[x].effective"; empty of another path.
std::string rule_of(const std::string& path) {
  constexpr std::string_view kStart = "rules[";
  const auto end = path.find(']');
  if (!path.starts_with(kStart) || end == std::string::npos) return "";
  return path.substr(kStart.size(), end - kStart.size());
}

/// Rules that something may switch on: reactions, and outlooks that draw them.
std::set<std::string> rules_begun(const pb::Scenario& scenario) {
  std::set<std::string> begun;
  for (const auto& reaction : scenario.reactions()) {
    begun.insert(reaction.begins_rules().begin(), reaction.begins_rules().end());
  }
  for (const auto& outlook : scenario.policy_outlooks()) begun.insert(outlook.rule());
  return begun;
}

void find_rules_that_are_off(const Composed& composed, Diagnostics& found) {
  const auto begun = rules_begun(composed.scenario);
  std::set<std::string> told;
  for (const Change& change : composed.changes) {
    const std::string name = rule_of(change.path);
    const bool is_switch = change.path == "rules[" + name + "].enabled";
    if (name.empty() || is_switch || change.kind == Change::Kind::Removed) continue;
    const auto& rules = composed.scenario.rules();
    const auto rule = std::ranges::find(rules, name, &pb::Rule::name);
    const bool is_off = rule != rules.end() && rule->has_enabled() && !rule->enabled();
    if (!is_off || begun.count(name) > 0 || !told.insert(name).second) continue;
    warn(change.where, "rule " + in_quotes(name) + " is written here and is off: it does nothing",
         "write enabled: true, or leave it out", found);
  }
}

/// A day that a rule had, and what was moved.
struct MovedDay {
  std::string day, rule;
  SourceLocation where;
};

/// A day in quotes as text format has it; empty where it is none.
std::string day_in(const std::string& text) {
  constexpr std::size_t kDay = 10;
  return text.size() == kDay + 2 && text.front() == '"' ? text.substr(1, kDay) : "";
}

/// Curves have points where months and years begin and end, whatever rules do.
bool is_edge_of_month(const std::string& day) {
  const auto date = parse_date(day);
  return !date || *date == first_of_month(*date) ||
         *date + std::chrono::days{1} == first_of_month(add_months(*date, 1));
}

std::vector<MovedDay> moved_days(const Composed& composed) {
  std::vector<MovedDay> days;
  for (const Change& change : composed.changes) {
    const std::string name = rule_of(change.path);
    const bool is_date =
        change.path.ends_with("].effective") || change.path.ends_with("].announced");
    const std::string day = day_in(change.before);
    if (name.empty() || !is_date || change.before == change.after) continue;
    if (is_edge_of_month(day)) continue;
    days.push_back({day, name, change.where});
  }
  return days;
}

/// Calls `visit(path, curve)` for every curve in `message`.
template <class Visit>
void for_each_curve(const Message& message, const std::string& path, const Visit& visit) {
  if (message.GetDescriptor() == pb::Curve::descriptor()) {
    visit(path, dynamic_cast<const pb::Curve&>(message));
    return;
  }
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->message_type() == nullptr) continue;
    const std::string at = join_path(path, field->name());
    if (!field->is_repeated()) {
      for_each_curve(reflection->GetMessage(message, field), at, visit);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      for_each_curve(reflection->GetRepeatedMessage(message, field, i),
                     element_path(at, key_of(message, *field, i)), visit);
    }
  }
}

void find_curves_left_behind(const Composed& composed, Diagnostics& found) {
  const auto days = moved_days(composed);
  if (days.empty()) return;
  std::set<std::pair<std::string, std::string>> told;
  for_each_curve(composed.scenario, "", [&](const std::string& path, const pb::Curve& curve) {
    const bool is_changed = std::ranges::any_of(composed.changes, [&](const Change& change) {
      return change.path.starts_with(path) || path.starts_with(change.path + ".");
    });
    if (is_changed) return;
    for (const MovedDay& moved : days) {
      const bool has_point = std::ranges::any_of(
          curve.points(), [&](const auto& point) { return point.on() == moved.day; });
      if (!has_point || !told.insert({path, moved.rule}).second) continue;
      warn(moved.where,
           path + " has a point on " + moved.day + ", the day that rule " + in_quotes(moved.rule) +
               " had: it does not follow the rule",
           "move the point as well, if what it says comes of the rule", found);
    }
  });
}

/// Packages that a pool has at the start, and may have in all.
struct PoolContent {
  double at_start = 0.0, at_most = 0.0;
};

std::vector<PoolContent> contents_of_pools(const World& world) {
  std::vector<PoolContent> contents(world.pools.size());
  for (const ChipStock& stock : world.stocks) {
    contents[stock.pool.value].at_start += stock.units.value;
    contents[stock.pool.value].at_most += stock.units.value;
  }
  for (const Order& order : world.orders) {
    for (const Tranche& tranche : order.tranches) {
      contents[order.pool.value].at_most += tranche.months * tranche.units_per_month.value;
    }
  }
  return contents;
}

void find_jobs_that_never_fit(const Composed& composed, const World& world, Diagnostics& found) {
  // Who chooses may buy for any pool.
  if (!world.buyers.empty()) return;
  const auto contents = contents_of_pools(world);
  // What is bought instead of what was refused may come into any of these.
  const auto& substitutes = world.market.domestic_pools;
  const auto may_grow = [&](PoolId pool) {
    return std::ranges::find(substitutes, pool) != substitutes.end();
  };
  for (const TrainingJob& job : world.training_jobs) {
    if (std::ranges::any_of(job.pools, may_grow)) continue;
    double most = 0.0;
    for (const PoolId pool : job.pools) most = std::max(most, contents[pool.value].at_most);
    if (most >= job.devices) continue;
    const std::string path = "training_jobs[" + job.name + "].devices";
    warn(origin_of(composed.origins, path),
         concat("training job ", in_quotes(job.name), " asks for ", double(job.devices),
                " devices, and no pool of it ever has more than ", std::floor(most)),
         "ask for fewer, or bring more chips to one of its pools", found);
  }
}

void find_parts_of_nodes(const Composed& composed, const World& world, Diagnostics& found) {
  const auto contents = contents_of_pools(world);
  for (std::size_t i = 0; i < world.pools.size(); ++i) {
    const Pool& pool = world.pools[i];
    const double per_node = world.nodes[pool.node.value].devices_per_node;
    const double left = std::fmod(contents[i].at_start, per_node);
    // Of a large fleet a part of a node is nothing that anybody wrote.
    const bool is_small = contents[i].at_start < 100.0 * per_node;
    if (left == 0.0 || !is_small) continue;
    const std::string site = world.sites[pool.site.value].name;
    const std::string path = "sites[" + site + "].pools[" + pool.name.substr(site.size() + 1) + "]";
    warn(origin_of(composed.origins, path),
         concat("pool ", in_quotes(pool.name), " starts with ", contents[i].at_start,
                " packages: ", left, " of them fill no node of ", per_node, " and do nothing"),
         "write a multiple of what a node holds", found);
  }
}

void find_dark_pools(const Composed& composed, const World& world, Diagnostics& found) {
  for (const Pool& pool : world.pools) {
    const Site& site = world.sites[pool.site.value];
    const NodeSpec& node = world.nodes[pool.node.value];
    const double node_w = node.full_power.value.value * site.pue.value;
    if (node_w <= site.power_cap.value.value) continue;
    warn(origin_of(composed.origins, "sites[" + site.name + "].power_cap_mw"),
         concat("site ", in_quotes(site.name), " has ", site.power_cap.value.value / 1e6,
                " MW, and one node of pool ", in_quotes(pool.name), " takes ", node_w / 1e6,
                ": it stays dark"),
         "raise power_cap_mw, or put the pool elsewhere", found);
  }
}

void find_unused_storage(const Composed& composed, const World& world, Diagnostics& found) {
  if (world.interrupted_jobs) return;
  for (const Site& site : world.sites) {
    if (!site.storage) continue;
    warn(origin_of(composed.origins, "sites[" + site.name + "].storage_gb_s"),
         concat("storage of site ", in_quotes(site.name), " is written, and nothing stops a job"),
         "write interruptions { } as well, or leave it out", found);
  }
}

}  // namespace

void find_silent_inputs(const Composed& composed, const World& world, Diagnostics& found) {
  find_rules_that_are_off(composed, found);
  find_curves_left_behind(composed, found);
  find_jobs_that_never_fit(composed, world, found);
  find_parts_of_nodes(composed, world, found);
  find_dark_pools(composed, world, found);
  find_unused_storage(composed, world, found);
}

}  // namespace chokepoint
