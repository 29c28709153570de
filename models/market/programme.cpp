#include "models/market/programme.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {
namespace {

/// Months in which an order still comes in time, `date`'s among them; 0 outside of those in which
/// the programme orders.
int months_left(const TrainingProgramme& programme, Date date) {
  const auto lead = static_cast<int>(std::lround(programme.lead_months.value));
  const auto settling = static_cast<int>(std::lround(programme.settling_months.value));
  assert(0 <= settling && settling < lead);
  const int to_need = months_between(date, programme.by);
  return to_need > lead || to_need <= settling ? 0 : to_need - settling;
}

}  // namespace

Usd money_wanted(const TrainingProgramme& programme, double had, Usd cost_per_usable_unit,
                 Date date) {
  assert(had >= 0.0 && cost_per_usable_unit >= Usd{});
  const int left = months_left(programme, date);
  if (left == 0) return Usd{};
  const double missing = std::max(0.0, programme.usable_units.value - had);
  return missing * cost_per_usable_unit / static_cast<double>(left);
}

std::optional<ProgrammeOrder> order_of(const TrainingProgramme& programme,
                                       std::span<const ProgrammeKind> kinds, Date date) {
  const double needed = programme.usable_units.value;
  const int left = months_left(programme, date);
  const auto reach = [&](const ProgrammeKind& kind) {
    return std::min(needed, kind.had + left * kind.packages * kind.useful);
  };
  const auto to_complete = [&](const ProgrammeKind& kind) {
    return (needed - kind.had) * kind.price / kind.useful;
  };
  const ProgrammeKind* best = nullptr;
  for (const ProgrammeKind& kind : kinds) {
    assert(kind.had >= 0.0 && kind.useful > 0.0 && kind.price > Usd{} && kind.packages >= 0.0);
    if (kind.had >= needed) return std::nullopt;
    const bool is_better = best == nullptr || reach(kind) > reach(*best) ||
                           (reach(kind) == reach(*best) && to_complete(kind) < to_complete(*best));
    if (is_better) best = &kind;
  }
  if (best == nullptr || left == 0) return std::nullopt;
  return ProgrammeOrder{static_cast<std::size_t>(best - kinds.data()),
                        money_wanted(programme, best->had, best->price / best->useful, date)};
}

}  // namespace chokepoint
