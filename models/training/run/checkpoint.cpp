#include "models/training/run/checkpoint.hpp"

#include <cmath>

namespace chokepoint {

std::string_view name(CheckpointMode mode) {
  return mode == CheckpointMode::Blocking ? "blocking" : "asynchronous";
}

CheckpointCost checkpoint_cost(Bytes size, const GangSize& gang, CheckpointMode mode,
                               BytesPerSecond storage, BytesPerSecond snapshot) {
  const Seconds written = size / (storage * gang.nodes());
  if (mode == CheckpointMode::Blocking) return {written, Seconds{}, written};
  return {size / (snapshot * gang.devices), written, written};
}

Seconds young_daly_interval(Seconds stall, Seconds mean_to_interruption) {
  const double c = stall.value, m = mean_to_interruption.value;
  if (c >= 2 * m) return mean_to_interruption;
  const double ratio = c / (2 * m);
  return Seconds{std::sqrt(2 * c * m) * (1 + std::sqrt(ratio) / 3 + ratio / 9) - c};
}

}  // namespace chokepoint
