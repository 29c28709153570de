#pragma once

#include "sim/measure/logs/log_source.hpp"
#include "sim/measure/logs/measurements.hpp"

namespace chokepoint {

/// Reads what an engine says of its memory when it starts, one start a file:
///
///   vLLM    "GPU KV cache size: 412,736 tokens", "Maximum concurrency for 40,960 tokens per
///           request: 10.08x", "model weights take 14.99 GiB", "Model loading took 14.99 GiB"
///   SGLang  "max_total_num_tokens=456789", "KV Cache is allocated. #tokens: 456789",
///           "mem usage=14.99 GB" of loaded weights
///
/// Caches of some layers alone make tokens times bytes a fiction; where the concurrency is stated
/// it is what counts. Of several workers the smallest cache counts. Ranks are read where the engine
/// prints its arguments ("tensor_parallel_size=8", "tp_size=8").
void read_startup_lines(const LogSource& source, const StatedFacts& facts, Measurements& into,
                        Diagnostics& found);

}  // namespace chokepoint
