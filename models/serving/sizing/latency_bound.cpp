#include "models/serving/sizing/latency_bound.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "models/serving/nanoseconds.hpp"

namespace chokepoint {
namespace {

constexpr Nanoseconds kWithoutEnd = std::numeric_limits<Nanoseconds>::max();
constexpr double kWholeWithin = 1e-9;  // Of a count, so that 0.99 of 100 is 99.

Seconds seconds_of(Nanoseconds time) {
  if (time == kWithoutEnd) return Seconds{std::numeric_limits<double>::infinity()};
  return to_seconds(time);
}

}  // namespace

std::string_view name(LatencyMetric metric) {
  switch (metric) {
    case LatencyMetric::Ttft:
      return "ttft";
    case LatencyMetric::Tpot:
      return "tpot";
    case LatencyMetric::E2e:
      return "e2e";
  }
  return "";
}

bool has_latency(LatencyMetric metric, std::uint32_t output) {
  return metric != LatencyMetric::Tpot || output > 1;
}

Nanoseconds latency_of(LatencyMetric metric, const RequestTimes& times, std::uint32_t output) {
  switch (metric) {
    case LatencyMetric::Ttft:
      return ttft_of(times);
    case LatencyMetric::Tpot:
      return tpot_of(times, output);
    case LatencyMetric::E2e:
      return times.last - times.arrival;
  }
  return 0;
}

void Latencies::add(const RequestTimes& times, std::uint32_t output) {
  for (std::size_t i = 0; i < kLatencyMetrics; ++i) {
    const auto metric = static_cast<LatencyMetric>(i);
    if (has_latency(metric, output)) of_[i].push_back(latency_of(metric, times, output));
  }
}

void Latencies::add_undelivered() {
  for (auto& times : of_) times.push_back(kWithoutEnd);
}

Seconds Latencies::figure(const LatencyBound& bound) const {
  std::vector<Nanoseconds> times = of_[static_cast<std::size_t>(bound.metric)];
  if (times.empty()) return {};
  if (!bound.quantile) {
    double sum = 0;
    for (const Nanoseconds time : times) sum += seconds_of(time).value;
    return Seconds{sum / static_cast<double>(times.size())};
  }
  const std::int64_t count = std::ssize(times);
  const std::int64_t at = count - 1 - allowed_to_exceed(*bound.quantile, count);
  std::nth_element(times.begin(), times.begin() + at, times.end());
  return seconds_of(times[static_cast<std::size_t>(at)]);
}

std::int64_t allowed_to_exceed(double quantile, std::int64_t count) {
  assert(quantile > 0 && quantile < 1);
  const double within = std::ceil(quantile * static_cast<double>(count) - kWholeWithin);
  return count - std::max<std::int64_t>(static_cast<std::int64_t>(within), 1);
}

}  // namespace chokepoint
