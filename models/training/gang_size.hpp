#pragma once

#include <optional>

#include "models/training/plan_search.hpp"

namespace chokepoint {

/// A run that has to end in time.
struct TrainingRunTarget {
  double tokens = 0;   ///< Of the whole run, > 0.
  Seconds within;      ///< From its first step to its last, > 0.
  double goodput = 1;  ///< Share of the time in which steps are made that count, in (0, 1].
};

/// Devices that make it, and the fastest plan on them.
struct SizedGang {
  int devices = 0;
  RankedTrainingPlan plan;
  Seconds run;  ///< Of the whole run, with what goodput takes.
};

/// What a search for the least gang found.
struct GangSearch {
  std::optional<SizedGang> least;    ///< Nothing where none within the most devices makes it.
  std::optional<SizedGang> fastest;  ///< Of all that were tried; nothing where none fits.
};

/// The least gang of whole servers of `per_server` devices that makes the target, of at most `most`
/// devices. Gangs of 1, 2, 3, 4, 6, 8, 12 ... servers are tried, from those on that would make it
/// at the peak of their devices, and between the first that makes it and the one before, by
/// quarters and eighths: layouts divide few other numbers. Requires: as search_training();
/// `task.devices` is not looked at; target positive.
GangSearch least_gang(const TrainingSystem& system, TrainingTask task,
                      const TrainingRunTarget& target, int per_server, int most);

}  // namespace chokepoint
