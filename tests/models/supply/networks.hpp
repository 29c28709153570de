#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/supply/plan_month.hpp"
#include "tests/day.hpp"

/// Small networks for tests, made of stages that never change unless the test says so.
namespace chokepoint {

inline constexpr OrgId kA{0}, kB{1}, kC{2};

inline const Date kStart = day("2024-01-01");

/// The same from long before the start on.
inline Curve always(double value) {
  Curve curve;
  curve.points = {{day("2000-01-01"), {value, {}}}};
  return curve;
}

/// `before` until `on`, then `after`.
inline Curve step(double before, const char* on, double after) {
  Curve curve = always(before);
  curve.points.push_back({day(on), {after, {}}});
  return curve;
}

inline Yield fixed_yield(double value) {
  return {{value, {}}, {value, {}}, {}};
}

/// Builds a network piece by piece.
struct Network {
  SupplyNetwork made;

  StageId stage(StageKind kind, std::optional<double> capacity, double yield = 1.0, int lead = 0) {
    SupplyStage stage;
    stage.kind = kind;
    if (capacity) stage.capacity = always(*capacity);
    stage.yield = fixed_yield(yield);
    stage.lead_months = lead;
    made.stages.push_back(stage);
    return {static_cast<std::uint32_t>(made.stages.size() - 1)};
  }
  StageId bank(StageKind kind, double stock) {
    const StageId id = stage(kind, std::nullopt);
    at(id).stock.value = stock;
    return id;
  }
  ComponentId component() {
    made.components.emplace_back();
    return {static_cast<std::uint32_t>(made.components.size() - 1)};
  }
  void flow(StageId from, std::variant<StageId, ComponentId> to, double ratio = 1.0) {
    made.flows.push_back({from, to, {ratio, {}}});
  }
  /// Number of the bill.
  std::size_t bill(OrgId vendor, std::vector<Need> needs, double weight = 1.0) {
    Bill bill;
    bill.device = {static_cast<std::uint32_t>(made.bills.size())};
    bill.vendor = vendor;
    bill.needs = std::move(needs);
    bill.launch = always(weight);
    made.bills.push_back(bill);
    return made.bills.size() - 1;
  }
  void contract(StageId stage, OrgId vendor, double share) {
    made.contracts.push_back({stage, vendor, always(share)});
  }
  SupplyStage& at(StageId id) { return made.stages[id.value]; }
};

/// A fab with a lead of two months, of which A and B have half each for dies of their own.
struct SharedFab {
  Network network;
  StageId fab;
  ComponentId of_a, of_b;

  SharedFab(double wafers, double yield, double dies_per_wafer = 1.0) {
    fab = network.stage(StageKind::Wafers, wafers, yield, 2);
    of_a = network.component();
    of_b = network.component();
    network.flow(fab, of_a, dies_per_wafer);
    network.flow(fab, of_b, dies_per_wafer);
    network.contract(fab, kA, 0.5);
    network.contract(fab, kB, 0.5);
  }
  /// Bills 0 and 1: A's takes memory as well, of which there is none, and B's does not.
  void bill_without_memory_for_a() {
    const StageId memory = network.stage(StageKind::Memory, 0.0);
    const ComponentId stack = network.component();
    network.flow(memory, stack);
    network.bill(kA, {{of_a}, {stack}});
    network.bill(kB, {{of_b}});
  }
};

/// Plans `months` from kStart on, each after the one before.
inline std::vector<MonthPlan> plan_months(const SupplyNetwork& network, int months,
                                          const std::vector<StageGate>& gates = {},
                                          const std::vector<double>& wanted = {}) {
  const StageGraph graph(network);
  std::vector<MonthPlan> plans;
  SupplyState state = initial_state(network, kStart);
  for (int m = 0; m < months; ++m) {
    plans.push_back(plan_month(graph, state, {add_months(kStart, m), gates, wanted}));
    state = plans.back().after;
  }
  return plans;
}

/// What is built of all devices in all months.
inline double total(const std::vector<MonthPlan>& plans) {
  double units = 0.0;
  for (const auto& plan : plans) {
    for (const auto& device : plan.devices) units += device.units;
  }
  return units;
}

/// 100 wafers a month, 50 dies each of which 40 % are good, a bank of dies made abroad,
/// stacks of HBM of which a device takes four, and places in packaging.
struct Accelerator {
  Network network;
  StageId wafers, dies, die_bank, hbm, packaging;
  ComponentId die, stack, place;

  explicit Accelerator(int lead = 0) {
    wafers = network.stage(StageKind::Wafers, 100);
    dies = network.stage(StageKind::Dies, std::nullopt, 0.4, lead);
    die_bank = network.bank(StageKind::Dies, 0);
    hbm = network.stage(StageKind::Memory, 20'000);
    packaging = network.stage(StageKind::Packaging, 1e6);
    die = network.component();
    stack = network.component();
    place = network.component();
    network.flow(wafers, dies, 50.0);
    network.flow(dies, die);
    network.flow(die_bank, die);
    network.flow(hbm, stack);
    network.flow(packaging, place);
    network.bill(OrgId{0}, {{die, 1.0}, {stack, 4.0}, {place, 1.0}});
  }
};

}  // namespace chokepoint
