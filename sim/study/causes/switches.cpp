#include "sim/study/causes/switches.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "sim/scenario/compose/edits.hpp"
#include "sim/scenario/text/path.hpp"

namespace chokepoint {

namespace {

constexpr double kAmple = 10.0;
constexpr const char* kSinceEver = "2000-01-01";

/// "rules[x]" of "rules[x].enabled", and "x" of it; empty where the path leads into no element.
struct ChangedElement {
  std::string path, name;
};

ChangedElement element_of(const std::string& path) {
  const auto segments = parse_path(path);
  if (!segments || segments->empty()) return {path, ""};
  const PathSegment& top = segments->front();
  return top.key ? ChangedElement{element_path(top.field, *top.key), *top.key}
                 : ChangedElement{top.field, ""};
}

/// Which of several things belong together.
class Unions {
public:
  explicit Unions(std::size_t things) : first_(things) {
    std::iota(first_.begin(), first_.end(), std::size_t{0});
  }
  std::size_t first(std::size_t thing) const {
    while (first_[thing] != thing) thing = first_[thing];
    return thing;
  }
  void join(std::size_t a, std::size_t b) {
    const std::size_t one = first(a), two = first(b);
    first_[std::max(one, two)] = std::min(one, two);
  }

private:
  std::vector<std::size_t> first_;
};

bool belong_together(const Change& change, const Change& other) {
  const ChangedElement element = element_of(change.path), of_other = element_of(other.path);
  if (element.path == of_other.path) return true;
  const bool is_whole = other.path == of_other.path && !of_other.name.empty();
  if (!is_whole) return false;  // An element that stays can be named by anybody.
  std::string name = "\"";
  name.append(of_other.name).append("\"");
  return change.before.find(name) != std::string::npos ||
         change.after.find(name) != std::string::npos;
}

std::string government_of(const std::string& rule, const std::vector<pb::Scenario>& scenarios) {
  for (const pb::Scenario& scenario : scenarios) {
    for (const pb::Rule& candidate : scenario.rules()) {
      if (candidate.name() == rule) return candidate.government();
    }
  }
  return "";
}

// No reaction begins `rule`; one that does nothing else is gone.
void leave_unanswered(const std::string& rule,
                      google::protobuf::RepeatedPtrField<pb::Reaction>& reactions) {
  const auto does_nothing_else = [&](pb::Reaction& reaction) {
    auto& begins = *reaction.mutable_begins_rules();
    const auto gone = std::remove(begins.begin(), begins.end(), rule);
    const bool did = gone != begins.end();
    begins.erase(gone, begins.end());
    return did && begins.empty() && reaction.begins_exceptions().empty() &&
           reaction.suspends_rules().empty() && reaction.suspends_exceptions().empty();
  };
  reactions.erase(std::remove_if(reactions.begin(), reactions.end(), does_nothing_else),
                  reactions.end());
}

Switch::Kind switch_kind(Binding::Kind kind) {
  constexpr std::array kKinds = {Switch::Kind::Rule, Switch::Kind::Quota, Switch::Kind::Shortage};
  return kKinds[static_cast<std::size_t>(kind)];
}

std::set<std::string> stages_short(const std::string& name, const pb::Scenario& scenario) {
  for (const pb::SupplyStage& stage : scenario.supply_stages()) {
    if (stage.name() == name) return {name};
  }
  std::set<std::string> stages;
  for (const pb::SupplyFlow& flow : scenario.supply_flows()) {
    if (flow.to() == name) stages.insert(flow.from());
  }
  return stages;
}

double usd_of(const std::map<Binding, double>& held_back_usd, const Binding& binding) {
  const auto found = held_back_usd.find(binding);
  return found == held_back_usd.end() ? 0.0 : found->second;
}

double greatest_figure(const pb::SupplyStage& stage) {
  if (!stage.has_units_per_month()) return stage.stock_units().value();
  double greatest = stage.units_per_month().ceiling();
  for (const pb::CurvePoint& point : stage.units_per_month().points()) {
    greatest = std::max(greatest, point.value().value());
  }
  return greatest;
}

double greatest_figure(const std::string& stage, const std::vector<pb::Scenario>& scenarios) {
  double greatest = 0.0;
  for (const pb::Scenario& scenario : scenarios) {
    for (const pb::SupplyStage& candidate : scenario.supply_stages()) {
      if (candidate.name() == stage) greatest = std::max(greatest, greatest_figure(candidate));
    }
  }
  return greatest;
}

void set_figure(pb::Sourced& figure, double value) {
  pb::Sourced ample;
  ample.set_value(value);
  ample.set_source(figure.source());
  ample.set_confidence(figure.confidence());
  figure = std::move(ample);
}

void make_ample(pb::SupplyStage& stage, double value) {
  if (!stage.has_units_per_month()) {
    if (stage.has_stock_units()) set_figure(*stage.mutable_stock_units(), value);
    return;
  }
  pb::Curve ample;
  pb::CurvePoint& always = *ample.add_points();
  always.set_on(kSinceEver);
  if (stage.units_per_month().points_size() > 0) {
    *always.mutable_value() = stage.units_per_month().points(0).value();
  }
  set_figure(*always.mutable_value(), value);
  *stage.mutable_units_per_month() = std::move(ample);
}

}  // namespace

std::vector<Switch> change_switches(const pb::Scenario& base, const pb::Scenario& other) {
  const auto changes = changes_since(base, composed_from(other, ""), {});
  Unions unions(changes.size());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    for (std::size_t j = 0; j < changes.size(); ++j) {
      if (i != j && belong_together(changes[i], changes[j])) unions.join(i, j);
    }
  }
  std::map<std::size_t, Switch> groups;  // By the first change of each.
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Switch& group = groups[unions.first(i)];
    group.kind = Switch::Kind::Change;
    if (group.paths.empty()) group.name = element_of(changes[i].path).path;
    group.paths.push_back(changes[i].path);
  }
  std::vector<Switch> switches;
  switches.reserve(groups.size());
  for (auto& [first, group] : groups) switches.push_back(std::move(group));
  return switches;
}

