#pragma once

#include <array>
#include <optional>

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

/// What one microbatch takes in one layer, the mean of all, and at both ends of a model, with
/// exchange among devices that divide it.
struct LayerLoad {
  LayerTime layer;
  HeadTime head;
  LayerWaits waits;    ///< Exchange that nothing hides.
  PassTimes dispatch;  ///< Exchange with experts where nothing hides any of it.

  /// What devices compute, waiting for the host included.
  Seconds forward() const { return layer.forward.total() + layer.floor.forward; }
  /// Gradients of inputs, after what is computed once more.
  Seconds inputs() const {
    return layer.backward.total() - layer.weights + layer.recompute + layer.floor.inputs;
  }
  Seconds weights() const { return layer.weights + layer.floor.weights; }
  Seconds backward() const { return inputs() + weights(); }
  Seconds computing() const { return forward() + backward(); }
  PassTimes exchange() const {
    return {waits.tensor.forward + waits.context.forward + waits.expert.forward,
            waits.tensor.backward + waits.context.backward + waits.expert.backward};
  }
};

/// Exchange between copies of a step: all of it, and what is waited for.
struct CopyExchange {
  Seconds reduce, gather, waited;
  double reduces = 1, gathers = 1;  ///< How often in a step.
};

/// Layers whose weights a device keeps, tables of the vocabulary beside them, and the fewest layers
/// of any stage: behind so much computing, at least, exchange hides.
struct KeptLayers {
  double layers = 0, tables = 0, fewest = 0;
};

/// What follows the pipeline on a device with its part of the weights.
struct StepEnding {
  StageWeights weights;  ///< Tables of the vocabulary included.
  CopyExchange copies;
  Seconds optimizer;

  Seconds total() const { return copies.waited + optimizer; }
};

/// What step() adds up: layers and exchanges of one microbatch, stages, and what is once a step.
struct StepPieces {
  LayerLoad layer;
  PassTimes over;  ///< Waited for, of one hand-over.
  StageLayers layers;
  PipelineLoad load;
  Seconds pipeline, straggling;
  StepEnding ending;  ///< Of the mean stage.
  Seconds host;
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
  StepTime step(const TrainingPlan& plan) const { return step(plan, load(plan)); }

  /// The same in parts, for many plans. What of it is alike in all plans that differ in stages,
  /// chunks, copies, state that is sharded, batch of a step and, but for pipelines from both ends,
  /// in schedule alone:
  LayerLoad load(const TrainingPlan& plan) const;
  /// The pipeline of a plan.
  PipelineLoad pipeline(const TrainingPlan& plan, const LayerLoad& load) const;
  StepTime step(const TrainingPlan& plan, const LayerLoad& load) const;
  /// The same where the whole pipeline is known to take `pipeline`. With least_pipeline_time() for
  /// it the total is a lower bound.
  StepTime step(const TrainingPlan& plan, const LayerLoad& load, Seconds pipeline) const;

  /// One stage of `layers`, without ends, whose hand-overs take so long.
  StageTime stage(const LayerLoad& load, double layers, const PassTimes& over) const;
  /// Waited for from one stage to the next, where none has fewer layers, over links of that rate;
  /// those of the plan's devices where nobody says any.
  PassTimes hand_over(const TrainingPlan& plan, const LayerLoad& load, double fewest,
                      std::optional<BytesPerSecond> rate = std::nullopt) const;
  /// What follows the pipeline on a device: exchange between copies that nothing hides, and the
  /// optimizer.
  StepEnding ending(const TrainingPlan& plan, const LayerLoad& load, const KeptLayers& kept) const;
  /// Of a pipeline's time on so many devices the share that is lost to the slowest.
  double straggling(int devices) const;
  BytesPerSecond network() const { return exchange_.outer(); }

  /// What a step is made of.
  StepPieces pieces(const TrainingPlan& plan) const;

private:
  Seconds spare_of_device(const TrainingPlan& plan, const LayerLoad& load, double fewest) const;
  CopyExchange copy_exchange(const TrainingPlan& plan, const StageWeights& weights, Seconds spare,
                             Seconds head) const;

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
