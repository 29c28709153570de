#pragma once

#include <functional>
#include <span>
#include <variant>
#include <vector>

#include "models/graph/operator_graph.hpp"
#include "models/graph/rank_match.hpp"

namespace chokepoint {

/// From when until when an operator runs. A receive runs from when it is ready.
struct PlayedOperator {
  Seconds begins, ends;
};

/// What one rank does over time.
struct PlayedRank {
  std::vector<PlayedOperator> operators;  ///< In the order of the graph.
  Seconds ends;
  Seconds computing;      ///< The device or its memory works.
  Seconds communicating;  ///< Messages are on the way.
  Seconds exposed;        ///< The same while the device does nothing.
};

/// How long an operator of the graph at place `graph` takes once it runs: of a receive, how long
/// its message is on the way where nobody is there to send it.
using OperatorTime = std::function<Seconds(std::size_t graph, const Operator& which)>;

/// Plays ranks together. A device runs one operator at a time, of those that are ready the one of
/// the lowest id; so does each thread of its host. A rank's collectives of one group run one at a
/// time, beside its computing. An exchange, as match_ranks() has them, starts when the last of its
/// ranks is ready and free, and takes what the slowest takes. Ranks that are not given are ready
/// with those that are. A receive ends when its send does.
///
/// A complaint where ranks do not match, or some wait for ever. Requires: no circle in any graph,
/// ranks distinct, times not negative.
std::variant<std::vector<PlayedRank>, PlayComplaint> play(std::span<const OperatorGraph> graphs,
                                                          const RankGroups& groups,
                                                          const OperatorTime& time_of);

}  // namespace chokepoint
