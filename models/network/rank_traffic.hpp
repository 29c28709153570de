#pragma once

#include <cstdint>
#include <vector>

namespace chokepoint {

/// What goes from one rank or device to another, as a share of what a rank sends in all.
struct Traffic {
  std::uint32_t from = 0, to = 0;
  double share = 0.0;

  bool operator==(const Traffic&) const = default;
};

/// Who sends to whom among `ranks` of them, numbered from 0; none sends more than 1 in all, and
/// none gets more than 1. Aggregated: a pair is listed once, however many messages it exchanges.
/// Nothing among one rank.

/// Each to the next, the last to the first.
std::vector<Traffic> ring_traffic(std::uint32_t ranks);

/// Each to all others alike.
std::vector<Traffic> pair_traffic(std::uint32_t ranks);

/// As pair_traffic(), of ranks in blocks of `block`, with the same bytes to and from each rank and
/// between any two blocks: to the rank at the same place of each other block what is for that
/// block, to the next of the own block what is for that. Requires: `block` divides `ranks`.
std::vector<Traffic> block_traffic(std::uint32_t ranks, std::uint32_t block);

/// As block_traffic(), with all that leaves a block going to the next one: the same bytes to and
/// from each rank and each block, a flow or two for each rank. Requires: `block` divides `ranks`.
std::vector<Traffic> next_block_traffic(std::uint32_t ranks, std::uint32_t block);

/// Up and down two binary trees with half of the message in each; inner ranks of one are leaves of
/// the other. Rank 0 is the root of the first.
/// Source: Sanders, Speck, Traff, Parallel Computing 35(12), 2009; built as NCCL does.
std::vector<Traffic> double_tree_traffic(std::uint32_t ranks);

/// From rank 0 to the roots of such trees over the others, and down them.
std::vector<Traffic> down_tree_traffic(std::uint32_t ranks);

/// From rank 0 to all others alike.
std::vector<Traffic> scatter_traffic(std::uint32_t ranks);

}  // namespace chokepoint
