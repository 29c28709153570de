#pragma once

#include "sim/measure/logs/log_source.hpp"
#include "sim/measure/logs/measurements.hpp"

namespace chokepoint {

/// Reads stages and summaries of inference-perf. Time per output token is the mean latency after
/// the first token over the other tokens: what the program calls so counts pieces of the stream, of
/// which there may be two a token.
void read_inference_perf(const LogSource& source, const StatedFacts& facts, Measurements& into,
                         Diagnostics& found);

/// Reads reports of GuideLLM, a run for each benchmark. Its inter-token latency is time per output
/// token here; what it calls time per output token counts the first token as well. Throughput, of
/// which its mean weighs pieces of time, counts where no time between tokens is stated. Source:
/// vllm-project/guidellm, src/guidellm/benchmark/schemas.
void read_guidellm(const LogSource& source, const StatedFacts& facts, Measurements& into,
                   Diagnostics& found);

/// Reads what AIPerf and GenAI-Perf export of a run. Times are in the unit that each states; one
/// that is not known is refused. Source: ai-dynamo/aiperf,
/// docs/tutorials/working-with-profile-exports.
void read_aiperf(const LogSource& source, const StatedFacts& facts, Measurements& into,
                 Diagnostics& found);

}  // namespace chokepoint
