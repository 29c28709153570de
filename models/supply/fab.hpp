#pragma once

#include "models/calendar.hpp"
#include "models/supply/stage.hpp"

namespace chokepoint {

/// What governments let a stage have in a month, each in [0, 1], 1 where nothing is held back.
struct StageGate {
  double inflow_share = 1.0;     ///< Of what it brings in from abroad.
  double equipment_share = 1.0;  ///< Of the foreign tools that it would add.
  double service_share = 1.0;    ///< Of the foreign service that it needs.
};

/// What a stage remembers of its machines.
struct FabState {
  double planned = 0.0;    ///< Capacity by its curve, last month.
  double installed = 0.0;  ///< Of that, what tools could be had for; <= planned.
  double months_without_service = 0.0;
};

/// A month of a stage's machines.
struct FabMonth {
  double capacity = 0.0;  ///< Units that devices can start. Infinity: no limit of its own.
  FabState after;
};

/// The machines at the start of `month`, with everything installed that the curve says.
FabState fab_on(const SupplyStage& stage, Date month);

/// Capacity in `month`, after other users and narrowed by governments, and the state after it:
///
///   installed = before + growth (1 - foreign equipment share * (1 - equipment_share))
///   capacity  = installed * uptime * inflow_share * (1 - other users)
///
/// What could not be added is not made up for later. Where the curve falls, installed falls in
/// proportion. Never falls with any share of `gate`.
FabMonth fab_month(const SupplyStage& stage, const FabState& before, Date month,
                   const StageGate& gate);

/// Uptime of machines after `months` without foreign service:
///
///   1 - f (1 - s - (1 - s) 2^(-max(0, months - spares) / half-life))
///
/// f: share of uptime that foreign service keeps up; s: share of that service still to be had.
double uptime(const ForeignDependence& foreign, double months, double service_share);

}  // namespace chokepoint
