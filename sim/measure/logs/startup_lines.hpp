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
/// it is what counts. Of several workers the smallest cache counts. Degrees of parallelism and
/// whether it speculates are read where the engine prints its arguments, "tensor_parallel_size=8"
/// or
/// "'tensor_parallel_size': 8": of vLLM also pipeline_parallel_size, data_parallel_size,
/// enable_expert_parallel and speculative_config; of SGLang tp_size, pp_size, dp_size, ep_size,
/// enable_dp_attention and speculative_algorithm. SGLang's tp_size counts all devices of a stage:
/// of 8 with dp_size 4 and attention divided, 2 are a group; where it is not divided, dp_size
/// counts engines, and the lines are those of one. A degree that is no whole number, or more than
/// there may be, is refused where it stands.
void read_startup_lines(const LogSource& source, const StatedFacts& facts, Measurements& into,
                        Diagnostics& found);

}  // namespace chokepoint
