#pragma once

#include <cstddef>
#include <vector>

#include "models/supply/inventory.hpp"
#include "models/supply/need_worth.hpp"
#include "models/supply/rationing.hpp"
#include "models/supply/stage_graph.hpp"

namespace chokepoint {

/// What is known of a month when vendors plan how they spend memory.
struct MemoryMonth {
  const StageGraph& graph;
  const Rationing& rationing;
  const std::vector<StageMonth>& stages;              ///< As opened, by StageId.
  const std::vector<std::vector<NeedWorth>>& worths;  ///< By bill and need; empty: not made now.
  const std::vector<double>& weights;                 ///< By bill: what is started for.
  const std::vector<double>& wanted;                  ///< By bill; infinite: anything goes.
  /// By vendor number and stage, [vendor * stages + stage]: good units that it may use, and of
  /// these what came this month as it comes every month.
  const std::vector<double>&own, &comes;
};

/// What a vendor takes of `own` units of memory in a month in which `comes` of them came, where it
/// spreads what lay there before over `months`:
///
///   comes + (own - comes) / months
///
/// So a stock that nothing adds to falls by the same part each month, and lasts the longer the less
/// is made of it. Early use has a price: what is spent now is missing in later products. Never more
/// than `own`. Requires: months >= 1.
double spent_in_month(double own, double comes, double months);

/// What vendors plan in a month.
struct MemoryPlan {
  /// Good units of memory that are used at most, by vendor number and stage; infinite where a stage
  /// makes none.
  std::vector<double> to_spend;
  /// By bill: of the devices that are wanted, those for which other work is started. A tenth more
  /// than what memory will match as far as the vendor knows (what it spends of its stock, and its
  /// part of what suppliers can make), so that it is memory which binds. A vendor's devices divide
  /// that by weight, or get what others do not want where that is more.
  std::vector<double> matched;
};

/// Without a plan (memory_plan_months of 1) memory is used as it can be and all work is started.
MemoryPlan plan_memory(const MemoryMonth& month);

}  // namespace chokepoint
