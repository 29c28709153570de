#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "models/supply/plan_month.hpp"
#include "models/supply/stage_graph.hpp"

namespace chokepoint {

/// The thing of which one more unit would help.
enum class Scarce { Capacity, Stock, Component };

/// Finished devices for one more unit of something.
struct ShadowPrice {
  Scarce what = Scarce::Capacity;
  std::optional<StageId> stage;          ///< Of capacity (before yield) and stock (good units).
  std::optional<ComponentId> component;  ///< Of a component: one that is ready.
  double devices = 0.0;                  ///< >= 0.
};

/// What holds a device back.
struct Bottleneck {
  DeviceId device;
  double units = 0.0;                    ///< What can be made, as bottleneck() defines it.
  std::optional<ComponentId> component;  ///< That binds: the least; ties by the order of needs.
  /// Its minimum cut: stages whose capacity is full (be it none, behind a closed border) or whose
  /// stock is all in use, by id. An empty bank is in it only where nothing at all comes through.
  std::vector<StageId> cut;
  double cut_capacity = 0.0;  ///< What the cut lets through: `units`, by max-flow min-cut.
  /// Greatest first; then capacity, stock, component; then by id. Components of the device are all
  /// in it, stages only with a price: others are worth nothing at the margin.
  std::vector<ShadowPrice> prices;
};

/// What limits bill number `bill` in the month of `plan`. Counted are its stocks at the beginning
/// of the month and the capacity of the month, at the month's rules and yields, without lead times,
/// less what other devices start and take. So it tells what limits the devices that will come of
/// this month's work. Where nothing has a lead and nobody is served later, that is the output of
/// the month. Prices come from solving again with one unit more. Unset component: the device is not
/// made in this month.
Bottleneck bottleneck(const StageGraph& graph, const MonthPlan& plan, std::size_t bill);

}  // namespace chokepoint
