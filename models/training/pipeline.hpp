#pragma once

#include <span>
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
  /// What either saves where it is done side by side with a pass of the other direction.
  Seconds forward_hidden = {}, backward_hidden = {};

  Seconds total() const { return forward + backward; }
};

/// A pipeline of `devices` devices with `chunks` stages each: stage i is on device i mod devices.
/// The first and the last stage may differ from those between, or each from all others. Hand-overs
/// are part of both times of a stage: sender and receiver wait for each other.
struct PipelineLoad {
  int devices = 1, chunks = 1, microbatches = 1;
  StageTime first, middle, last;
  PipelineSchedule schedule = PipelineSchedule::OneForwardOneBackward;
  std::span<const StageTime> each = {};  ///< All stages; empty: first, middle and last say it.

  int stages() const { return devices * chunks; }
  const StageTime& of(int stage) const {
    if (!each.empty()) return each[static_cast<std::size_t>(stage)];
    return stage == stages() - 1 ? last : stage == 0 ? first : middle;
  }
};

/// Time until the last gradient, every stage of every microbatch played in the order in which
/// Megatron-LM takes them: p - k - 1 forward passes ahead on device k, then one forward, one
/// backward; interleaved 2 (p - k - 1) + (chunks - 1) p stages ahead, microbatches in groups of p.
/// Without bubbles gradients of weights wait on device k until those of inputs are k microbatches
/// further, with as many forward passes ahead, so that no device keeps more than p microbatches
/// (ZB-H1); from both ends as played_dual_pipe() says; one chunk each.
/// Requires: devices divide microbatches where there are several chunks; passes_both_ways() where
/// they come from both ends.
/// Source: Narayanan et al., SC 2021; Qi et al., Zero Bubble Pipeline Parallelism, ICLR 2024.
Seconds played_pipeline(const PipelineLoad& load);

/// One microbatch goes through one stage, one way.
struct PlayedPass {
  StepPass which = StepPass::Forward;
  int device = 0, microbatch = 0, chunk = 0;
  Seconds begins, ends;
};

/// What played_pipeline() plays: of each device in turn, in the order in which it does them. With
/// gradients of weights taken apart, these are passes of their own. Requires: microbatches come
/// from one end alone.
std::vector<PlayedPass> played_passes(const PipelineLoad& load);

/// The same, faster: played, or in closed form where stages take turns and none is slower than the
/// last one in either direction, nor, with several chunks, the first slower than those between.
/// With m microbatches, p devices, v chunks:
///
///   m (last + (v - 1) middle) + first + (p - 2) middle
Seconds pipeline_time(const PipelineLoad& load);

/// No more than pipeline_time(), and as fast for any number of microbatches: the closed form where
/// that holds, else what the busiest device does, after one microbatch came to it where stages take
/// turns.
Seconds least_pipeline_time(const PipelineLoad& load);

}  // namespace chokepoint
