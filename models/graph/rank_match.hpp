#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "models/graph/operator_graph.hpp"

namespace chokepoint {

/// One operator of one of several graphs.
struct OperatorPlace {
  std::uint32_t graph = 0, place = 0;

  auto operator<=>(const OperatorPlace&) const = default;
};

/// Why ranks cannot be played together, in words for people.
struct PlayComplaint {
  std::string message;
};

/// The ranks of each group; a group that is not there is all ranks.
using RankGroups = std::map<std::string, std::vector<int>>;

/// What operators of several ranks are one exchange.
struct MatchedRanks {
  std::vector<std::vector<OperatorPlace>> collectives;  ///< Those who take part in each.
  std::map<OperatorPlace, std::size_t> collective_of;
  std::map<OperatorPlace, OperatorPlace> receive_of;  ///< Of a send.
  std::map<OperatorPlace, OperatorPlace> send_of;     ///< Of a receive whose peer is given.
};

/// The k-th collective of a group, in order of ids, is one exchange of all ranks of the group that
/// are given; the k-th receive of a tag belongs to the k-th send of that tag by its peer. A
/// complaint where ranks of a group have different collectives, or nobody sends what is awaited.
/// Requires: ranks distinct.
std::variant<MatchedRanks, PlayComplaint> match_ranks(std::span<const OperatorGraph> graphs,
                                                      const RankGroups& groups);

}  // namespace chokepoint
