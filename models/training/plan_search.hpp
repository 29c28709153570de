#pragma once

#include <vector>

#include "models/training/plan_grid.hpp"
#include "models/training/training_memory.hpp"
#include "models/training/training_step.hpp"

namespace chokepoint {

/// A plan that is expected to fit, and its step.
struct RankedTrainingPlan {
  TrainingPlan plan;
  StepTime time;
  TrainingMemory memory;
};

/// What a search found.
struct TrainingSearch {
  std::vector<RankedTrainingPlan> plans;  ///< Whose memory is within capacity; the fastest first.
  long tried = 0;                         ///< Plans that can be laid out.
  long too_large = 0;                     ///< Of these, those whose memory was found not to be.
  long estimated = 0;                     ///< Of these, those whose step no lower bound ruled out.
};

/// Of each of plan_shapes() the fastest plan that fits; of these the `most` fastest, those alike in
/// time in the order of training_plans(). What trying each by itself finds: a plan is passed over
/// only where a lower bound of its step is above the slowest of those found, or where it does not
/// fit with all its state sharded. The bound is the pipeline's, least_pipeline_time() with what the
/// slowest device loses, without exchange between copies and optimizer. Requires: as
/// TrainingEstimator.
TrainingSearch search_training(const TrainingSystem& system, const TrainingTask& task,
                               std::size_t most);

/// The part on which `plan` spends most beyond what `best` does.
StepPart slower_part(const StepTime& plan, const StepTime& best);

}  // namespace chokepoint
