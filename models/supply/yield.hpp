#pragma once

#include "models/sourced.hpp"

namespace chokepoint {

/// The share of a stage's input that comes out good, and how fast it learns.
struct Yield {
  Sourced<double> start = {1.0, {}};    ///< In [0, ceiling].
  Sourced<double> ceiling = {1.0, {}};  ///< In [start, 1].
  Sourced<double> experience;           ///< Input that closes 1 - 1/e of the gap; 0: no learning.
};

/// Share of good units after `processed` units have gone through the stage:
///
///   ceiling - (ceiling - start) exp(-processed / experience)
///
/// Never falls with `processed`; in [start, ceiling]. The ceiling where there is nothing to learn.
/// Requires: processed >= 0.
double yield_after(const Yield& yield, double processed);

}  // namespace chokepoint
