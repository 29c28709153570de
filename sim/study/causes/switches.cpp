#include "sim/study/causes/switches.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include <utility>

namespace chokepoint {

namespace pb = chokepoint::v1;

namespace {

constexpr double kAmple = 10.0;
constexpr const char* kSinceEver = "2000-01-01";

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

std::vector<Switch> binding_switches(const std::vector<std::map<Binding, double>>& held_back_usd,
                                     const std::vector<pb::Scenario>& scenarios) {
  std::set<Binding> found;
  for (const auto& of_run : held_back_usd) {
    for (const auto& [binding, usd] : of_run) found.insert(binding);
  }
  std::vector<Switch> switches;
  for (const Binding& binding : found) {
    Switch off;
    off.kind = binding.kind;
    off.name = binding.name;
    if (off.kind == Binding::Kind::Rule) off.government = government_of(binding.name, scenarios);
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
    case Binding::Kind::Rule:
      for (pb::Rule& rule : *scenario.mutable_rules()) {
        if (rule.name() == off.name) rule.set_enabled(false);
      }
      leave_unanswered(off.name, *scenario.mutable_reactions());
      break;
    case Binding::Kind::Quota: {
      auto& quotas = *scenario.mutable_quotas();
      const auto gone = std::remove_if(quotas.begin(), quotas.end(), [&](const pb::Quota& quota) {
        return quota.name() == off.name;
      });
      quotas.erase(gone, quotas.end());
      break;
    }
    case Binding::Kind::Shortage:
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
