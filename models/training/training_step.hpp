#pragma once

#include <array>

#include "models/training/layer_time.hpp"
#include "models/training/pipeline.hpp"
#include "models/training/step_part.hpp"
#include "models/training/training_exchange.hpp"

namespace chokepoint {

/// Time of one training step and where it goes; the parts add up to it.
struct StepTime {
  std::array<Seconds, kStepParts> parts{};

  Seconds total() const;
  Seconds of(StepPart part) const { return parts[static_cast<std::size_t>(part)]; }
};

/// Exchange between copies of a step: all of it, and what is waited for.
struct CopyExchange {
  Seconds reduce, gather, waited;
  double reduces = 1, gathers = 1;  ///< How often in a step.
};

/// What step() adds up: layers and exchanges of one microbatch, stages, and what is once a step.
struct StepPieces {
  LayerTime layer;
  HeadTime head;
  Seconds tensor, context, expert;  ///< Waited for, of one layer, both ways.
  Seconds over;                     ///< Waited for, of one hand-over.
  StageLayers layers;
  PipelineLoad load;
  StageWeights weights;  ///< Of the mean stage, tables of the vocabulary included.
  Seconds pipeline, straggling;
  CopyExchange copies;
  Seconds optimizer, host;
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

  /// What it is made of.
  StepPieces pieces(const TrainingPlan& plan) const;

private:
  CopyExchange copy_exchange(const TrainingPlan& plan, const StageWeights& weights,
                             Seconds microbatch, Seconds layers) const;

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
