#pragma once

#include "models/training/mixed/mixed_plan.hpp"
#include "tests/models/training/random_training.hpp"

namespace chokepoint::any {

/// Two systems with one model: on H100 both, the second one's parts at random as well, and slower
/// or faster by a factor at random.
struct TwoSystems {
  TrainingParts first, second;

  TwoSystems() {
    second.model = first.model;
    const double factor = number(0.3, 2);
    second.device.name = "other";
    second.device.peaks.bf16 = *second.device.peaks.bf16 * factor;
    second.links.scaleout = second.links.scaleout * number(0.3, 2);
  }

  std::vector<TrainingSystem> systems() const { return {first.system(), second.system()}; }
};

/// A mix of two kinds that takes `systems`' model; both parts with one data parallelism.
inline MixedPlan mixed_plan(const Transformer& model) {
  MixedPlan made;
  TrainingPlan common;
  common.data = power_of_two(8);
  common.sequence = 4096;
  common.microbatch = power_of_two(4);
  common.global_batch = common.data * common.microbatch * *rc::gen::inRange(1, 40);
  const int layers = static_cast<int>(model.layers);
  const int first = *rc::gen::inRange(1, 4), second = *rc::gen::inRange(1, 4);
  common.pipeline = first + second;
  for (std::size_t kind = 0; kind < 2; ++kind) {
    MixedPart part{kind, common, {}};
    part.plan.tensor = power_of_two(8);
    part.plan.zero = common.data > 1 ? (chance() ? 1 : 3) : 0;
    part.plan.recompute = static_cast<Recompute>(*rc::gen::inRange(0, 3));
    part.layers.assign(static_cast<std::size_t>(kind == 0 ? first : second), 1);
    made.parts.push_back(std::move(part));
  }
  for (int left = layers - first - second; left > 0; --left) {
    auto& part = made.parts[chance() ? 1 : 0];
    ++part.layers[static_cast<std::size_t>(
        *rc::gen::inRange(0, static_cast<int>(part.layers.size())))];
  }
  return made;
}

}  // namespace chokepoint::any
