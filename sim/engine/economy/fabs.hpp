#pragma once

#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "models/supply/plan_month.hpp"
#include "sim/engine/government/regulator.hpp"
#include "sim/engine/kernel/engine_component.hpp"
#include "sim/engine/trade/supply.hpp"

namespace chokepoint {

/// The stage graph at work. Once a month fabs, memory and packaging make what vendors want, as far
/// as governments admit tools, service and imports. Finished packages go to the vendors' stocks.
class Fabs : private EngineComponent {
public:
  /// Packages of a line that its buyers want in a month.
  using Demand = std::function<double(SupplyId)>;

  Fabs(const World& world, Agenda& agenda, TraceSink& trace, Regulator& regulator, Supply& supply);

  /// Enters every month. Lines are full at the start.
  void start(Demand demand);

private:
  void on_month();
  /// Ships ahead of rules that have become known today what sellers can spare.
  void on_announced(const Regime& known, const std::set<Date>& effective);
  void tell_bottleneck(std::size_t bill) const;
  MonthPlan plan(Date month, const SupplyState& before);
  StageGate gate(const SupplyStage& stage, StageId id, Date month) const;
  double wanted(std::size_t bill, Date month) const;
  bool is_launched(std::size_t bill, Date month) const;
  /// The part of what a stage brings in that governments admit.
  double inflow_share(const SupplyStage& stage, StageId id, Date month,
                      const Regime* known = nullptr) const;

  Regulator& regulator_;
  Supply& supply_;
  Demand demand_;
  StageGraph graph_;
  std::vector<std::optional<std::size_t>> offer_of_bill_;
  SupplyState before_;          // The last month.
  std::vector<double> wanted_;  // In the month of plan_, by bill.
  std::vector<double> rushed_;  // By stage: good units that come on top with the next month.
  std::optional<MonthPlan> plan_;
};

}  // namespace chokepoint