std::vector<Switch> binding_switches(const std::vector<std::map<Binding, double>>& held_back_usd,
                                     const std::vector<pb::Scenario>& scenarios) {
  std::set<Binding> found;
  for (const auto& of_run : held_back_usd) {
    for (const auto& [binding, usd] : of_run) found.insert(binding);
  }
  std::vector<Switch> switches;
  for (const Binding& binding : found) {
    Switch off;
    off.kind = switch_kind(binding.kind);
    off.name = binding.name;
    if (off.kind == Switch::Kind::Rule) off.government = government_of(binding.name, scenarios);
    const double in_base = usd_of(held_back_usd.front(), binding);
    for (const auto& of_run : held_back_usd) {
      const double usd = usd_of(of_run, binding);
      off.held_back_usd = std::max(off.held_back_usd, usd);
      off.differs_by_usd = std::max(off.differs_by_usd, std::abs(usd - in_base));
    }
    switches.push_back(std::move(off));
  }
  std::ranges::stable_sort(switches, [](const Switch& a, const Switch& b) {
    return std::tie(a.differs_by_usd, a.held_back_usd) >
           std::tie(b.differs_by_usd, b.held_back_usd);
  });
  return switches;
}

pb::Scenario switched_off(const Switch& off, const std::vector<pb::Scenario>& scenarios,
                          std::size_t at) {
  pb::Scenario scenario = scenarios[at];
  switch (off.kind) {
    case Switch::Kind::Change:
      for (const auto& path : off.paths) revert(scenario, scenarios[0], path);
      break;
    case Switch::Kind::Rule:
      for (pb::Rule& rule : *scenario.mutable_rules()) {
        if (rule.name() == off.name) rule.set_enabled(false);
      }
      leave_unanswered(off.name, *scenario.mutable_reactions());
      break;
    case Switch::Kind::Quota: {
      auto& quotas = *scenario.mutable_quotas();
      const auto gone = std::remove_if(quotas.begin(), quotas.end(), [&](const pb::Quota& quota) {
        return quota.name() == off.name;
      });
      quotas.erase(gone, quotas.end());
      break;
    }
    case Switch::Kind::Shortage:
      for (const auto& name : stages_short(off.name, scenario)) {
        const double ample = kAmple * greatest_figure(name, scenarios);
        for (pb::SupplyStage& stage : *scenario.mutable_supply_stages()) {
          if (stage.name() == name) make_ample(stage, ample);
        }
      }
      break;
  }
  return scenario;
}

}  // namespace chokepoint
