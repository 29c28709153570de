#include "models/supply/plan_month.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "models/supply/memory_plan.hpp"
#include "models/supply/need_worth.hpp"
#include "models/supply/rationing.hpp"
#include "models/supply/vendor_stocks.hpp"

namespace chokepoint {
namespace {

constexpr double kEndless = std::numeric_limits<double>::infinity();

// None of something endless is none.
double times(double part, double whole) {
  return part > 0.0 ? part * whole : 0.0;
}

// What a stage can give: capacity before yield, and product at hand.
struct Offer {
  double capacity = 0.0;
  double stock = 0.0;
};

// Stages that work ahead are started before devices are built.
enum class Step { Start, Build };
// With what claims give, then with the vendor's part of what is left, then with what others left of
// that.
enum class Round { Claims, Leftovers, Rest };

class Planning {
public:
  Planning(const StageGraph& graph, const SupplyState& before, const MonthConditions& conditions);
  void serve(Step step);
  MonthPlan close();

private:
  void serve_vendor(Step step, Round round, std::size_t vendor);
  void serve_bill(Step step, std::size_t bill, const std::vector<Offer>& offers);
  void start(std::size_t bill, std::size_t need, const std::vector<Offer>& offers);
  void build(std::size_t bill, const std::vector<Offer>& offers);
  void take(std::size_t bill, std::size_t need, const ComponentFlow& flow, double share);

  Offer left(std::size_t stage) const;
  std::vector<Offer> offers_to(std::size_t vendor, Round round) const;
  FlowLimits limits(Step step, std::size_t bill, std::size_t need,
                    const std::vector<Offer>& offers) const;
  double room(std::size_t bill, std::size_t need) const;
  bool is_served(Step step, std::size_t bill) const;
  double held(std::size_t bill, StageId stage) const;
  StockOwners owners_after() const;
  void weigh(std::size_t bill);

