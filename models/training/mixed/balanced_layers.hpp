#pragma once

#include <span>
#include <vector>

#include "models/units.hpp"

namespace chokepoint {

/// A stage of a pipeline that layers are given to.
struct StageRoom {
  Seconds of_layer;  ///< Of one layer and microbatch, both directions.
  Seconds beside;    ///< Of what else the stage does: its end of the model, hand-overs.
  int most = 0;      ///< Layers that its memory holds.
};

/// Layers of each stage, at least one, such that the slowest stage is as fast as can be; where
/// several stages would do, the latest has one more. Empty where they do not fit.
std::vector<int> balanced_layers(std::span<const StageRoom> stages, int layers);

}  // namespace chokepoint
