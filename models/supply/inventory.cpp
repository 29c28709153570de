#include "models/supply/inventory.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace chokepoint {
namespace {

// Of the bank by the end of the month.
double arrived_by(const SupplyStage& stage, int months_since_first) {
  assert(stage.stock_months >= 1);
  const int parts = std::clamp(months_since_first + 1, 0, stage.stock_months);
  return stage.stock.value * (static_cast<double>(parts) / stage.stock_months);
}

double due(const StageState& state) {
  return state.work.empty() ? 0.0 : state.work.front();
}

}  // namespace

SupplyState initial_state(const SupplyNetwork& network, Date month) {
  SupplyState state;
  state.stages.reserve(network.stages.size());
  for (const SupplyStage& stage : network.stages) {
    StageState& at = state.stages.emplace_back();
    at.stock = arrived_by(stage, months_between(stage.stock_from, month) - 1);
    at.work.assign(static_cast<std::size_t>(stage.lead_months), 0.0);
    at.fab = fab_on(stage, month);
  }
  return state;
}

double arrivals(const SupplyStage& stage, Date month) {
  const int since = months_between(stage.stock_from, month);
  return arrived_by(stage, since) - arrived_by(stage, since - 1);
}

StageMonth open_month(const SupplyStage& stage, const StageState& before, Date month,
                      const StageGate& gate) {
  StageMonth open;
  open.capacity = fab_month(stage, before.fab, month, gate).capacity;
  open.yield = yield_after(stage.yield, before.processed);
  open.stock = before.stock;
  open.arrived = arrivals(stage, month) * gate.inflow_share;
  if (stage.take_or_pay) open.arrived += std::exchange(open.capacity, 0.0);
  open.finished = due(before) * open.yield;
  return open;
}

StageState close_month(const SupplyStage& stage, const StageState& before, const StageMonth& done,
                       Date month, const StageGate& gate) {
  StageState after;
  after.stock = std::max(0.0, done.ready());
  after.processed = before.processed + (before.work.empty() ? done.started : due(before));
  after.fab = fab_month(stage, before.fab, month, gate).after;
  if (!before.work.empty()) {
    after.work.reserve(before.work.size());
    after.work.assign(before.work.begin() + 1, before.work.end());
    after.work.push_back(done.started);
  }
  return after;
}

}  // namespace chokepoint
