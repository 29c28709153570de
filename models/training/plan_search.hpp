#pragma once

#include <vector>

#include "models/training/training_memory.hpp"
#include "models/training/training_step.hpp"

namespace chokepoint {

/// What a plan is sought for.
struct TrainingTask {
  int devices = 1;
  double sequence = 4096;  ///< Tokens.
  int global_batch = 1;    ///< Sequences.
  TrainingFormat format = TrainingFormat::Bf16;
  PipelineSchedule schedule = PipelineSchedule::OneForwardOneBackward;
};

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
  long too_large = 0;                     ///< Of these, those whose memory is not.
};

/// Every plan of a task that can be laid out: tensor parallelism that divides the heads and stays
/// in a scale-up domain of at most 64, stages and chunks that divide the layers, rings of up to 16,
/// one chunk where the schedule has no bubbles, whole experts spread or not, microbatches of 1 to 8
/// sequences, ZeRO 1 and 3, all recomputation. In a fixed order.
std::vector<TrainingPlan> training_plans(const TrainingSystem& system, const TrainingTask& task);

/// The `most` fastest of these that fit; those alike in time in the order of training_plans().
/// Requires: as TrainingEstimator.
TrainingSearch search_training(const TrainingSystem& system, const TrainingTask& task,
                               std::size_t most);

/// The part on which `plan` spends most beyond what `best` does.
StepPart slower_part(const StepTime& plan, const StepTime& best);

}  // namespace chokepoint
