#pragma once

#include <vector>

#include "models/training/step/step_kinds.hpp"
#include "models/training/training_step.hpp"

namespace chokepoint {

/// A part of what a pass through a stage computes: how long, and out of how much work.
struct WorkedPart {
  StepPart part = StepPart::Products;
  StepBusy busy = StepBusy::Device;
  Seconds time;
  Flops operations;       ///< Of one device.
  double rate_share = 0;  ///< Of the rate at which it does large products; 0: there are none.
  Bytes bytes;            ///< Through its memory, where that is what takes the time.
};

/// What stages of a step compute, for one microbatch.
///
///   products   2 operations for each weight and token ahead, 4 back
///   attention  as attention_prefill() counts it ahead, 2.5 times back
///   memory     bytes = time * what kernels stream
///   share      operations / (time * what large products attain)
class StepWork {
public:
  /// Refers to `system`, `plan` and `pieces`, which are of one step.
  StepWork(const TrainingSystem& system, const TrainingPlan& plan, const StepPieces& pieces);

  double layers(int stage) const;
  /// Of a pass ahead, or back; without gradients of weights where those are passes of their own.
  std::vector<WorkedPart> of(StepPass pass, int stage) const;
  /// Of a pass of gradients of weights.
  std::vector<WorkedPart> weights(int stage) const;

  /// What one device has of gradients before they are summed, and keeps of parameters after.
  Bytes gradients() const;
  Bytes parameters() const;
  /// That the optimizer moves through the memory of one device.
  Bytes optimizer() const;

private:
  WorkedPart products(StepPart part, Seconds time, Flops operations) const;
  WorkedPart memory(StepPart part, Seconds time) const;

  const TrainingSystem& system_;
  const TrainingPlan& plan_;
  const StepPieces& pieces_;
  FlopsPerSecond wide_;
  BytesPerSecond stream_;
  Flops dense_, experts_, attention_, head_;  ///< Ahead: of one layer, and of the head.
  bool is_apart_ = false;                     ///< Gradients of weights are passes of their own.
};

}  // namespace chokepoint
