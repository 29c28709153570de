#include "models/market/design_value.hpp"

#include <cmath>

namespace chokepoint {

double design_value(const DeviceSpec& device, const DesignWork& work, const DesignTaste& taste) {
  const bool has_speed = device.peaks.bf16 && device.memory && device.memory_bandwidth;
  if (!has_speed || !device.io_bandwidth) return 0.0;
  const double io = *device.io_bandwidth / 1_GBps;
  const auto factor = [&](TokensPerSecond rate, const Sourced<double>& elasticity,
                          const Sourced<double>& weight) {
    return std::pow(rate / TokensPerSecond{1.0} * std::pow(io, elasticity.value), weight.value);
  };
  return factor(training_throughput(work.transformer, work.training_sequence_tokens, device,
                                    work.attained),
                taste.training_io_elasticity, taste.training_weight) *
         factor(prefill_throughput(work.transformer, work.request, device, work.serving),
                taste.prefill_io_elasticity, taste.prefill_weight) *
         factor(decode_throughput(work.transformer, work.request, device, work.serving),
                taste.decode_io_elasticity, taste.decode_weight);
}

}  // namespace chokepoint
