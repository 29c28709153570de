#pragma once

#include "models/hardware/device.hpp"
#include "models/performance/serving_engine.hpp"
#include "models/software/stack.hpp"

namespace chokepoint {

/// What serving attains on one device with its stack.
struct ServingAttained {
  Coefficients coefficients;  ///< Of the engine that is assumed on the stack.
  /// What the stack keeps of the rates that these give, in (0, 1]. 1 where they were fitted to runs
  /// on it: what it loses is in them.
  Sourced<double> prefill{1.0, {}}, decode{1.0, {}};

  bool operator==(const ServingAttained&) const = default;
};

/// True where the coefficients of `engine` were fitted on other stacks than those that it is
/// assumed on: it names several, and is what all engines share, or was fitted to nothing.
bool is_borrowed(const ServingEngine& engine);

/// What serving attains on a device whose stack `engine` is assumed on. Keeps all where the engine
/// is not borrowed; else
///
///   prefill = min(1, (gemm * prefill system) of own / the same of reference)
///   decode  = min(1, (memory stream * decode system) of own / the same of reference)
///
/// `own` and `reference` are the fractions of roofs that its stack and that of the reference device
/// attain on this device: the ratio says how a stack that nobody measured stands to one that was,
/// and nothing of the level.
ServingAttained serving_attained(const ServingEngine& engine, const Attained& own,
                                 const Attained& reference);

}  // namespace chokepoint
