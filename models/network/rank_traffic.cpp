#include "models/network/rank_traffic.hpp"

#include <cassert>
#include <optional>

namespace chokepoint {
namespace {

// In a binary tree whose odd ranks are leaves; nothing of rank 0, the root.
std::optional<std::uint32_t> parent_in_tree(std::uint32_t rank, std::uint32_t ranks) {
  if (rank == 0) return std::nullopt;
  const std::uint32_t lowest = rank & (~rank + 1);
  const std::uint32_t above = (rank ^ lowest) | (lowest << 1);
  return above < ranks ? above : rank ^ lowest;
}

// In the other tree, whose even ranks are leaves: mirrored, or one further where that leaves odd
// ones.
std::optional<std::uint32_t> parent_in_other(std::uint32_t rank, std::uint32_t ranks) {
  const bool is_mirrored = ranks % 2 == 0;
  const std::uint32_t as = is_mirrored ? ranks - 1 - rank : (rank + ranks - 1) % ranks;
  const auto parent = parent_in_tree(as, ranks);
  if (!parent) return std::nullopt;
  return is_mirrored ? ranks - 1 - *parent : (*parent + 1) % ranks;
}

// Down both trees, from parent to child, `share` over each edge.
std::vector<Traffic> tree_edges(std::uint32_t ranks, double share) {
  std::vector<Traffic> made;
  for (std::uint32_t rank = 0; rank < ranks; ++rank) {
    if (const auto one = parent_in_tree(rank, ranks)) made.push_back({*one, rank, share});
    if (const auto other = parent_in_other(rank, ranks)) made.push_back({*other, rank, share});
  }
  return made;
}

}  // namespace

std::vector<Traffic> ring_traffic(std::uint32_t ranks) {
  std::vector<Traffic> made;
  if (ranks < 2) return made;
  for (std::uint32_t i = 0; i < ranks; ++i) made.push_back({i, (i + 1) % ranks, 1.0});
  return made;
}

std::vector<Traffic> pair_traffic(std::uint32_t ranks) {
  std::vector<Traffic> made;
  for (std::uint32_t from = 0; from < ranks; ++from) {
    for (std::uint32_t step = 1; step < ranks; ++step) {
      made.push_back({from, (from + step) % ranks, 1.0 / (ranks - 1.0)});
    }
  }
  return made;
}

std::vector<Traffic> block_traffic(std::uint32_t ranks, std::uint32_t block) {
  assert(block >= 1 && ranks % block == 0);
  std::vector<Traffic> made;
  for (std::uint32_t from = 0; from < ranks; ++from) {
    const std::uint32_t first = from - from % block;
    if (block > 1) {
      made.push_back({from, first + (from + 1) % block, (block - 1.0) / (ranks - 1.0)});
    }
    for (std::uint32_t to = (from + block) % ranks; to != from; to = (to + block) % ranks) {
      made.push_back({from, to, block / (ranks - 1.0)});
    }
  }
  return made;
}

std::vector<Traffic> next_block_traffic(std::uint32_t ranks, std::uint32_t block) {
  assert(block >= 1 && ranks % block == 0);
  std::vector<Traffic> made;
  for (std::uint32_t from = 0; from < ranks; ++from) {
    const std::uint32_t first = from - from % block;
    if (block > 1) {
      made.push_back({from, first + (from + 1) % block, (block - 1.0) / (ranks - 1.0)});
    }
    if (ranks == block) continue;
    made.push_back({from, (from + block) % ranks, (double(ranks) - block) / (ranks - 1.0)});
  }
  return made;
}

std::vector<Traffic> double_tree_traffic(std::uint32_t ranks) {
  std::vector<Traffic> made = tree_edges(ranks, 0.25);
  const std::size_t down = made.size();
  for (std::size_t i = 0; i < down; ++i) {
    made.push_back({made[i].to, made[i].from, made[i].share});
  }
  return made;
}

std::vector<Traffic> down_tree_traffic(std::uint32_t ranks) {
  std::vector<Traffic> made;
  if (ranks < 2) return made;
  const std::uint32_t others = ranks - 1;
  for (const Traffic& edge : tree_edges(others, 0.5)) {
    made.push_back({edge.from + 1, edge.to + 1, edge.share});
  }
  for (std::uint32_t rank = 0; rank < others; ++rank) {
    if (!parent_in_tree(rank, others)) made.push_back({0, rank + 1, 0.5});
    if (!parent_in_other(rank, others)) made.push_back({0, rank + 1, 0.5});
  }
  return made;
}

std::vector<Traffic> scatter_traffic(std::uint32_t ranks) {
  std::vector<Traffic> made;
  for (std::uint32_t to = 1; to < ranks; ++to) made.push_back({0, to, 1.0 / (ranks - 1.0)});
  return made;
}

}  // namespace chokepoint
