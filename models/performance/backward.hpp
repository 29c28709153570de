#pragma once

#include "models/performance/kernel.hpp"

namespace chokepoint {

/// What the backward pass of attention has of the scores.
enum class Scores {
  Recomputed,  ///< Once more from queries and keys, tile by tile, as flash attention does.
  Kept         ///< From the forward pass, in memory.
};

/// How gradients are kept.
struct GradientFormat {
  double bytes = 2;  ///< Of one value as a kernel writes it: 2 in bf16, 4 in fp32.
  /// Of one value of the buffer that sums gradients over microbatches, which each of these reads
  /// and writes: 4 in fp32. 0: the kernel adds to what it reads and writes in `bytes` itself.
  double accumulated_bytes = 4;
  Scores scores = Scores::Recomputed;
};

/// Work of the backward pass of one operator, given that of its forward pass on the same device and
/// tokens. Whether the forward pass is done once more before it, for the whole layer or for parts,
/// is for the schedule of a training step to say: here nothing of it but scores.
///
///   matrix products       two for one, the gradients of inputs and of weights; weights are read
///                         again, their gradients written and added up
///   attention of prompts  five products of scores for two where scores are recomputed, else four
///   vector work           3 passes for 2: gradient of the output and input in, gradient out
///   gathered rows         added to the gradients of the table
///
/// Devices share it as they share the forward pass, so that `repeated` grows as `matrix` does.
/// Requires: a kernel of these. Nothing trains by decoding; exchanges and the host are not
/// operators. Source: Narayanan et al., SC 2021, for products; Dao, FlashAttention-2, 2023, for 2.5
/// times.
OperatorWork backward(const OperatorWork& forward, const GradientFormat& gradients);

}  // namespace chokepoint
