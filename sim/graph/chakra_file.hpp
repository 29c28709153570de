#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/graph/operator_graph.hpp"
#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// What a Chakra file does not say of its numbers, since its schema has no units.
struct ChakraUnits {
  /// A multiply-add of `num_ops` is one. Unset: where the writer is known to count so.
  std::optional<bool> multiply_adds;
  /// Bytes of one unit of sizes. Unset: 2 where the writer is known to count values, else 1.
  std::optional<double> bytes_per_unit;
};

/// One rank's execution trace.
struct ChakraRank {
  OperatorGraph graph;
  std::string schema;  ///< As the file states it; empty where it does not.
  bool counts_multiply_adds = false;
  double bytes_per_unit = 1;
  std::size_t unknown_parents = 0;  ///< Control dependences on nodes that are not there.
  std::size_t without_time = 0;     ///< Operators that compute and say neither work nor a duration.
};

/// The rank that a file's name ends in, "step.3.et", "rank3.et"; nothing where it has none.
std::optional<int> rank_in_name(const std::string& file);

/// Reads the bytes of a Chakra execution trace (MLCommons): metadata and nodes, each after its
/// length. Attributes are by name: of computing `num_ops`, `tensor_size`, `is_cpu_op`, `tid`, and
/// ours `rate_share`, that of the rate of large products which the operator attains; of
/// collectives `comm_type`, `comm_size`, `pg_name`; of messages `comm_size`, `comm_src`,
/// `comm_dst`, `comm_tag`. The writer that calls its schema "symbolic_tensor_network" counts
/// multiply-adds once and sizes in values, and what goes into an operator apart from what comes
/// out.
///
/// Nothing after errors, which are in `found` with the number of the message in the place of a
/// line: no messages, one that is cut off or cannot be read, ids that are there twice, operators
/// whose data come from one that is not there, or that wait in a circle, sizes that are no numbers
/// or negative.
std::optional<ChakraRank> read_chakra(std::string_view bytes, const std::string& file, int rank,
                                      const ChakraUnits& units, Diagnostics& found);

}  // namespace chokepoint
