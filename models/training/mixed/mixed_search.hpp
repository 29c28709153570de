#pragma once

#include <span>
#include <vector>

#include "models/training/mixed/mixed_plan.hpp"
#include "models/training/plan_search.hpp"

namespace chokepoint {

/// A mix that is expected to fit, and its step.
struct RankedMixedPlan {
  MixedPlan plan;
  MixedTime time;
  std::vector<TrainingMemory> memory;  ///< Of the fullest device of each part.
};

/// What a search over a fleet of several kinds found.
struct MixedSearch {
  std::vector<TrainingSearch> alone;   ///< Each kind by itself, on all its devices.
  std::vector<RankedMixedPlan> mixes;  ///< The fastest first.
  long tried = 0;                      ///< Mixes that can be laid out.
  long estimated = 0;                  ///< Of these, those whose step no lower bound ruled out.
  long too_large = 0;                  ///< Of those estimated, those no split of layers fits.

  /// The kind that is fastest by itself; none where no kind holds the model.
  std::optional<std::size_t> best_alone() const;
  /// Whether a mix is faster than every kind by itself. Where none is, devices of the other kinds
  /// are better left idle.
  bool is_mix_fastest() const;
};

/// The fastest plan of each kind alone and the `most` fastest mixes, each of other parts or another
/// division of them. Mixes: two kinds or more in every order, any number of stages and devices of
/// each, tensor parallelism and spread experts as search_training() has them, ZeRO 1 and 3 and all
/// recomputation by kind; context and data parallelism and microbatches in common; layers as
/// balanced_layers() gives them, within the memory of each stage. A mix is passed over only where a
/// lower bound of its step is above those found. `task.devices` is not looked at.
/// Requires: as MixedEstimator.
MixedSearch search_mixed(std::span<const FleetKind> kinds, const TrainingTask& task,
                         std::size_t most);

}  // namespace chokepoint
