#include "sim/engine/economy/fabs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "models/supply/bottleneck.hpp"
#include "models/supply/drawdown.hpp"
#include "models/world.hpp"

namespace chokepoint {

namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();
constexpr double kDaysToShipAll = 30.0;

/// Months after which every line is full: at most two steps with a lead follow each other.
int months_to_fill(const SupplyNetwork& network) {
  int longest = 0, steps = 0;
  for (const SupplyStage& stage : network.stages) {
    longest = std::max(longest, stage.lead_months);
    if (stage.lead_months > 0) ++steps;
  }
  return std::min(steps, 2) * longest;
}

}  // namespace

Fabs::Fabs(const World& world, Agenda& agenda, TraceSink& trace, Regulator& regulator,
           Supply& supply)
    : EngineComponent(world, agenda, trace),
      regulator_(regulator),
      supply_(supply),
      graph_(world.supply) {
  for (const Bill& bill : world.supply.bills) {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < world.offers.size(); ++i) {
      if (world.offers[i].device == bill.device) found = i;
    }
    offer_of_bill_.push_back(found);
  }
}

void Fabs::start(Demand demand) {
  if (world_.supply.bills.empty()) return;
  demand_ = std::move(demand);
  const Date first = first_of_month(world_.first_day());
  const int lead = months_to_fill(world_.supply);
  before_ = initial_state(world_.supply, add_months(first, -lead));
  for (int m = -lead; m < 0; ++m) {
    const MonthPlan filling = plan(add_months(first, m), before_);
    before_ = filling.after;  // What was built before the start is gone by then.
  }
  agenda_.at(Seconds{}, Phase::Production, [this] { on_month(); });
  at_months(Phase::Production, [this] { on_month(); });
  rushed_.assign(world_.supply.stages.size(), 0.0);
  regulator_.on_announcement([this](const Regime& known, const std::set<Date>& effective) {
    on_announced(known, effective);
  });
}

void Fabs::on_month() {
  if (plan_) before_ = plan_->after;
  plan_ = plan(first_of_month(today()), before_);
  for (std::size_t b = 0; b < plan_->devices.size(); ++b) {
    if (!offer_of_bill_[b] || plan_->devices[b].units <= 0.0) continue;
    const Country home = world_.home_of(world_.supply.bills[b].vendor);
    supply_.deposit(world_.offer_lines[*offer_of_bill_[b]], plan_->devices[b].units,
                    share_from_stockpiles(graph_, *plan_, b, home));
  }
  if (!trace_.hears_reasons()) return;
  for (std::size_t b = 0; b < plan_->devices.size(); ++b) tell_bottleneck(b);
}

void Fabs::tell_bottleneck(std::size_t bill) const {
  const DeviceMonth& made = plan_->devices[bill];
  if (!made.bound_by || !offer_of_bill_[bill]) return;
  SupplyBottleneck bound;
  bound.time = agenda_.now();
  bound.supply = world_.offer_lines[*offer_of_bill_[bill]];
  bound.device = made.device;
  bound.units = made.units;
  bound.component = *made.bound_by;
  if (std::isfinite(wanted_[bill])) bound.wanted = wanted_[bill];
  // Prices come greatest first; a component by itself is no stage that anybody could add to.
  const Bottleneck found = bottleneck(graph_, *plan_, bill);
  for (const ShadowPrice& price : found.prices) {
    if (!price.stage || price.devices <= 0.0) continue;
    bound.stage = price.stage;
    bound.devices_per_unit = price.devices;
    break;
  }
  trace_.record(bound);
}

MonthPlan Fabs::plan(Date month, const SupplyState& before) {
  MonthConditions conditions{month, {}, {}, rushed_};
  std::ranges::fill(rushed_, 0.0);
  for (std::uint32_t i = 0; i < world_.supply.stages.size(); ++i) {
    conditions.gates.push_back(gate(world_.supply.stages[i], StageId{i}, month));
  }
  for (std::size_t b = 0; b < world_.supply.bills.size(); ++b) {
    conditions.wanted.push_back(wanted(b, month));
  }
  wanted_ = conditions.wanted;
  return plan_month(graph_, before, conditions);
}

StageGate Fabs::gate(const SupplyStage& stage, StageId id, Date month) const {
  StageGate gate;
  if (stage.product_item) gate.inflow_share = inflow_share(stage, id, month);
  if (stage.operated_by && stage.equipment_item) {
    const Country origin = world_.items[stage.equipment_item->value].item.vendor_headquarters;
    gate.equipment_share =
        regulator_.admitted_part(*stage.equipment_item, origin, *stage.operated_by, month);
    gate.service_share = gate.equipment_share;
  }
  return gate;
}

double Fabs::inflow_share(const SupplyStage& stage, StageId id, Date month,
                          const Regime* known) const {
  const auto admitted_to = [&](OrgId receiver) {
    return regulator_.admitted_part(*stage.product_item, stage.country, receiver, month, known);
  };
  if (stage.importer) return admitted_to(*stage.importer);
  // Who has claims to what it makes is who receives it.
  double all = 0.0, admitted = 0.0;
  for (const Contract& contract : world_.supply.contracts) {
    if (contract.stage != id) continue;
    const double share = value_on(contract.share, month);
    all += share;
    admitted += share * admitted_to(contract.vendor);
  }
  return all > 0.0 ? admitted / all : 1.0;
}

void Fabs::on_announced(const Regime& known, const std::set<Date>& effective) {
  for (std::uint32_t s = 0; s < world_.supply.stages.size(); ++s) {
    const SupplyStage& stage = world_.supply.stages[s];
    const double spare = value_on(stage.spare, today());
    if (spare <= 0.0 || !stage.product_item) continue;
    const double now = inflow_share(stage, StageId{s}, today());
    for (const Date day : effective) {
      const double lost = now - inflow_share(stage, StageId{s}, day, &known);
      if (lost <= 0.0) continue;
      const double notice = static_cast<double>((day - today()).count()) / kDaysToShipAll;
      rushed_[s] += lost * spare * std::min(1.0, notice);
      break;
    }
  }
}

// A device is new from the month in which it is first made: nobody knows yet who wants it.
bool Fabs::is_launched(std::size_t bill, Date month) const {
  const int months = static_cast<int>(world_.supply.habits.launch_months.value);
  return value_on(world_.supply.bills[bill].launch, add_months(month, -months)) > 0.0;
}

double Fabs::wanted(std::size_t bill, Date month) const {
  if (!offer_of_bill_[bill] || month < world_.first_day()) return kUnlimited;
  const SupplyId line = world_.offer_lines[*offer_of_bill_[bill]];
  const double cover = world_.choice.stock_cover_months.value;
  const double stock = supply_.stock(line), demand = demand_(line);
  const double made = plan_ ? plan_->devices[bill].units : 0.0;
  if (!is_launched(bill, month) && stock <= cover * std::max(made, demand)) return kUnlimited;
  const double missing = cover * demand - stock;
  return std::max(0.0, demand + missing / world_.supply.habits.stock_fill_months.value);
}

}  // namespace chokepoint
