#pragma once

#include <cstddef>
#include <vector>

#include "models/supply/stage_graph.hpp"

namespace chokepoint {

/// What the stages of one need of a bill are worth to it, and how much of them it may have.
struct NeedWorth {
  DevicesPerUnit worth;
  /// As ComponentGraph::stages(): of what the device has of a stage. 1 where no other need of the
  /// bill draws on it; else as one device takes of it, so that the parts of all needs add up to 1.
  std::vector<double> part;
};

/// By need of bill number `bill`, where stage s has the yield `yields[s]`.
std::vector<NeedWorth> need_worths(const StageGraph& graph, std::size_t bill,
                                   const std::vector<double>& yields);

}  // namespace chokepoint
