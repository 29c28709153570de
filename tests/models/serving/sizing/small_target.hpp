#pragma once

#include <memory>
#include <vector>

#include "models/serving/sizing/fleet_size.hpp"
#include "models/serving/sources/open_loop.hpp"
#include "tests/models/serving/small_loads.hpp"

namespace chokepoint {

/// Poisson arrivals of log-normal lengths round those of `service`.
inline SizingLoad small_sizing_load(const SmallService& service, double spread = 0.3) {
  SizingLoad load;
  const double prompt = service.prompt.value, output = service.output.value;
  load.at = [=](const LoadDraw& draw) -> std::unique_ptr<RequestSource> {
    const LengthStep lengths{Seconds{0}, Lengths::lognormal(prompt, spread, 1 << 20),
                             Lengths::lognormal(output, spread, 1 << 20)};
    return std::make_unique<OpenLoop>(constant_rate(draw.rate * draw.share), std::vector{lengths},
                                      draw.seed, "small");
  };
  return load;
}

inline LatencyBound p99(LatencyMetric metric, double seconds) {
  return {metric, 0.99, Seconds{seconds}};
}

inline std::vector<LatencyBound> ttft_and_tpot(double ttft, double tpot) {
  return {p99(LatencyMetric::Ttft, ttft), p99(LatencyMetric::Tpot, tpot)};
}

/// A service that is sized: llama_8b on H100 in 8 bits, replicas of up to 64 devices.
struct SmallSizing {
  explicit SmallSizing(const SmallService& of = {}) : service(of), task(service.task()) {}

  std::variant<SizedFleet, NoFleet> sized(double rate, const std::vector<LatencyBound>& bounds,
                                          double spread = 0.3) const {
    const SizingLoad load = small_sizing_load(service, spread);
    return least_fleet(choice(), load, rate, bounds);
  }
  std::int64_t devices(double rate, const std::vector<LatencyBound>& bounds) const {
    return std::get<SizedFleet>(sized(rate, bounds)).devices();
  }
  SizingChoice choice() const { return {task, precisions, service.options, 8}; }

  SmallService service;
  ServingTask task;
  std::vector<Precision> precisions = {uniform_precision(NumericFormat::Fp8, NumericFormat::Fp8)};
};

}  // namespace chokepoint
