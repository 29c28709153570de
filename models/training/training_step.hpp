#pragma once

#include <array>

#include "models/training/layer_time.hpp"
#include "models/training/step_part.hpp"
#include "models/training/training_exchange.hpp"

namespace chokepoint {

/// Time of one training step and where it goes; the parts add up to it.
struct StepTime {
  std::array<Seconds, kStepParts> parts{};

  Seconds total() const;
  Seconds of(StepPart part) const { return parts[static_cast<std::size_t>(part)]; }
};

/// A model on a kind of device with a version of a stack, made ready to estimate plans.
class TrainingEstimator {
public:
  /// Refers to `system` and all of it. Requires: bf16 peak, memory, bandwidth of the device known.
  explicit TrainingEstimator(const TrainingSystem& system);

  /// Time of a step. Requires: plan_complaint() empty, but for devices and divisions.
  ///
  ///   (pipeline of stages) (1 + straggling log2(devices / 8)) + exchange between copies
  ///   + optimizer + host
  StepTime step(const TrainingPlan& plan) const;

private:
  Seconds copy_exchange(const TrainingPlan& plan, const StageWeights& weights, Seconds microbatch,
                        Seconds layers) const;

  const TrainingSystem& system_;
  std::array<TrainingRates, kTrainingFormats> rates_;
  TrainingExchange exchange_;
};

/// Operations that a step asks for, whatever the plan: 6 for each weight that a token meets (the
/// head once, no embedding look-up, of experts those of one token) and 12 L H d s of attention in
/// full, causality not taken off. What MFU divides.
Flops step_flops(const Transformer& model, double sequence, double sequences);

/// Model FLOPs over dense 16-bit peaks and time.
double model_flops_utilization(const Transformer& model, const DeviceSpec& device,
                               const TrainingPlan& plan, Seconds step);

}  // namespace chokepoint
