#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "models/training/training_memory.hpp"
#include "models/training/training_step.hpp"

namespace chokepoint {

/// So many devices of one kind, with its stack. Refers to the system.
struct FleetKind {
  const TrainingSystem& system;
  int devices = 1;
};

/// Consecutive stages of a pipeline on devices of one kind.
struct MixedPart {
  std::size_t kind = 0;  ///< Its place in the fleet.
  /// How its devices divide what they have. `pipeline` counts all stages of the mix, of every kind;
  /// data parallelism, microbatches, batch and format are those of all parts.
  TrainingPlan plan;
  std::vector<int> layers;  ///< Of each of its stages.

  int stages() const { return static_cast<int>(layers.size()); }
  int fewest() const { return *std::ranges::min_element(layers); }
  int devices() const { return plan.tensor * plan.context * plan.data * stages(); }
};

/// A training step whose pipeline passes through devices of several kinds, with one-forward-
/// one-backward and one chunk of layers each. Tensor, context and data parallelism stay inside one
/// kind.
struct MixedPlan {
  std::vector<MixedPart> parts;  ///< In the order in which microbatches pass through them.

  int devices() const;
  int stages() const { return parts.front().plan.pipeline; }
};

/// Whether both have the same kinds in the same order, with as many stages, ranks and copies each.
bool are_divided_alike(const MixedPlan& a, const MixedPlan& b);

/// Where stages of one kind hand over to those of the next.
struct KindBorder {
  std::size_t slower = 0;  ///< Of the fleet's kinds, that whose network binds.
  BytesPerSecond rate;     ///< Of one device.
  PassTimes hand_over;     ///< That devices wait for.
};

/// Time of a step of a mix.
struct MixedTime {
  Seconds pipeline, straggling, copies, optimizer, host;
  std::vector<StageTime> stages;    ///< For one microbatch.
  std::vector<KindBorder> borders;  ///< One fewer than parts.

  Seconds total() const { return pipeline + straggling + copies + optimizer + host; }
};

/// A model on a fleet of several kinds, made ready to estimate mixes.
class MixedEstimator {
public:
  /// Refers to the systems. Requires: as TrainingEstimator, the same model in all.
  explicit MixedEstimator(std::span<const FleetKind> kinds);

  /// As TrainingEstimator::step() has it, each stage with its own devices and stack:
  ///
  ///   (pipeline of stages) (1 + straggling log2(devices / 8))
  ///   + the slowest kind's exchange between copies and optimizer + host
  ///
  /// Where kinds meet, both wait for the slower network of the two.
  MixedTime time(const MixedPlan& plan) const;
  /// The same with loads of the parts that are known, and with a lower bound of the pipeline.
  MixedTime time(const MixedPlan& plan, std::span<const LayerLoad> loads) const;
  MixedTime least_time(const MixedPlan& plan, std::span<const LayerLoad> loads) const;

  const TrainingEstimator& of(std::size_t kind) const { return estimators_[kind]; }

private:
  void add_stages(const MixedPlan& plan, std::span<const LayerLoad> loads, MixedTime& to) const;
  void add_endings(const MixedPlan& plan, std::span<const LayerLoad> loads, MixedTime& to) const;
  KindBorder border(const MixedPlan& plan, std::span<const LayerLoad> loads,
                    std::size_t before) const;

  std::span<const FleetKind> kinds_;
  std::vector<TrainingEstimator> estimators_;
};

/// Memory of the fullest device of a part whose first stage is `first` of the pipeline.
TrainingMemory part_memory(const TrainingSystem& system, const MixedPart& part, int first);

}  // namespace chokepoint
