#pragma once

#include <array>
#include <vector>

#include "models/training/run/run_phase.hpp"
#include "tests/sim/engine/in_child.hpp"

namespace chokepoint {

/// What facts say of one job.
struct ToldRun {
  std::array<double, kRunPhases> phases{};  // Seconds.
  double placed = 0, finished = -1, lost = 0;
  std::vector<RunInterrupted> interruptions;
  std::size_t saved = 0;
  bool has_gaps = false;  // Between phases.
};

inline ToldRun told_of(const std::vector<TraceEvent>& facts, JobId job) {
  ToldRun told;
  double last = 0, began = 0;
  for (const TraceEvent& event : facts) {
    const auto is = [&](const auto* fact) { return fact != nullptr && fact->job == job; };
    if (const auto* placed = std::get_if<JobPlaced>(&event); is(placed)) {
      last = told.placed = placed->time.value;
    } else if (const auto* begun = std::get_if<RunPhaseBegan>(&event); is(begun)) {
      began = begun->time.value;
      told.has_gaps |= began != last;
    } else if (const auto* ended = std::get_if<RunPhaseEnded>(&event); is(ended)) {
      last = ended->time.value;
      told.phases[static_cast<std::size_t>(ended->phase)] += last - began;
    } else if (const auto* stopped = std::get_if<RunInterrupted>(&event); is(stopped)) {
      told.interruptions.push_back(*stopped);
      told.lost += stopped->lost.value;
    } else if (const auto* saved = std::get_if<RunSaved>(&event); is(saved)) {
      ++told.saved;
    } else if (const auto* finished = std::get_if<JobFinished>(&event); is(finished)) {
      told.finished = finished->time.value;
    }
  }
  return told;
}

inline ToldRun told_of(const World& world) {
  return told_of(facts_of(world), JobId{0});
}

inline double of(const ToldRun& told, RunPhase phase) {
  return told.phases[static_cast<std::size_t>(phase)];
}

}  // namespace chokepoint
