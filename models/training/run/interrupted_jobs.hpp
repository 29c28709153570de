#pragma once

#include <cstdint>
#include <optional>

#include "models/training/run/checkpoint.hpp"

namespace chokepoint {

/// How training jobs of a world are stopped by what fails, and how they go on.
struct InterruptedJobs {
  std::optional<std::uint32_t> reliability;  ///< Index; unset: as the stack of a pool says.
  std::uint32_t recovery = 0;                ///< Index.
  double rate_factor = 1.0;                  ///< On all rates at which they stop; 0: they never do.
  CheckpointMode checkpoint_mode = CheckpointMode::Asynchronous;
  bool with_lemons = false;      ///< Servers that fail again and again are not sought.
  bool with_slow_nodes = false;  ///< Nor are those that are slow.
};

}  // namespace chokepoint
