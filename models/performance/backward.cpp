#include "models/performance/backward.hpp"

#include <cassert>

namespace chokepoint {
namespace {

// Of scores, per forward: recomputed as far as exponentiated (3 operations of 5), then multiply,
// subtract and scale; kept, these three alone.
constexpr double kRecomputedSoftmax = 6.0 / 5, kKeptSoftmax = 3.0 / 5;
// Norms, activations and rotary embedding: gradients to inputs and to what scales them.
constexpr double kVectorOperations = 2, kVectorPasses = 3.0 / 2;

// Writes the gradient of each weight and reads it to add it to the sum over microbatches, which is
// read and written; or reads and writes that sum alone, where the kernel adds to it.
Bytes gradient_traffic(double weights, const GradientFormat& gradients) {
  return Bytes{weights * 2 * (gradients.bytes + gradients.accumulated_bytes)};
}

OperatorWork scaled(const OperatorWork& forward, double matrix, double vector, double traffic) {
  OperatorWork work = forward;
  work.matrix = forward.matrix * matrix;
  work.repeated = forward.repeated * matrix;
  work.vector = forward.vector * vector;
  work.traffic = forward.traffic * traffic;
  return work;
}

}  // namespace

OperatorWork backward(const OperatorWork& forward, const GradientFormat& gradients) {
  switch (forward.kernel) {
    case Kernel::DenseGemm:
    case Kernel::GroupedGemm: {
      OperatorWork work = scaled(forward, 2, 2, 1);
      work.traffic += gradient_traffic(forward.weights, gradients);
      return work;
    }
    case Kernel::AttentionPrefill:
      return gradients.scores == Scores::Recomputed ? scaled(forward, 2.5, kRecomputedSoftmax, 2.5)
                                                    : scaled(forward, 2, kKeptSoftmax, 2);
    case Kernel::Vector:
      return scaled(forward, 1, kVectorOperations, kVectorPasses);
    case Kernel::Gather: {
      // Half of what the forward pass moved comes back; one addition per value.
      OperatorWork work = scaled(forward, 1, 1, 0.5);
      work.vector = Flops{forward.weights};
      work.traffic += gradient_traffic(forward.weights, gradients);
      return work;
    }
    case Kernel::AttentionDecode:
    case Kernel::Collective:
    case Kernel::Host:
      break;
  }
  assert(false);
  return {};
}

}  // namespace chokepoint
