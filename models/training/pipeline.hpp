#pragma once

#include <vector>

#include "models/training/step/step_kinds.hpp"
#include "models/training/training_plan.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// What one microbatch takes on one stage.
struct StageTime {
  Seconds forward;
  Seconds backward;  ///< Gradients of inputs and of weights.
  Seconds weights;   ///< The part of `backward` that nobody waits for: gradients of weights.

  Seconds total() const { return forward + backward; }
};

/// A pipeline of `devices` devices with `chunks` stages each: stage i is on device i mod devices.
/// The first and the last stage may differ from those between. Hand-overs are part of both times of
/// a stage: sender and receiver wait for each other.
struct PipelineLoad {
  int devices = 1, chunks = 1, microbatches = 1;
  StageTime first, middle, last;
  PipelineSchedule schedule = PipelineSchedule::OneForwardOneBackward;

  int stages() const { return devices * chunks; }
  const StageTime& of(int stage) const {
    return stage == stages() - 1 ? last : stage == 0 ? first : middle;
  }
};

/// Time until the last gradient, every stage of every microbatch played in the order in which
/// Megatron-LM takes them: p - k - 1 forward passes ahead on device k, then one forward, one
/// backward; interleaved 2 (p - k - 1) + (chunks - 1) p stages ahead, microbatches in groups of p.
/// Without bubbles gradients of weights wait on device k until those of inputs are k microbatches
/// further, with as many forward passes ahead, so that no device keeps more than p microbatches
/// (ZB-H1); one chunk each.
/// Requires: devices divide microbatches where there are several chunks.
/// Source: Narayanan et al., SC 2021; Qi et al., Zero Bubble Pipeline Parallelism, ICLR 2024.
Seconds played_pipeline(const PipelineLoad& load);

/// One microbatch goes through one stage, one way.
struct PlayedPass {
  StepPass which = StepPass::Forward;
  int device = 0, microbatch = 0, chunk = 0;
  Seconds begins, ends;
};

/// What played_pipeline() plays: of each device in turn, in the order in which it does them. With
/// gradients of weights taken apart, these are passes of their own.
std::vector<PlayedPass> played_passes(const PipelineLoad& load);

/// The same, faster: played, or in closed form where stages take turns and none is slower than the
/// last one in either direction, nor, with several chunks, the first slower than those between.
/// With m microbatches, p devices, v chunks:
///
///   m (last + (v - 1) middle) + first + (p - 2) middle
Seconds pipeline_time(const PipelineLoad& load);

}  // namespace chokepoint
