#include "models/supply/fab.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace chokepoint {
namespace {

bool is_share(double value) {
  return value >= 0.0 && value <= 1.0;
}

double installed_on(const SupplyStage& stage, const FabState& before, double planned,
                    double equipment_share) {
  if (planned < before.planned) return before.installed * (planned / before.planned);
  const double missing = stage.foreign.equipment_share.value * (1.0 - equipment_share);
  return before.installed + (planned - before.planned) * (1.0 - missing);
}

}  // namespace

FabState fab_on(const SupplyStage& stage, Date month) {
  const double planned = stage.capacity ? value_on(*stage.capacity, month) : 0.0;
  return {planned, planned, 0.0};
}

FabMonth fab_month(const SupplyStage& stage, const FabState& before, Date month,
                   const StageGate& gate) {
  assert(is_share(gate.inflow_share) && is_share(gate.equipment_share) &&
         is_share(gate.service_share));
  FabMonth result;
  if (!stage.capacity) {
    result.capacity = std::numeric_limits<double>::infinity();
    return result;
  }
  const double planned = value_on(*stage.capacity, month);
  const double others = std::clamp(value_on(stage.other_users, month), 0.0, 1.0);
  const double months = before.months_without_service;
  result.after.planned = planned;
  result.after.installed = installed_on(stage, before, planned, gate.equipment_share);
  result.after.months_without_service =
      gate.service_share >= 1.0 ? 0.0 : months + (1.0 - gate.service_share);
  result.capacity = result.after.installed * uptime(stage.foreign, months, gate.service_share) *
                    gate.inflow_share * (1.0 - others);
  return result;
}

double uptime(const ForeignDependence& foreign, double months, double service_share) {
  const double overdue = std::max(0.0, months - foreign.spares_months.value);
  if (overdue <= 0.0) return 1.0;
  assert(foreign.half_life_months.value > 0.0);
  const double missing = 1.0 - service_share;
  const double still_runs = std::exp2(-overdue / foreign.half_life_months.value);
  return 1.0 - foreign.service_share.value * missing * (1.0 - still_runs);
}

}  // namespace chokepoint
