#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "models/serving/tally.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Times of a request that targets are set for.
enum class LatencyMetric {
  Ttft,  ///< Arrival to first token.
  Tpot,  ///< Between two tokens, the first excluded.
  E2e    ///< Arrival to last token.
};
inline constexpr std::size_t kLatencyMetrics = 3;

/// "ttft", "tpot", "e2e".
std::string_view name(LatencyMetric metric);

/// What is promised of one of them over all requests.
struct LatencyBound {
  LatencyMetric metric = LatencyMetric::Ttft;
  std::optional<double> quantile;  ///< In (0, 1); unset: of the mean.
  Seconds most;                    ///< Positive.

  bool operator==(const LatencyBound&) const = default;
};

/// Whether a request of so many tokens has such a time: one token has none between two.
bool has_latency(LatencyMetric metric, std::uint32_t output);

/// The time of a request that was delivered. Requires: output >= 1.
Nanoseconds latency_of(LatencyMetric metric, const RequestTimes& times, std::uint32_t output);

/// Times of requests, every one that has them, so that quantiles are exact. A request that was not
/// delivered took without end.
class Latencies {
public:
  void add(const RequestTimes& times, std::uint32_t output);
  void add_undelivered();

  std::int64_t count() const { return std::ssize(of_.front()); }
  /// What a bound is on: the least time that at least the share `quantile` does not exceed, or the
  /// mean. Infinite where requests that were not delivered weigh in; 0 of no requests.
  Seconds figure(const LatencyBound& bound) const;

private:
  std::array<std::vector<Nanoseconds>, kLatencyMetrics> of_;
};

/// Requests of `count` that may exceed a quantile's bound: the figure is then still within it.
std::int64_t allowed_to_exceed(double quantile, std::int64_t count);

}  // namespace chokepoint
