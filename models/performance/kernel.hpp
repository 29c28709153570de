#pragma once

#include <array>
#include <cstddef>

#include "models/units.hpp"

namespace chokepoint {

/// What kind of work a kernel does. Time is told by these.
enum class Kernel {
  DenseGemm,         ///< Projections, MLPs, shared experts, head.
  GroupedGemm,       ///< Routed experts.
  AttentionPrefill,  ///< Scores and values of a prompt.
  AttentionDecode,   ///< Scores and values of one new token per sequence: reads the cache.
  Vector,            ///< Norms, rotary embedding, activations, quantization, residuals.
  Gather,            ///< Embedding rows.
  Collective,        ///< Exchange between devices.
  Host               ///< Launches, scheduling, sampling.
};
inline constexpr std::size_t kKernels = 8;

/// What time is spent on.
enum class Limit { Matrix, Vector, Memory, Link, Overhead };
inline constexpr std::size_t kLimits = 5;

/// Shape of the matrix products of an operator on one device, beside its rows.
struct ProductShape {
  double products = 1;  ///< Of equal shape in one launch: experts that are reached.
  double columns = 0;   ///< Outputs of each, the mean by depth of several; 0: not known.
  double depth = 0;     ///< Inputs of each, the mean.
};

/// Work of one operator of one layer on one device.
struct OperatorWork {
  Kernel kernel = Kernel::DenseGemm;
  Flops matrix;   ///< On matrix units; multiply and add count as two.
  Flops vector;   ///< On vector units.
  Bytes traffic;  ///< Between device memory and the chip.
  Flops
      repeated;  ///< Part of `matrix` that other devices of the group do as well: beyond 1/shards.
  double rows = 0;  ///< Tokens of each matrix product: what saturates a matrix unit.
  ProductShape shape = {};
  double weights = 0;  ///< Values of weights that it reads here: what training has gradients of.
  double launches =
      1;  ///< Kernels that it is where none are fused: what falls back waits for each.
};

/// What the model asks of this device: without the work that others repeat.
constexpr Flops model_flops(const OperatorWork& work) {
  return work.matrix - work.repeated;
}

}  // namespace chokepoint
