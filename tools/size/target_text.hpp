#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/serving/sizing/latency_bound.hpp"
#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// What a fleet is to keep.
struct SizeTarget {
  std::vector<LatencyBound> bounds;
  std::optional<double> rate;  ///< Requests a second; unset: not said.
};

/// Reads a target such as "ttft_p99<2s,tpot_p99<50ms,rate=100/s": bounds on ttft, tpot and e2e, on
/// the mean or p50, p90, p95 or p99, in a unit of time, and a rate in /s, /min or /h, from one
/// an hour to a million a second. Nothing, with all
/// errors at their places in "--target", where something is wrong, or no time is bound.
std::optional<SizeTarget> read_target(const std::string& text, Diagnostics& found);

/// Seconds of a unit of time: s, ms, us, min or m, h; nothing where it is none.
std::optional<double> seconds_of_unit(std::string_view word);

/// "TTFT p99", "mean TPOT".
std::string bound_name(const LatencyBound& bound);

/// "TTFT p99 < 2 s".
std::string bound_text(const LatencyBound& bound);

/// "1.24 s", "48.2 ms", "without end".
std::string latency_text(Seconds time);

}  // namespace chokepoint
