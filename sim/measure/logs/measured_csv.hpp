#pragma once

#include "sim/measure/logs/log_source.hpp"
#include "sim/measure/logs/measurements.hpp"

namespace chokepoint {

/// Reads a table with the columns of scenarios/measured, a metric a row: tpot_mean, ttft_mean,
/// output_throughput_total, output_throughput_per_chip or kv_cache_tokens. Rows of one `id` (but
/// for the name of the metric at its end) are one run; without ids each row is one. Blank cells are
/// filled from `facts`. Requests in flight that a run online does not state follow from its
/// throughput and both times by Little's law, with a warning, or are asked for; offline none stated
/// are as many as fit. Numbers beyond what their columns may hold are refused. Rows that are left
/// out, or not usable, are passed over.
void read_serving_csv(const LogSource& source, const StatedFacts& facts, Measurements& into,
                      Diagnostics& found);

/// Reads a table of training runs, a run a row: chip_id, model_id, chips, seq_len, and tokens_per_s
/// (of all devices), or iteration_time_s with global_batch, or tflops_per_chip. Blank cells are
/// filled from `facts`.
void read_training_csv(const LogSource& source, const StatedFacts& facts, Measurements& into,
                       Diagnostics& found);

}  // namespace chokepoint
