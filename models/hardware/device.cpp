#include "models/hardware/device.hpp"

#include <algorithm>

namespace chokepoint {

double tpp(const Peaks& peaks) {
  constexpr FlopsPerSecond kTera{1e12};
  double greatest = 0.0;
  const auto consider = [&](const std::optional<FlopsPerSecond>& peak, double bits) {
    if (peak) greatest = std::max(greatest, *peak / kTera * bits);
  };
  consider(peaks.fp64, 64);
  consider(peaks.fp32, 32);
  consider(peaks.tf32, 19);
  consider(peaks.bf16, 16);
  consider(peaks.headline_bf16, 16);
  consider(peaks.fp8, 8);
  consider(peaks.int8, 8);
  consider(peaks.fp4, 4);
  return greatest;
}

std::optional<double> performance_density(const DeviceSpec& device) {
  const double score = tpp(device.peaks);
  if (!device.die_area_mm2 || score == 0.0) return std::nullopt;
  return score / *device.die_area_mm2;
}

std::optional<FlopsPerSecond> peak_8bit(const Peaks& peaks) {
  if (peaks.fp8 && peaks.int8) return std::max(*peaks.fp8, *peaks.int8);
  if (peaks.fp8) return peaks.fp8;
  if (peaks.int8) return peaks.int8;
  return peaks.bf16;
}

}  // namespace chokepoint
