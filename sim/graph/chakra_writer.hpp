#pragma once

#include <string>

#include "models/graph/operator_graph.hpp"
#include "models/graph/rank_match.hpp"

namespace chokepoint {

/// The bytes of a Chakra execution trace (MLCommons, version 0.0.4) of one rank: what read_chakra()
/// makes `graph` of again, up to whole operations, bytes and microseconds. `schema` says who writes
/// it. All that an operator waits for is a control dependence.
std::string chakra_bytes_of(const OperatorGraph& graph, const std::string& schema);

/// Groups as read_groups() reads them.
std::string groups_json(const RankGroups& groups);

}  // namespace chokepoint
