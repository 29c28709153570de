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

/// Fractions of roofs on one device: of its own stack, of the reference device's, and of the stack
/// that an engine leans towards, where it does.
struct StackFractions {
  const Attained& own;
  const Attained& reference;
  const Attained& towards;
};

/// True where the coefficients of `engine` were fitted on other stacks than those that it is
/// assumed on: it names several, and is what all engines share, or was fitted to nothing.
bool is_borrowed(const ServingEngine& engine);

/// What serving attains on a device whose stack `engine` is assumed on. Keeps all where the engine
/// is not borrowed; else
///
///   prefill = min(1, (gemm * prefill system) of own / the same of those measured)
///   decode  = min(1, (memory stream * decode system) of own / the same of those measured)
///
/// The ratio says how a stack that nobody measured stands to those that its coefficients are from,
/// and nothing of the level. `stacks` has the fractions of roofs that its own stack attains on this
/// device, that of the reference device, and `engine.towards`. Where the coefficients lie a share h
/// of the way from all engines to those on that stack, what was measured is
///
///   reference^(1 - h) * towards^h
///
/// so that nothing a stack loses counts twice.
ServingAttained serving_attained(const ServingEngine& engine, const StackFractions& stacks);

}  // namespace chokepoint
