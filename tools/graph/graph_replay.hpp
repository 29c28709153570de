#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "models/graph/graph_play.hpp"
#include "sim/graph/chakra_file.hpp"
#include "sim/scenario/text/diagnostics.hpp"
#include "tools/graph/rank_placement.hpp"

namespace chokepoint {

/// Which execution traces are played, and how they are to be read.
struct GraphQuestion {
  std::vector<std::string> files;
  std::string groups;        ///< A JSON file of groups; empty: none.
  std::optional<int> ranks;  ///< In all; unset: as traces and groups name, or one per device.
  ChakraUnits units;
  bool as_recorded = false;  ///< What was recorded takes as long as it did.
};

/// Traces that were read.
struct LoadedGraphs {
  std::vector<OperatorGraph> graphs;  ///< By rank.
  RankGroups groups;
  int ranks = 1;  ///< In all.
  std::string schema;
  bool counts_multiply_adds = false;
  double bytes_per_unit = 1;
  std::size_t without_time = 0, unknown_parents = 0;
};

/// Reads them; nothing after errors, which are in `found`. Where names do not all end in ranks of
/// their own, files are ranks in their order. `devices`: how many ranks there are at most.
std::optional<LoadedGraphs> load_graphs(const GraphQuestion& question, int devices,
                                        Diagnostics& found);

/// What operators of one kind take.
struct KindSum {
  std::size_t count = 0;
  Seconds time;
  Flops operations;
  Bytes bytes;
};

/// A step that was played.
struct GraphAnswer {
  std::vector<PlayedRank> ranks;
  Seconds step;           ///< Until the last rank ends.
  Seconds longest_chain;  ///< Of what waits for each other in one rank: none is faster.
  std::size_t operators = 0;
  std::map<std::string, KindSum> kinds;  ///< "compute", "all-reduce" ...; over all ranks given.
  double of_peak = 0;  ///< Operations over what datasheets have, while the step lasts.
};

/// Plays them. Requires: ranks on `placement`.
std::variant<GraphAnswer, PlayComplaint> replay_graphs(const LoadedGraphs& loaded,
                                                       const RankPlacement& placement,
                                                       bool as_recorded);

}  // namespace chokepoint
