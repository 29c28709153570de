#pragma once

#include "sim/measure/logs/log_source.hpp"
#include "sim/measure/logs/measurements.hpp"

namespace chokepoint {

/// Reads the iteration lines of Megatron, one run a file:
///
///   iteration 20/ 100 | ... | elapsed time per iteration (ms): 1234.5 | throughput per GPU
///   (TFLOP/s/GPU): 400.1 | ... | global batch size: 128 | ...
///
/// Devices and length of a sequence are read where Megatron prints its arguments ("world_size ....
/// 8", "seq_length .... 4096"). The median over lines counts: of those at the global batch size of
/// the last line, since a batch that ramps up keeps devices busy less, without the first of
/// several, in which things warm up. How many lines are passed over is a warning.
void read_megatron_lines(const LogSource& source, const StatedFacts& facts, Measurements& into,
                         Diagnostics& found);

/// Reads the ":::MLLOG" lines of MLPerf Training, one run a file: the median of the throughputs of
/// "tracked_stats", in samples a second; else the samples between the first and the last event that
/// counts them ("samples_count") over the time between. "max_sequence_length" is read.
void read_mlperf_lines(const LogSource& source, const StatedFacts& facts, Measurements& into,
                       Diagnostics& found);

}  // namespace chokepoint
