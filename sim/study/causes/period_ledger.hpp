#pragma once

#include "models/world.hpp"
#include "sim/indicators/ledger.hpp"
#include "sim/study/causes/indicator_question.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// The ledger of a period: what makes the indicators of a year makes those of a month from it. A
/// sample of the first day after the period is of its end. What counts since the start of the run
/// begins with the period.
class PeriodLedger : public TraceSink {
public:
  PeriodLedger(const World& world, const Period& period);

  void record(const TraceEvent& event) override;
  /// As of the year in which the period begins.
  Figures figures() const;

private:
  const World& world_;
  Seconds from_, until_;
  int year_;
  Ledger ledger_;
};

}  // namespace chokepoint
