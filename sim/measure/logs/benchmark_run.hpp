#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "sim/measure/logs/measurements.hpp"

namespace chokepoint {

/// What a benchmark of a server measured of one load, whichever program wrote it. Unset: not said.
struct BenchmarkRun {
  std::string_view backend, model;
  std::string
      label;  ///< Of the run among those of its file; empty: it is the only one of its line.
  std::optional<double> completed, asked;      ///< Requests that succeeded, and in all.
  std::optional<double> prompt, output;        ///< Mean tokens of a request.
  std::optional<double> in_flight;             ///< At most; unset or 0: no limit.
  std::optional<double> mean_in_flight;        ///< Measured, by the benchmark itself.
  std::optional<double> rate;                  ///< Requests a second that were asked for.
  std::optional<double> achieved;              ///< Requests a second that were answered.
  std::optional<double> seconds;               ///< That it took in all.
  std::optional<Seconds> ttft, tpot, latency;  ///< Means over requests.
  std::optional<TokensPerSecond> output_rate;
  bool is_median = false;  ///< Times are medians, for want of means.
  Speculation speculation = Speculation::None;
  std::optional<double> drafted;  ///< Tokens an iteration, on average.
};

/// Requests in flight, on average: as many as the limit lets, where the client sends without a rate
/// and the limit was reached but for its first and last requests; else what was measured, or
/// Little's law says: requests a second times their mean latency, the limit at most. Medians of
/// latency do not make a law. Nothing where it is not known.
std::optional<double> requests_in_flight(const BenchmarkRun& run);

/// Adds the run as an experiment, completed by `facts`, or complains of what it lacks. `place` says
/// where a figure stands, by the name it has in the file.
void add_benchmark(const BenchmarkRun& run, const StatedFacts& facts,
                   const std::function<SourceLocation(std::string_view)>& place, Measurements& into,
                   Diagnostics& found);

}  // namespace chokepoint
