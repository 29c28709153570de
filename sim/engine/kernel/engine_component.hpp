#pragma once

#include "models/world.hpp"
#include "sim/engine/kernel/agenda.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// What each class that the agenda drives stands on: the world it acts in, the agenda that calls it
/// and the trace that it records facts in.
class EngineComponent {
protected:
  EngineComponent(const World& world, Agenda& agenda, TraceSink& trace)
      : world_(world), agenda_(agenda), trace_(trace) {}

  /// The day that it is in the run.
  Date today() const { return world_.calendar().date_at(agenda_.now()); }

  /// Has `handler` called when each month begins, but for that in which the run does.
  void at_months(Phase phase, const Agenda::Handler& handler) const {
    for (const Seconds date : month_starts(world_)) agenda_.at(date, phase, handler);
  }

  const World& world_;
  Agenda& agenda_;
  TraceSink& trace_;
};

}  // namespace chokepoint
