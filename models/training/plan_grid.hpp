#pragma once

#include <vector>

#include "models/training/training_system.hpp"

namespace chokepoint {

/// Which plans a search looks at.
enum class PlanGrid {
  Usual,  ///< What people try first: microbatches of 1, 2, 4 and 8, ZeRO 1 and 3, 12 chunks at
          ///< most.
  Whole   ///< All that plan_shapes() and PlanOptions say; some devices may be left idle.
};

/// What a plan is sought for.
struct TrainingTask {
  int devices = 1;
  double sequence = 4096;  ///< Tokens.
  int global_batch = 1;    ///< Sequences.
  TrainingFormat format = TrainingFormat::Bf16;
  PipelineSchedule schedule = PipelineSchedule::OneForwardOneBackward;
  std::vector<PipelineSchedule> other_schedules = {};  ///< Tried beside it.
  PlanGrid grid = PlanGrid::Usual;
};

/// How a model is divided and batched, and how stages take turns: a plan without what is computed
/// once more and without what copies share.
struct PlanShape {
  TrainingPlan plan;
  long first = 0;  ///< Plans of all shapes before it.
};

/// What each plan of a shape chooses beside.
struct PlanOptions {
  /// Stages of ZeRO, and ranks that share what is sharded (0: all). Usual: 0 of one copy alone,
  /// else 1 and 3 over all. Whole: 0 to 3, from 1 on over all and over each divisor of the copies.
  struct Sharding {
    int zero = 0, ranks = 0;
  };
  std::vector<Sharding> shardings;
  /// Nothing, what is selected, or all is computed once more; Whole: all of a quarter, a half or
  /// three quarters of layers as well, where these are whole; norms divided and not.
  struct Saving {
    Recompute recompute = Recompute::None;
    double share = 1;
    bool sequence_parallel = true;
  };
  std::vector<Saving> savings;

  long count() const { return static_cast<long>(shardings.size() * savings.size()); }
};

/// All shapes of a task: tensor parallelism that divides the heads and stays in a scale-up domain
/// of at most 64, stages and chunks that divide the layers, rings of up to 16, one chunk where
/// stages do not take turns, whole experts spread or not, microbatches of sequences: 1, 2, 4 and 8,
/// or of the whole grid all that divide the batch, up to 64. Usual plans take all devices; others
/// as many as the degrees make of them, with the most copies that divide the batch. In a fixed
/// order.
std::vector<PlanShape> plan_shapes(const TrainingSystem& system, const TrainingTask& task);

/// What plans of a shape may choose.
PlanOptions plan_options(const TrainingSystem& system, const TrainingTask& task,
                         const TrainingPlan& shape);

/// The plan of a shape with its choices.
TrainingPlan with_options(TrainingPlan shape, const PlanOptions::Sharding& sharding,
                          const PlanOptions::Saving& saving);

/// Every plan of a task that can be laid out: of each shape all shardings, of each of these all
/// savings. In a fixed order.
std::vector<TrainingPlan> training_plans(const TrainingSystem& system, const TrainingTask& task);

}  // namespace chokepoint
