#include "sim/engine/government/refusal.hpp"

#include <cassert>
#include <vector>

namespace chokepoint {

namespace {

using Figures = std::vector<std::optional<InputId>>;

bool exporter_binds(Gate gate) {
  return gate == Gate::Exporter || gate == Gate::Both;
}
bool importer_binds(Gate gate) {
  return gate == Gate::Importer || gate == Gate::Both;
}

/// The rule that admits the least, which a more severe verdict need not do.
std::optional<RuleId> binding_rule(const Ruling& ruling) {
  return ruling.limiting_rule ? ruling.limiting_rule : ruling.rule;
}

/// The least certain of what is behind the refusal as such and behind one of the worths.
std::optional<InputId> weakest(const World& world, const HeldBack& held, const Figures& of_worth) {
  std::vector<InputId> candidates{held.input};
  for (const auto& figure : of_worth) {
    if (figure) candidates.push_back(*figure);
  }
  const auto& ruling = held.ruling;
  if (exporter_binds(ruling.gate) && ruling.exporter.input) {
    candidates.push_back(*ruling.exporter.input);
  }
  if (importer_binds(ruling.gate) && ruling.importer.input) {
    candidates.push_back(*ruling.importer.input);
  }
  return least_certain(candidates, world.inputs);
}

}  // namespace

double still_admitted(double units, double then, double now) {
  assert(then > 0.0);
  return now >= then ? units : admitted_units(units, now / then);
}

TwoGateRuling denial(const World& world, OrderId order, RuleId id) {
  const Rule& rule = world.regime.rules[id.value];
  const PoolId pool = world.orders[order.value].pool;
  const bool is_import = rule.government == world.sites[world.pools[pool.value].site.value].country;
  TwoGateRuling ruling;
  Ruling& side = is_import ? ruling.importer : ruling.exporter;
  side.verdict = rule.verdict;
  side.government = rule.government;
  side.rule = id;
  side.input = rule.review.refusal_probability.input;
  side.admitted_share = ruling.admitted_share = 0.0;
  ruling.gate = is_import ? Gate::Importer : Gate::Exporter;
  return ruling;
}

ShipmentRefused refusal(const World& world, Seconds now, const HeldBack& held) {
  assert(held.ruling.gate != Gate::None);
  const Order& order = world.orders[held.order.value];
  const DeviceSpec& device = world.devices[order.device.value];
  const DeviceWorth& worth = world.worth[order.device.value];
  const Attained& attained = world.attained[order.device.value];
  const ServingAttained& serving = world.serving[order.device.value];
  const auto fraction = [&](OperatorClass c) { return attained.of(c).input; };

  ShipmentRefused fact;
  fact.time = now;
  fact.order = held.order;
  fact.device = order.device;
  fact.units = held.units;
  fact.gate = held.ruling.gate;
  if (exporter_binds(fact.gate)) fact.exporter_rule = binding_rule(held.ruling.exporter);
  if (importer_binds(fact.gate)) fact.importer_rule = binding_rule(held.ruling.importer);
  fact.on_arrival = held.on_arrival;
  fact.value = held.units * held.price;
  fact.lost = {held.units * worth.h100e_training, held.units * worth.h100e_prefill,
               held.units * worth.h100e_decode};
  // The figure of the 8-bit peak stands for prefill; a device without one computes in bf16.
  const auto prefill_peak = device.int8_input ? device.int8_input : device.bf16_input;
  fact.least_certain_training = weakest(world, held,
                                        {device.bf16_input, fraction(OperatorClass::DenseGemm),
                                         fraction(OperatorClass::TrainingStep)});
  // Whatever binds: the dimensions decide that, not the phase.
  fact.least_certain_prefill =
      weakest(world, held, {prefill_peak, device.memory_bandwidth_input, serving.prefill.input});
  fact.least_certain_decode =
      weakest(world, held,
              {prefill_peak, device.memory_bandwidth_input, serving.decode.input,
               world.reference.request.tpot_target.input});
  return fact;
}

}  // namespace chokepoint
