#pragma once

#include "chokepoint/v1/logs.pb.h"
#include "sim/measure/logs/log_source.hpp"
#include "sim/measure/logs/measurements.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Reads result files of `vllm bench serve --save-result` and lines of SGLang's bench_serving. A
/// load without a limit of requests in flight has as many as Little's law says: requests a second
/// times their mean latency. Means are taken; medians, with a warning, where there are none.
void read_benchmark_json(const LogSource& source, const StatedFacts& facts, Measurements& into,
                         Diagnostics& found);

/// Reads the summary that both print: lines of "Mean TTFT (ms):   12.3" under a heading "Serving
/// Benchmark Result", as often as it comes.
void read_benchmark_summary(const LogSource& source, const StatedFacts& facts, Measurements& into,
                            Diagnostics& found);

}  // namespace chokepoint
