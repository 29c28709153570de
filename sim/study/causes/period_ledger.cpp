#include "sim/study/causes/period_ledger.hpp"

#include <variant>

#include "sim/indicators/yearly.hpp"

namespace chokepoint {

namespace {

constexpr Seconds kMoment{1.0};  // As in a run's own ledger.

}  // namespace

PeriodLedger::PeriodLedger(const World& world, const Period& period)
    : world_(world),
      from_(world.calendar().at(period.from)),
      until_(world.calendar().at(period.until)),
      year_(year_of(period.from)),
      ledger_(world) {}

void PeriodLedger::record(const TraceEvent& event) {
  const auto* sample = std::get_if<CounterSampled>(&event);
  const bool is_of_time_before = sample != nullptr || std::holds_alternative<ChoiceMade>(event);
  const Seconds counts_at = is_of_time_before ? time_of(event) - kMoment : time_of(event);
  if (counts_at >= until_) return;
  if (counts_at >= from_) return ledger_.record(event);
  // The last before the period is to it what the end of a year is to the next.
  if (sample != nullptr) ledger_.close_year(year_ - 1, *sample);
}

Figures PeriodLedger::figures() const {
  Figures figures = yearly_figures(world_, ledger_);
  std::erase_if(figures, [this](const auto& figure) { return figure.first.year != year_; });
  return figures;
}

}  // namespace chokepoint
