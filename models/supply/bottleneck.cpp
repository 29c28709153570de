#include "models/supply/bottleneck.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "models/supply/need_worth.hpp"

namespace chokepoint {
namespace {

// What a device can have of a stage: capacity before yield, and stock.
struct Share {
  double capacity = 0.0;
  double stock = 0.0;
};

// What other devices take of a stage's product beyond what they start, where it is no wafer of
// another's.
double drawn_by_others(const SupplyNetwork& network, const MonthPlan& plan, std::size_t bill,
                       std::size_t stage) {
  const std::size_t stages = network.stages.size();
  const StageMonth& all = plan.stages[stage];
  if (!std::isfinite(plan.own_stock[bill * stages + stage])) {
    const std::size_t own = bill * stages + stage;
    return all.used - plan.used[own] - (all.started - plan.started[own]) * all.yield;
  }
  double drawn = 0.0;
  for (std::size_t b = 0; b < network.bills.size(); ++b) {
    if (b == bill || network.bills[b].vendor != network.bills[bill].vendor) continue;
    drawn += plan.used[b * stages + stage] - plan.started[b * stages + stage] * all.yield;
  }
  return drawn;
}

// One device in one month, with others as planned.
class Margin {
public:
  Margin(const StageGraph& graph, const MonthPlan& plan, std::size_t bill)
      : stages_(graph.network().stages.size()), needs_(graph.of_bill(bill)) {
    for (std::size_t s = 0; s < stages_; ++s) {
      const StageMonth& stage = plan.stages[s];
      const double others_start = stage.started - plan.started[bill * stages_ + s];
      yields_.push_back(stage.yield);
      const double lay = std::min(plan.own_stock[bill * stages_ + s], stage.stock + stage.arrived);
      // Others use up what they start; what they use beyond it comes out of the stock.
      const double stock = lay - drawn_by_others(graph.network(), plan, bill, s);
      shares_.push_back(
          {std::max(0.0, stage.capacity - others_start), std::clamp(stock, 0.0, lay)});
    }
    worths_ = need_worths(graph, bill, yields_);
    for (std::size_t k = 0; k < needs_.size(); ++k) flows_.push_back(cut(k).flow);
  }

  const std::vector<double>& flows() const { return flows_; }
  const Share& share(StageId stage) const { return shares_[stage.value]; }

  std::size_t binding() const {
    return static_cast<std::size_t>(std::ranges::min_element(flows_) - flows_.begin());
  }

  ComponentCut cut(std::size_t need) const { return needs_[need].min_cut(limits(need, {}, {})); }

  // Devices gained by `extra` at a stage.
  double gain(StageId stage, const Share& extra) const {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < needs_.size(); ++k) {
      const auto& drawn = needs_[k].stages();
      const bool draws = std::ranges::find(drawn, stage) != drawn.end();
      const double flow = draws ? needs_[k].max_flow(limits(k, stage, extra)).delivered : flows_[k];
      least = std::min(least, flow);
    }
    return std::max(0.0, least - flows_[binding()]);
  }

  // Devices gained by one more unit of what the need asks for.
  double gain(std::size_t need, double assembly_yield) const {
    double least = flows_[need] + assembly_yield / needs_[need].need().units;
    for (std::size_t k = 0; k < flows_.size(); ++k) {
      if (k != need) least = std::min(least, flows_[k]);
    }
    return std::max(0.0, least - flows_[binding()]);
  }

private:
  FlowLimits limits(std::size_t need, std::optional<StageId> at, const Share& extra) const {
    FlowLimits limits;
    const auto& stages = needs_[need].stages();
    for (std::size_t i = 0; i < stages.size(); ++i) {
      const Share more = at == stages[i] ? extra : Share{};
      const Share& share = shares_[stages[i].value];
      const double worth = worths_[need].part[i] * worths_[need].worth.stages[i];
      const double made = worth * yields_[stages[i].value];
      limits.stages.push_back({made > 0.0 ? made * (share.capacity + more.capacity) : 0.0,
                               worth * (share.stock + more.stock), 0.0});
    }
    return limits;
  }

  std::size_t stages_;
  const std::vector<ComponentGraph>& needs_;
  std::vector<double> yields_;     // By stage.
  std::vector<Share> shares_;      // By stage.
  std::vector<NeedWorth> worths_;  // By need.
  std::vector<double> flows_;      // By need.
};

void add_price(Bottleneck& result, const ShadowPrice& price) {
  if (price.devices > 0.0 || price.component) result.prices.push_back(price);
}

}  // namespace

Bottleneck bottleneck(const StageGraph& graph, const MonthPlan& plan, std::size_t bill) {
  const Bill& of = graph.network().bills[bill];
  Bottleneck result;
  result.device = of.device;
  if (value_on(of.launch, plan.month) <= 0.0) return result;

  const Margin margin(graph, plan, bill);
  const std::size_t binding = margin.binding();
  const ComponentGraph& need = graph.of_bill(bill)[binding];
  const ComponentCut cut = margin.cut(binding);
  result.units = cut.flow;
  result.component = need.need().component;
  result.cut_capacity = cut.capacity;
  for (std::size_t i = 0; i < need.stages().size(); ++i) {
    const StageId stage = need.stages()[i];
    const auto& [made, beyond] = cut.stages[i];
    const bool all_empty = need.is_bank(i) && cut.flow <= 0.0;
    const bool gives_stock = beyond && (margin.share(stage).stock > 0.0 || all_empty);
    if (made || gives_stock) result.cut.push_back(stage);
    if (made) {
      add_price(result, {Scarce::Capacity, stage, {}, margin.gain(stage, {1.0, 0.0})});
    }
    if (beyond) add_price(result, {Scarce::Stock, stage, {}, margin.gain(stage, {0.0, 1.0})});
  }
  for (std::size_t k = 0; k < of.needs.size(); ++k) {
    add_price(
        result,
        {Scarce::Component, {}, of.needs[k].component, margin.gain(k, of.assembly_yield.value)});
  }
  std::ranges::sort(result.cut);
  std::ranges::sort(result.prices, [](const ShadowPrice& a, const ShadowPrice& b) {
    return std::tie(b.devices, a.what, a.stage, a.component) <
           std::tie(a.devices, b.what, b.stage, b.component);
  });
  return result;
}

}  // namespace chokepoint
