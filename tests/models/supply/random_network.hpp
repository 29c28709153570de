#pragma once

#include <rapidcheck.h>

#include "tests/models/supply/networks.hpp"

/// Random networks for the laws that must hold of all of them.
namespace chokepoint::any {

inline double amount() {
  return *rc::gen::element(0.0, 10.0, 100.0, 250.0, 1000.0, 3000.0);
}

inline double fraction() {
  return *rc::gen::inRange(0, 9) / 8.0;
}

inline Curve curve() {
  return *rc::gen::inRange(0, 3) == 0 ? step(amount(), "2024-07-01", amount()) : always(amount());
}

inline StageGate gate() {
  return *rc::gen::inRange(0, 3) == 0 ? StageGate{fraction(), fraction(), fraction()} : StageGate{};
}

/// A stage that is a producer, a bank, or both.
inline SupplyStage stage(StageKind kind) {
  SupplyStage stage;
  stage.kind = kind;
  const bool lasts = kind != StageKind::Packaging && kind != StageKind::Equipment;
  if (!lasts || *rc::gen::inRange(0, 4) > 0) stage.capacity = curve();
  if (*rc::gen::inRange(0, 3) == 0) stage.other_users = always(fraction());
  const double a = 0.2 + 0.8 * fraction(), b = 0.2 + 0.8 * fraction();
  stage.yield = {{std::min(a, b), {}}, {std::max(a, b), {}}, {amount(), {}}};
  if (lasts) {
    stage.lead_months = *rc::gen::inRange(0, 4);
    stage.stock.value = *rc::gen::element(0.0, 0.0, 50.0, 700.0);
    stage.stock_from = add_months(kStart, *rc::gen::inRange(-2, 6));
    stage.stock_months = *rc::gen::inRange(1, 4);
  }
  stage.foreign = {{fraction(), {}}, {fraction(), {}}, {2.0, {}}, {6.0, {}}};
  return stage;
}

/// Wafers feed dies, of which each component but the last takes one or more kinds; the last is a
/// place in packaging. Vendors have devices of one or two components and a place.
/// With `simple`, no two kinds share wafers and nothing is learned: else a stage that can work
/// faster may use up wafers at the yield of a beginner, or wafers that another component lacks.
inline SupplyNetwork network(std::uint32_t vendors, std::uint32_t devices, bool simple = false) {
  SupplyNetwork made;
  const auto add = [&](StageKind kind) {
    made.stages.push_back(stage(kind));
    if (simple) made.stages.back().yield.start = made.stages.back().yield.ceiling;
    return StageId{static_cast<std::uint32_t>(made.stages.size() - 1)};
  };
  const StageId wafers[] = {add(StageKind::Wafers), add(StageKind::Wafers)};
  const auto components = *rc::gen::inRange(1U, 4U);
  for (std::uint32_t c = 0; c < components; ++c) {
    made.components.emplace_back();
    for (int way = *rc::gen::inRange(1, 3); way > 0; --way) {
      const StageId dies = add(*rc::gen::element(StageKind::Dies, StageKind::Memory));
      if (*rc::gen::inRange(0, 2) == 0) {
        if (*rc::gen::inRange(0, 3) == 0) made.stages[dies.value].capacity.reset();
        const StageId from = simple ? add(StageKind::Wafers) : wafers[*rc::gen::inRange(0, 2)];
        made.flows.push_back({from, dies, {4.0, {}}});
      }
      made.flows.push_back({dies, ComponentId{c}});
    }
  }
  made.components.emplace_back();
  made.flows.push_back({add(StageKind::Packaging), ComponentId{components}});
  for (std::uint32_t d = 0; d < devices; ++d) {
    Bill bill;
    bill.device = DeviceId{d};
    bill.vendor = OrgId{d % vendors};
    const auto first = *rc::gen::inRange(0U, components);
    bill.needs.push_back(
        {ComponentId{first}, *rc::gen::element(1.0, 2.0), *rc::gen::arbitrary<bool>()});
    const auto second = *rc::gen::inRange(0U, components);
    if (second != first) bill.needs.push_back({ComponentId{second}, *rc::gen::element(1.0, 4.0)});
    bill.needs.push_back({ComponentId{components}});
    bill.assembly_yield.value = 0.9;
    bill.launch = always(*rc::gen::element(1.0, 1.0, 2.0));
    made.bills.push_back(bill);
  }
  for (std::uint32_t v = 0; v < vendors; ++v) {
    for (std::uint32_t s = 0; s < made.stages.size() && vendors > 1; ++s) {
      if (*rc::gen::inRange(0, 2) == 0) continue;
      made.contracts.push_back({StageId{s}, OrgId{v}, always(fraction())});
    }
  }
  return made;
}

inline std::vector<StageGate> gates(const SupplyNetwork& network) {
  std::vector<StageGate> all;
  for (std::size_t s = 0; s < network.stages.size(); ++s) all.push_back(gate());
  return all;
}

/// The same network with more capacity or more stock of one stage that had any.
inline SupplyNetwork with_more(SupplyNetwork network, StageId at) {
  SupplyStage& stage = network.stages[at.value];
  const bool lasts = makes_ahead(stage);
  if (stage.capacity && (!lasts || *rc::gen::arbitrary<bool>())) {
    for (CurvePoint& point : stage.capacity->points) point.value.value += 150.0;
  } else if (lasts) {
    stage.stock.value += 150.0;
  }
  return network;
}

}  // namespace chokepoint::any