  const StageGraph& graph_;
  const SupplyNetwork& network_;
  const SupplyState& before_;
  const MonthConditions& conditions_;
  Rationing rationing_;
  MonthPlan plan_;
  std::optional<VendorStocks> stocks_;
  std::vector<std::vector<NeedWorth>> worths_;  // By bill and need; empty where not made now.
  std::vector<double> weights_[2];              // By step and bill.
  std::vector<double> wanted_;                  // By bill, still.
  std::vector<double> matched_;                 // By bill: of these, what memory will match.
  std::vector<std::vector<double>> room_;       // By bill and need: devices that may be started.
  std::vector<std::size_t> bound_by_;           // By bill: the need that bound it last.
  std::vector<double> capacity_left_;           // By stage, before yield.
  std::vector<double> made_ahead_;              // By stage: finished once the step is over.
  std::vector<Offer> at_first_;                 // By stage, at the beginning of the step.
  std::vector<std::vector<Offer>> taken_;  // By vendor and stage: by claim, or of what is left.
  std::size_t turn_ = 0;                   // Number of that vendor.
  std::vector<std::size_t> vendor_of_;     // By bill: its number.
};

Planning::Planning(const StageGraph& graph, const SupplyState& before,
                   const MonthConditions& conditions)
    : graph_(graph),
      network_(graph.network()),
      before_(before),
      conditions_(conditions),
      rationing_(network_, conditions.month) {
  const std::size_t stages = network_.stages.size(), bills = network_.bills.size();
  assert(before.stages.size() == stages);
  assert(conditions.gates.empty() || conditions.gates.size() == stages);
  assert(conditions.wanted.empty() || conditions.wanted.size() == bills);
  plan_.month = conditions.month;
  plan_.started.assign(stages * bills, 0.0);
  plan_.used.assign(stages * bills, 0.0);
  for (std::size_t s = 0; s < stages; ++s) {
    const StageGate gate = conditions.gates.empty() ? StageGate{} : conditions.gates[s];
    plan_.stages.push_back(
        open_month(network_.stages[s], before.stages[s], conditions.month, gate));
    if (!conditions.rushed.empty()) plan_.stages[s].arrived += conditions.rushed[s];
    capacity_left_.push_back(plan_.stages[s].capacity);
  }
  made_ahead_.assign(stages, 0.0);
  wanted_ = conditions.wanted.empty() ? std::vector<double>(bills, kEndless) : conditions.wanted;
  bound_by_.assign(bills, 0);
  worths_.resize(bills);
  room_.resize(bills);
  stocks_.emplace(network_, rationing_, before.owners, plan_.stages, conditions.rushed);
  for (std::size_t b = 0; b < bills; ++b) weigh(b);
  MemoryPlan memory = plan_memory({graph_, rationing_, plan_.stages, worths_, weights_[0], wanted_,
                                   stocks_->left(), stocks_->comes()});
  matched_ = std::move(memory.matched);
  stocks_->limit(std::move(memory.to_spend));
  for (std::size_t b = 0; b < bills; ++b) {
    for (std::size_t k = 0; k < worths_[b].size(); ++k) room_[b].push_back(room(b, k));
  }
}

// What the vendor of a bill may use of a stage's product, once work under way is done.
double Planning::held(std::size_t bill, StageId stage) const {
  const std::size_t s = stage.value, vendor = vendor_of_[bill];
  double under_way = 0.0;
  if (stocks_->are_owned(stage)) {
    under_way = before_.owners.under_way(vendor, stage);
  } else if (const auto& work = before_.stages[s].work; !work.empty()) {
    under_way = std::accumulate(work.begin() + 1, work.end(), 0.0);
  }
  return stocks_->left(vendor, stage) + under_way * plan_.stages[s].yield;
}

// Finds whether and by what weight the bill takes part in this month.
void Planning::weigh(std::size_t bill) {
  const Bill& of = network_.bills[bill];
  plan_.devices.push_back({of.device, 0.0, std::nullopt});
  const auto at = std::ranges::find(rationing_.vendors(), of.vendor);
  vendor_of_.push_back(static_cast<std::size_t>(at - rationing_.vendors().begin()));
  for (std::uint32_t s = 0; s < plan_.stages.size(); ++s) {
    plan_.own_stock.push_back(stocks_->lay(vendor_of_.back(), StageId{s}));
  }
  int lead = 0;
  for (const auto& need : graph_.of_bill(bill)) lead = std::max(lead, need.lead_months());
  const double now = value_on(of.launch, conditions_.month);
  const double then = lead > 0 ? value_on(of.launch, add_months(conditions_.month, -lead)) : now;
  weights_[0].push_back(now);
  weights_[1].push_back(std::max(now, then));
  if (weights_[1].back() <= 0.0) return;
  std::vector<double> yields;
  yields.reserve(plan_.stages.size());
  for (const StageMonth& stage : plan_.stages) yields.push_back(stage.yield);
  worths_[bill] = need_worths(graph_, bill, yields);
}

// Devices that may be started for the need: a month's, less a part of what the device has lying
// ready and under way beyond its lead.
double Planning::room(std::size_t bill, std::size_t need) const {
  const double wanted = matched_[bill];
  if (wanted == kEndless) return kEndless;
  const ComponentGraph& graph = graph_.of_bill(bill)[need];
  double pooled = 0.0, owned = 0.0;
  for (std::size_t i = 0; i < graph.stages().size(); ++i) {
    const StageId stage = graph.stages()[i];
    const double lies = held(bill, stage) * worths_[bill][need].worth.stages[i];
    (stocks_->are_owned(stage) ? owned : pooled) += lies;
  }
  double all = 0.0, vendors = 0.0;  // Units wanted for any device, and for the vendor's.
  for (std::size_t b = 0; b < network_.bills.size(); ++b) {
    for (const Need& other : network_.bills[b].needs) {
      if (other.component != graph.need().component || worths_[b].empty()) continue;
      const double units = times(matched_[b], other.units);
      all += units;
      if (vendor_of_[b] == vendor_of_[bill]) vendors += units;
    }
  }
  const double units = wanted * graph.need().units;
  const double own = units > 0.0 ? pooled * (units / all) + owned * (units / vendors) : 0.0;
  const double missing = wanted * graph.lead_months() - own;
  return std::clamp(wanted + missing / (graph.lead_months() + 1), 0.0, wanted);
}

void Planning::serve(Step step) {
  at_first_.clear();
  for (std::size_t s = 0; s < network_.stages.size(); ++s) at_first_.push_back(left(s));
  for (const Round round : {Round::Claims, Round::Leftovers, Round::Rest}) {
    if (round != Round::Rest) taken_.assign(rationing_.vendors().size(), {});
    for (std::size_t v = 0; v < rationing_.vendors().size(); ++v) serve_vendor(step, round, v);
  }
  for (std::size_t s = 0; s < network_.stages.size(); ++s) {
    plan_.stages[s].finished += made_ahead_[s];
    made_ahead_[s] = 0.0;
  }
  stocks_->close_step();
}

bool Planning::is_served(Step step, std::size_t bill) const {
  return weights_[step == Step::Start ? 0 : 1][bill] > 0.0 && wanted_[bill] > 0.0;
}

void Planning::serve_vendor(Step step, Round round, std::size_t vendor) {
  const std::size_t stages = network_.stages.size();
  const auto& weights = weights_[step == Step::Start ? 0 : 1];
  std::vector<std::size_t> served;
  std::vector<double> weight_on(stages, 0.0);
  bool is_bound = false;  // By claims: else the first round has given it everything.
  for (std::size_t b = 0; b < network_.bills.size(); ++b) {
    if (network_.bills[b].vendor != rationing_.vendors()[vendor] || !is_served(step, b)) continue;
    served.push_back(b);
    for (const StageId stage : graph_.stages_of_bill(b)) {
      weight_on[stage.value] += weights[b];
      is_bound = is_bound || rationing_.part(vendor, stage) < 1.0;
    }
  }
  if (served.empty() || (round != Round::Claims && !is_bound)) return;

  turn_ = vendor;
  if (taken_[turn_].empty()) taken_[turn_].resize(stages);
  const auto offers = offers_to(vendor, round);
  std::vector<Offer> own = offers;
  for (const std::size_t b : served) {
    for (const StageId stage : graph_.stages_of_bill(b)) {
      const std::size_t s = stage.value;
      const double part = weights[b] / weight_on[s];
      own[s] = {times(part, offers[s].capacity), times(part, offers[s].stock)};
    }
    serve_bill(step, b, own);
  }
  if (served.size() == 1) return;  // Nobody left it anything.
  for (const std::size_t b : served) serve_bill(step, b, offers_to(vendor, round));
}

Offer Planning::left(std::size_t stage) const {
  return {std::max(0.0, capacity_left_[stage]), std::max(0.0, plan_.stages[stage].ready())};
}

std::vector<Offer> Planning::offers_to(std::size_t vendor, Round round) const {
  std::vector<Offer> offers(network_.stages.size());
  for (std::size_t s = 0; s < offers.size(); ++s) {
    const StageId id{static_cast<std::uint32_t>(s)};
    offers[s] = left(s);
    offers[s].stock = std::min(offers[s].stock, stocks_->usable(vendor, id));
    const double part = rationing_.part(vendor, id);
    if (part >= 1.0) continue;
    const bool shares_stock = !stocks_->are_owned(id);
    double most = part;
    if (round != Round::Claims) most *= network_.habits.leftover_limit.value;
    if (round == Round::Leftovers) {
      const double of_rest = rationing_.part_of_rest(vendor, id);
      offers[s].capacity = times(of_rest, offers[s].capacity);
      if (shares_stock) offers[s].stock = times(of_rest, offers[s].stock);
    }
    if (!std::isfinite(most)) continue;
    const Offer& taken = taken_[vendor][s];
    const double capacity = times(most, at_first_[s].capacity) - taken.capacity;
    offers[s].capacity = std::clamp(capacity, 0.0, offers[s].capacity);
    if (!shares_stock) continue;
    const double stock = times(most, at_first_[s].stock) - taken.stock;
    offers[s].stock = std::clamp(stock, 0.0, offers[s].stock);
  }
  return offers;
}

void Planning::serve_bill(Step step, std::size_t bill, const std::vector<Offer>& offers) {
  if (!is_served(step, bill)) return;
  if (step == Step::Build) return build(bill, offers);
  for (std::size_t k = 0; k < graph_.of_bill(bill).size(); ++k) start(bill, k, offers);
}

FlowLimits Planning::limits(Step step, std::size_t bill, std::size_t need,
                            const std::vector<Offer>& offers) const {
  const ComponentGraph& graph = graph_.of_bill(bill)[need];
  const NeedWorth& of = worths_[bill][need];
  FlowLimits limits;
  limits.delivers = step == Step::Build;
  limits.stages.resize(graph.stages().size());
  for (std::size_t i = 0; i < limits.stages.size(); ++i) {
    const std::size_t s = graph.stages()[i].value;
    const double worth = of.part[i] * of.worth.stages[i];
    const double capacity = times(worth * plan_.stages[s].yield, offers[s].capacity);
    limits.stages[i].stock = worth * offers[s].stock;
    if (!makes_ahead(network_.stages[s])) limits.stages[i].made = capacity;
    if (step == Step::Start) limits.stages[i].started = capacity;
  }
  if (step == Step::Start) limits.started = room_[bill][need];
  return limits;
}

void Planning::start(std::size_t bill, std::size_t need, const std::vector<Offer>& offers) {
  const ComponentGraph& graph = graph_.of_bill(bill)[need];
  if (!graph.works_ahead() || room_[bill][need] <= kNegligible) return;
  const auto flow = graph.max_flow(limits(Step::Start, bill, need, offers));
  if (flow.started <= 0.0) return;
  take(bill, need, flow, 1.0);
  room_[bill][need] -= flow.started;
}

void Planning::build(std::size_t bill, const std::vector<Offer>& offers) {
  const auto& needs = graph_.of_bill(bill);
  std::vector<ComponentFlow> flows(needs.size());
  double units = kEndless;
  // What bound the device before is likely to bind again, and then the rest need not be known.
  const std::size_t first = bound_by_[bill];
  for (std::size_t i = 0; i < needs.size() && units > 0.0; ++i) {
    const std::size_t k = i == 0 ? first : (i <= first ? i - 1 : i);
    flows[k] = needs[k].max_flow(limits(Step::Build, bill, k, offers));
    if (flows[k].delivered < units) {
      units = flows[k].delivered;
      bound_by_[bill] = k;
    }
  }
  DeviceMonth& device = plan_.devices[bill];
  device.bound_by = needs[bound_by_[bill]].need().component;
  if (units <= 0.0) return;
  units = std::min(units, wanted_[bill]);
  for (std::size_t k = 0; k < needs.size(); ++k)
    take(bill, k, flows[k], units / flows[k].delivered);
  device.units += units;
  wanted_[bill] -= units;
  if (wanted_[bill] <= kNegligible) wanted_[bill] = 0.0;
  if (wanted_[bill] <= 0.0) device.bound_by.reset();
}

// Books a `share` of a flow.
void Planning::take(std::size_t bill, std::size_t need, const ComponentFlow& flow, double share) {
  const ComponentGraph& graph = graph_.of_bill(bill)[need];
  const DevicesPerUnit& worth = worths_[bill][need].worth;
  std::vector<double> product(graph.stages().size(), 0.0);
  for (std::size_t f = 0; f < graph.flows().size(); ++f) {
    if (flow.flows[f] <= 0.0) continue;
    product[graph.flows()[f].from] += share * flow.flows[f] / worth.flows[f];
  }
  for (std::size_t i = 0; i < product.size(); ++i) {
    const StageFlow& at = flow.stages[i];
    if (at.made + at.stock + at.started <= 0.0) continue;
    const std::size_t s = graph.stages()[i].value;
    StageMonth& stage = plan_.stages[s];
    const double made = at.made > 0.0 ? product[i] * (at.made / (at.made + at.stock)) : 0.0;
    const double ahead = at.started > 0.0 ? share * at.started / worth.stages[i] : 0.0;
    const double input = (made + ahead) / stage.yield;
    stage.started += input;
    stage.finished += made;
    stage.used += product[i];
    if (network_.stages[s].lead_months == 0) {
      made_ahead_[s] += ahead;
      stocks_->make(turn_, graph.stages()[i], ahead);
    }
    capacity_left_[s] -= input;
    taken_[turn_][s].capacity += input;
    taken_[turn_][s].stock += product[i] - made;
    stocks_->take(turn_, graph.stages()[i], product[i] - made);
    plan_.started[bill * network_.stages.size() + s] += input;
    plan_.used[bill * network_.stages.size() + s] += product[i];
  }
}

MonthPlan Planning::close() {
  for (std::size_t s = 0; s < network_.stages.size(); ++s) {
    const StageGate gate = conditions_.gates.empty() ? StageGate{} : conditions_.gates[s];
    plan_.after.stages.push_back(close_month(network_.stages[s], before_.stages[s], plan_.stages[s],
                                             conditions_.month, gate));
  }
  plan_.after.owners = owners_after();
  return std::move(plan_);
}

StockOwners Planning::owners_after() const {
  const std::size_t stages = network_.stages.size();
  StockOwners owners = before_.owners;
  if (owners.is_empty()) owners = StockOwners(rationing_.vendors().size(), stages);
  for (std::uint32_t s = 0; s < stages; ++s) {
    if (!stocks_->are_owned(StageId{s})) continue;
    for (std::size_t v = 0; v < rationing_.vendors().size(); ++v) {
      double started = 0.0, used = 0.0;
      for (std::size_t b = 0; b < vendor_of_.size(); ++b) {
        if (vendor_of_[b] != v) continue;
        started += plan_.started[b * stages + s];
        used += plan_.used[b * stages + s];
      }
      owners.close_month(v, StageId{s}, plan_.stages[s].yield, before_.stages[s].work.size(),
                         {stocks_->received(v, StageId{s}), started, used});
    }
  }
  return owners;
}

}  // namespace

MonthPlan plan_month(const StageGraph& graph, const SupplyState& before,
                     const MonthConditions& conditions) {
  Planning planning(graph, before, conditions);
  planning.serve(Step::Start);
  planning.serve(Step::Build);
  return planning.close();
}

}  // namespace chokepoint
