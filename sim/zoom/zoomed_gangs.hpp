#pragma once

#include <vector>

#include "models/cluster/device_nodes.hpp"
#include "models/world.hpp"

namespace chokepoint {

/// A gang of nodes that trained, from when until when.
struct GangStay {
  JobId job;
  PoolId pool;
  std::vector<NodeShare> nodes;  ///< Which ones of those that train, all of their devices.
  Seconds from, until;           ///< Since the start; `until` no later than the end of the play.
  Tokens trained;
};

/// Plays the training jobs of a cluster study, node by node, until its end: each waits in one queue
/// until its turn, takes whole nodes of the first of its pools that has enough of them free beside
/// those that serve, and keeps them until all its tokens are trained. `powered[i]`: nodes of pool
/// i. Stays in order of their start.
///
/// Nothing fails. No clock but its own: it has in common with the engine of long runs who comes
/// next and which pool is tried first, place_head(), and nothing else.
std::vector<GangStay> play_gangs(const World& study, const std::vector<NodeCount>& powered);

}  // namespace chokepoint
