#pragma once

#include <vector>

#include "models/training/step/step_kinds.hpp"
#include "models/training/training_step.hpp"

namespace chokepoint {

/// What the devices of one rank of a pipeline do for a while, or exchange. All of them do the same.
struct StepOperation {
  StepPart part = StepPart::Products;
  StepPass pass = StepPass::None;
  int microbatch = 0, chunk = 0;
  Seconds begins, ends;
  bool is_exchange = false;
  StepBusy busy = StepBusy::Device;  ///< Of what is no exchange,
  Flops operations;                  ///< of one device; a multiply-add is two,
  double rate_share = 0;             ///< of the rate of large products; 0: there are none.
  /// Through memory; of an exchange, what goes in on one device: of a gathering its part.
  Bytes bytes;
  StepExchange what = StepExchange::AllReduce;  ///< Of an exchange,
  StepGroup group = StepGroup::Tensor;          ///< with whom,
  bool is_hidden = false;  ///< beside computing: what comes after it does not wait for it,
  int peer = 0;            ///< and of a message, the other rank of the pipeline.

  Seconds time() const { return ends - begins; }
};

/// A step, rank by rank of its pipeline.
struct PlayedStep {
  /// In the order in which they begin. What is not hidden fills the time of its rank from 0 to the
  /// end of the step, bubbles included, one after the other.
  std::vector<std::vector<StepOperation>> ranks;
  Seconds ends;
};

/// Plays a step operation by operation: the same step as TrainingEstimator::step() estimates, so
/// that it ends when that says. Of each pass through a stage one operation for each part of it, all
/// layers of the stage together, but reductions and visits to experts one by one. What hides of an
/// exchange runs beside computing of the same pass, one kind after the other; of gradients and
/// parameters between copies at the end of the last and at the beginning of the first pass. Where a
/// message comes in, the receiver waits for nothing more, but for the two ends of the pipeline:
/// these pay for receiving what others pay for sending.
///
/// Requires: as TrainingEstimator::step().
PlayedStep play_step(const TrainingSystem& system, const TrainingPlan& plan);

}  // namespace chokepoint
