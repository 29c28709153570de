#pragma once

#include "models/training/training_system.hpp"

namespace chokepoint {

/// Kernels that the host launches for one layer and microbatch: ahead, for gradients of inputs with
/// what is recomputed before, and for gradients of weights.
struct LayerLaunches {
  double forward = 0, inputs = 0, weights = 0;

  double total() const { return forward + inputs + weights; }
};

/// So many, where nothing is fused beyond what stacks of training fuse and no graph is replayed;
/// mean of layers with experts and without. With F those of a forward pass:
///
///   F     4 products, 10 of norms, residuals, biases and activations, 1 of attention, 5 where
///         scores are kept, 2 exchanges of tensor parallelism; with experts 15 more: routing,
///         sorting tokens, products, two exchanges
///   all   3 F + 8 + F as often as it is recomputed: two kernels of gradients for one, one of them
///         of weights, and a sum of gradients for each tensor of weights
///
/// Source: counted in Megatron-LM's layers; vector work as vector_work() counts it.
LayerLaunches layer_launches(const TrainingSystem& system, const TrainingPlan& plan);

/// The same of both ends of a model: 22 forward, of embedding 6, a norm, logits and a loss over a
/// divided vocabulary in 32 bits, and twice as many backward.
inline constexpr double kLaunchesOfEnds = 3 * 22;

}  // namespace chokepoint
