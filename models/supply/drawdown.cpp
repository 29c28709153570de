#include "models/supply/drawdown.hpp"

#include <algorithm>

namespace chokepoint {

namespace {

bool can_be_cut_off(const SupplyStage& stage, Country home) {
  const bool is_abroad = stage.country != Country{} && stage.country != home;
  return is_abroad || stage.product_item.has_value();
}

// Of what is used of a stage in a month, what its stock falls by.
double drawn_share(const StageMonth& month) {
  if (month.used <= 0.0) return 0.0;
  return std::clamp(1.0 - (month.arrived + month.finished) / month.used, 0.0, 1.0);
}

}  // namespace

double share_from_stockpiles(const StageGraph& graph, const MonthPlan& plan, std::size_t bill,
                             Country home) {
  const SupplyNetwork& network = graph.network();
  double greatest = 0.0;
  for (const ComponentGraph& component : graph.of_bill(bill)) {
    double all = 0.0, drawn = 0.0;  // Units of the component.
    for (const auto& flow : component.flows()) {
      if (flow.to) continue;
      const StageId id = component.stages()[flow.from];
      const double units =
          plan.used[bill * network.stages.size() + id.value] * flow.units_out_per_in;
      all += units;
      if (component.is_bank(flow.from)) {
        drawn += units;
      } else if (can_be_cut_off(network.stages[id.value], home)) {
        drawn += units * drawn_share(plan.stages[id.value]);
      }
    }
    if (all > 0.0) greatest = std::max(greatest, drawn / all);
  }
  return greatest;
}

}  // namespace chokepoint
