#pragma once

#include <optional>
#include <string>

#include "models/units.hpp"

namespace chokepoint {

/// One training run, with what was measured of its speed.
struct TrainingRun {
  std::string id, device, model;
  double devices = 0;
  double sequence = 0;  ///< Tokens of a sequence.
  /// Of one device; nothing where only FLOPs were measured.
  std::optional<TokensPerSecond> rate;
  /// Model FLOPs of one device, as the program that trains counts them.
  std::optional<FlopsPerSecond> flops;
  int steps = 0;  ///< That its figures are the median of; 0: not stated.
};

}  // namespace chokepoint
