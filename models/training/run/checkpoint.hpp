#pragma once

#include "models/training/run/reliability.hpp"

namespace chokepoint {

/// Whether training waits until a checkpoint is written.
enum class CheckpointMode {
  Blocking,     ///< It does.
  Asynchronous  ///< It waits for a copy in memory of the servers, which is written behind it.
};

/// "blocking", "asynchronous".
std::string_view name(CheckpointMode mode);

/// What a checkpoint takes.
struct CheckpointCost {
  Seconds stall;  ///< Training waits.
  Seconds lag;    ///< From then until it is safe.
  Seconds read;   ///< To go on from it.
};

/// Of `size` bytes, written and read by all servers of the gang together, each its own part, at
/// `storage` each. Requires: rates positive.
///
///   blocking      stall = size / (nodes storage)
///   asynchronous  stall = size / (devices snapshot),  lag = size / (nodes storage)
CheckpointCost checkpoint_cost(Bytes size, const GangSize& gang, CheckpointMode mode,
                               BytesPerSecond storage, BytesPerSecond snapshot);

/// Training between two checkpoints at which most of the time is kept, where interruptions come at
/// random, M apart in the mean, and a checkpoint stalls for C:
///
///   sqrt(2 C M) (1 + sqrt(C / 2M) / 3 + C / 18M) - C,   for C < 2M;   else M
///
/// Within 1 % of the best goodput of all intervals, as a test says. 0 where C is.
/// Source: Daly, "A higher order estimate of the optimum checkpoint interval for restart dumps",
/// Future Generation Computer Systems 22, 2006, equation 37.
Seconds young_daly_interval(Seconds stall, Seconds mean_to_interruption);

}  // namespace chokepoint
