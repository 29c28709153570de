#include "models/supply/memory_plan.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

namespace chokepoint {
namespace {

constexpr double kNoLimit = std::numeric_limits<double>::infinity();
constexpr double kOverMemory = 1.1;

std::size_t number_of(const MemoryMonth& month, OrgId vendor) {
  const auto& vendors = month.rationing.vendors();
  return static_cast<std::size_t>(std::ranges::find(vendors, vendor) - vendors.begin());
}

// Units that bills of the vendor take of a component and want together, `bill` left out.
struct Others {
  double weight = 0.0, wanted = 0.0;
};

Others others(const MemoryMonth& month, std::size_t bill, ComponentId component) {
  Others sum;
  const auto& bills = month.graph.network().bills;
  for (std::size_t b = 0; b < bills.size(); ++b) {
    if (b == bill || bills[b].vendor != bills[bill].vendor || month.weights[b] <= 0.0) continue;
    for (const Need& need : bills[b].needs) {
      if (need.component != component) continue;
      sum.weight += month.weights[b];
      sum.wanted += month.wanted[b] * need.units;
    }
  }
  return sum;
}

// Units of a component a month, and devices of one bill that they make.
struct Supplied {
  double units = 0.0, devices = 0.0;
};

// Of one need; endless where anything but memory supplies it, or memory without a limit.
Supplied supplied(const MemoryMonth& month, const std::vector<double>& to_spend, std::size_t bill,
                  std::size_t need) {
  const SupplyNetwork& network = month.graph.network();
  const ComponentGraph& graph = month.graph.of_bill(bill)[need];
  const std::size_t vendor = number_of(month, network.bills[bill].vendor);
  Supplied sum;
  for (const auto& flow : graph.flows()) {
    if (flow.to) continue;
    const StageId id = graph.stages()[flow.from];
    const SupplyStage& stage = network.stages[id.value];
    if (stage.kind != StageKind::Memory) return {kNoLimit, kNoLimit};
    const StageMonth& now = month.stages[id.value];
    double units = to_spend[vendor * network.stages.size() + id.value];
    const double part = month.rationing.part(vendor, id);
    if (!graph.is_bank(flow.from) && part > 0.0) units += part * now.capacity * now.yield;
    sum.units += units * flow.units_out_per_in;
    sum.devices += units * month.worths[bill][need].worth.stages[flow.from];
  }
  return sum;
}

// Devices of a bill a month that memory will match. Endless where no component is memory alone.
double devices_by_memory(const MemoryMonth& month, const std::vector<double>& to_spend,
                         std::size_t bill) {
  double least = kNoLimit;
  for (std::size_t k = 0; k < month.worths[bill].size(); ++k) {
    const Supplied all = supplied(month, to_spend, bill, k);
    if (all.devices == kNoLimit) continue;
    const Others rest = others(month, bill, month.graph.network().bills[bill].needs[k].component);
    const double weight = month.weights[bill];
    const double by_weight = weight > 0.0 ? weight / (weight + rest.weight) : 1.0;
    const double left = all.units > 0.0 ? 1.0 - rest.wanted / all.units : 0.0;
    least = std::min(least, all.devices * std::max(by_weight, left));
  }
  return least;
}

}  // namespace

double spent_in_month(double own, double comes, double months) {
  assert(months >= 1.0);
  return std::min(own, comes + std::max(0.0, own - comes) / months);
}

MemoryPlan plan_memory(const MemoryMonth& month) {
  const SupplyNetwork& network = month.graph.network();
  const double months = network.habits.memory_plan_months.value;
  MemoryPlan plan{std::vector<double>(month.own.size(), kNoLimit), month.wanted};
  if (months <= 1.0) return plan;
  const std::size_t stages = network.stages.size();
  for (std::size_t i = 0; i < plan.to_spend.size(); ++i) {
    if (network.stages[i % stages].kind != StageKind::Memory) continue;
    plan.to_spend[i] = spent_in_month(month.own[i], month.comes[i], months);
  }
  for (std::size_t b = 0; b < network.bills.size(); ++b) {
    if (month.worths[b].empty()) continue;
    const double most = devices_by_memory(month, plan.to_spend, b);
    plan.matched[b] = std::min(plan.matched[b], most * kOverMemory);
  }
  return plan;
}

}  // namespace chokepoint
