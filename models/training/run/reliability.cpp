#include "models/training/run/reliability.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {

std::string_view name(FailureScope scope) {
  switch (scope) {
    case FailureScope::Devices:
      return "device";
    case FailureScope::Nodes:
      return "node";
    case FailureScope::Links:
      return "link";
    case FailureScope::Domains:
      return "domain";
    case FailureScope::Switches:
      return "switch";
    case FailureScope::Storage:
      return "storage";
    case FailureScope::Run:
      break;
  }
  return "run";
}

int ReliabilitySpec::nodes_struck(FailureScope scope) const {
  double nodes = 1;
  if (scope == FailureScope::Domains) nodes = nodes_per_domain.value;
  if (scope == FailureScope::Switches) nodes = nodes_per_switch.value_or(nodes_per_domain).value;
  return std::max(1, static_cast<int>(nodes));
}

Seconds ReliabilitySpec::repair_of(FailureScope scope) const {
  if (scope == FailureScope::Switches) return switch_repair.value_or(repair).value;
  if (scope == FailureScope::Storage) return storage_repair.value_or(repair).value;
  return repair.value;
}

const ReliabilitySpec* reliability_for(const std::vector<ReliabilitySpec>& all, StackId stack) {
  const auto named = std::ranges::find_if(all, [&](const ReliabilitySpec& one) {
    return std::ranges::find(one.stacks, stack) != one.stacks.end();
  });
  if (named != all.end()) return &*named;
  const auto general =
      std::ranges::find_if(all, [](const ReliabilitySpec& one) { return one.stacks.empty(); });
  return general == all.end() ? nullptr : &*general;
}

double network_links(const GangSize& gang, double ports) {
  assert(ports >= 4);
  if (gang.nodes() == 1) return 0;
  int tiers = 1;
  double reached = ports;
  while (reached < gang.devices) {
    reached *= ports / 2;
    ++tiers;
  }
  return 1.0 * gang.devices * tiers;
}

PerSecond gang_rate(const FailureMode& mode, const GangSize& gang, const ReliabilitySpec& spec) {
  switch (mode.scope) {
    case FailureScope::Devices:
      return mode.each.value * gang.devices;
    case FailureScope::Nodes:
      return mode.each.value * gang.nodes();
    case FailureScope::Links:
      return mode.each.value * network_links(gang, spec.switch_ports.value);
    case FailureScope::Domains:
    case FailureScope::Switches: {
      const int below = spec.nodes_struck(mode.scope);
      const double cards = 1.0 * below * gang.devices_per_node;
      const double rails = std::max(1.0, cards / (spec.switch_ports.value / 2));
      return mode.each.value * rails * std::ceil(1.0 * gang.nodes() / below);
    }
    case FailureScope::Storage:
      return {};
    case FailureScope::Run:
      break;
  }
  return mode.each.value;
}

ReliabilitySpec at_bound(ReliabilitySpec spec, const std::vector<Input>& inputs, RateBound bound) {
  for (FailureMode& mode : spec.modes) {
    if (!mode.each.input) continue;
    const Input& input = inputs[mode.each.input->value];
    const auto& end = bound == RateBound::Low ? input.low : input.high;
    if (end && input.value > 0) mode.each.value = mode.each.value * (*end / input.value);
  }
  return spec;
}

}  // namespace chokepoint
