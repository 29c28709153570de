#pragma once

#include <functional>
#include <optional>
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

  Fabs(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator,
       Supply& supply);

  /// Enters every month. Lines are full at the start.
  void start(Demand demand);

private:
  void on_month();
  void tell_bottleneck(std::size_t bill) const;
  MonthPlan plan(Date month, const SupplyState& before);
  StageGate gate(const SupplyStage& stage, StageId id, Date month) const;
  double wanted(std::size_t bill, Date month) const;

  const Regulator& regulator_;
  Supply& supply_;
  Demand demand_;
  StageGraph graph_;
  std::vector<std::optional<std::size_t>> offer_of_bill_;
  SupplyState before_;          // The last month.
  std::vector<double> wanted_;  // In the month of plan_, by bill.
  std::optional<MonthPlan> plan_;
};

}  // namespace chokepoint
