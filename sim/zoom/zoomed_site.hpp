#pragma once

#include <vector>

#include "models/world.hpp"
#include "sim/zoom/zoomed_gangs.hpp"
#include "sim/zoom/zoomed_service.hpp"

namespace chokepoint {

/// A service on one pool, as it was played.
struct PlayedShare {
  ReplicaGroup group;
  Tokens
      demand;  ///< Asked of it: of what is asked of the service, as much as it has of the capacity.
  PlayedGroup played;
};

/// What a site did, node by node and request by request.
struct PlayedSite {
  std::vector<GangStay> stays;
  std::vector<PlayedShare> shares;  ///< Those that can serve, by service and pool.
  Tokens trained, served;
  Joules energy;  ///< PUE included.
};

/// Nodes of each pool that have power at the start of a study: what its stocks fill, as far as the
/// site's cap goes, pool after pool.
std::vector<NodeCount> powered_at_start(const World& study);

/// Plays a cluster study of one site from its start to its end. Power is
///
///   PUE * sum of full power of a node *
///     (idle share * powered nodes + (1 - idle share) * (nodes that train + nodes that serve * the
///     share of time in which they compute))
///
/// and a node that serves computes while a step of its replica goes on, however few requests are in
/// it. Requires: one site; demand of services by windows.
PlayedSite play_site(const World& study, const PlayBounds& bounds = {});

}  // namespace chokepoint
