#pragma once

#include <optional>
#include <vector>

#include "models/supply/inventory.hpp"
#include "models/supply/stage_graph.hpp"

namespace chokepoint {

/// The month that is planned, and its limits from outside.
struct MonthConditions {
  Date month;                         ///< Its first day.
  std::vector<StageGate> gates = {};  ///< By StageId; empty: nothing is held back.
  std::vector<double> wanted = {};    ///< Most that anybody takes, by bill; empty: anything goes.
  std::vector<double> rushed = {};    ///< Good units that came on top, by StageId; empty: none.
};

/// What is built of one device in a month.
struct DeviceMonth {
  DeviceId device;
  double units = 0.0;                   ///< Packages that work; not whole.
  std::optional<ComponentId> bound_by;  ///< Unset: not made now, or nobody wants more.
};

/// What a network does in a month.
struct MonthPlan {
  Date month;
  std::vector<DeviceMonth> devices;  ///< In the order of bills.
  std::vector<StageMonth> stages;    ///< By StageId.
  /// Of each stage, what it starts for each device (before yield), and what that takes of its
  /// product: [bill * stages + stage].
  std::vector<double> started, used;
  /// Of what lay at each stage at the beginning, what is each device's vendor's, see StockOwners;
  /// infinity where all may use it.
  std::vector<double> own_stock;
  SupplyState after;
};

/// Plans one month, the one after the month that left `before`.
///
/// 1. Work that is due is finished; what has arrived lies ready.
/// 2. Stages that work ahead start what their capacity and the stages before them allow. Without
///    lead it is finished at once: devices can have it this month, further stages the next.
/// 3. Devices are built: of each the least, over its components, of what is ready or can be made at
///    once, over what one takes. What is not used stays in stock; unused capacity is gone.
///
/// In 2 and 3 vendors take what their claims give them; then all have their part of what is left,
/// as far as the network's leftover limit goes. A vendor divides what it has of every stage among
/// its devices by launch weight, and then lets each in turn have what the others left. Of what
/// lasts each uses its own, see StockOwners, and of memory no more than it plans to spend, see
/// memory_plan. No work is started that memory will not match. A stage that feeds several
/// components of a device is divided as one device takes of it. Work starts by the launch weight of
/// the month. Devices are built by the same weight, or by that of as many months ago as their
/// longest lead where it was greater, so that what was started is finished.
///
/// Where less is `wanted`, a device is built that far, and of each component work is started for
///
///   wanted + (wanted * lead - held) / (lead + 1), from 0 to wanted
///
/// devices, where `held` is what stock and work that its vendor may use make and `lead` the
/// component's, in months. A surplus shrinks by a (lead + 1)-th a month: starting all or nothing
/// would set everybody who shares a stage swinging.
///
/// Conserves: of every stage, stock + arrived + finished = used + stock after; all that has been
/// started is finished or under way.
/// Requires: `before` belongs to the network; launch weights, shares and wants not negative.
MonthPlan plan_month(const StageGraph& graph, const SupplyState& before,
                     const MonthConditions& conditions);

}  // namespace chokepoint
