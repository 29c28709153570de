#include "models/workload/training_job.hpp"

#include <cassert>

namespace chokepoint {

Segment next_segment(const TrainingJob& job, Tokens done, TokensPerSecond throughput) {
  assert(throughput > TokensPerSecond{});
  // Sums of segments are off by rounding; without slack a job would end in a segment of no length.
  constexpr double kSlack = 1e-12;
  const Tokens all = job.tokens.value;
  const Tokens left = all - done;
  if (left <= all * kSlack) return {};
  const Tokens to_checkpoint = throughput * job.checkpoint_period;
  if (left <= to_checkpoint) return {left, left / throughput};
  return {to_checkpoint, job.checkpoint_period};
}

Bytes checkpoint_size(const Transformer& model) {
  constexpr Bytes kPerParameter{2 + 4 + 4 + 4};
  return model.parameters.value * kPerParameter;
}

}  // namespace chokepoint
