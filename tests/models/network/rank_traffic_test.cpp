#include "models/network/rank_traffic.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <set>

namespace chokepoint {
namespace {

struct RankSums {
  std::vector<double> sent, got;
};

RankSums sums_of(const std::vector<Traffic>& traffic, std::uint32_t ranks) {
  RankSums sums{std::vector<double>(ranks), std::vector<double>(ranks)};
  for (const Traffic& each : traffic) {
    CHECK(each.from != each.to);
    sums.sent.at(each.from) += each.share;
    sums.got.at(each.to) += each.share;
  }
  return sums;
}

// Ranks that rank 0 reaches over edges of `traffic`.
std::size_t reached(const std::vector<Traffic>& traffic) {
  std::set<std::uint32_t> seen{0};
  for (std::size_t before = 0; before != seen.size();) {
    before = seen.size();
    for (const Traffic& each : traffic) {
      if (seen.count(each.from) > 0) seen.insert(each.to);
    }
  }
  return seen.size();
}

TEST_CASE("rank traffic: nobody sends or gets more than all, and everybody is reached",
          "[network]") {
  for (const auto shape :
       {ring_traffic, pair_traffic, double_tree_traffic, down_tree_traffic, scatter_traffic}) {
    CHECK(shape(1).empty());
    for (std::uint32_t ranks = 2; ranks < 70; ++ranks) {
      const auto traffic = shape(ranks);
      const RankSums sums = sums_of(traffic, ranks);
      CHECK(*std::max_element(sums.sent.begin(), sums.sent.end()) <= Approx(1.0));
      CHECK(*std::max_element(sums.got.begin(), sums.got.end()) <= Approx(1.0));
      CHECK(reached(traffic) == ranks);
    }
  }
}

TEST_CASE("rank traffic: down the trees each other rank gets all of the message", "[network]") {
  for (std::uint32_t ranks = 2; ranks < 70; ++ranks) {
    const RankSums sums = sums_of(down_tree_traffic(ranks), ranks);
    CHECK(sums.sent[0] == Approx(1.0));
    CHECK(sums.got[0] == 0.0);
    for (std::uint32_t rank = 1; rank < ranks; ++rank) CHECK(sums.got[rank] == Approx(1.0));
  }
}

TEST_CASE("rank traffic: what goes up a double tree comes down it, twice n - 1 quarters each",
          "[network]") {
  for (std::uint32_t ranks = 2; ranks < 70; ++ranks) {
    const RankSums sums = sums_of(double_tree_traffic(ranks), ranks);
    CHECK(sums.sent == sums.got);
    CHECK(std::accumulate(sums.sent.begin(), sums.sent.end(), 0.0) == Approx(ranks - 1.0));
  }
}

TEST_CASE("rank traffic: blocks exchange what their pairs do", "[network]") {
  for (const std::uint32_t block : {1U, 2U, 3U, 8U}) {
    for (std::uint32_t blocks = 1; blocks < 9; ++blocks) {
      const std::uint32_t ranks = block * blocks;
      std::map<std::pair<std::uint32_t, std::uint32_t>, double> pairs, gathered;
      for (const Traffic& each : pair_traffic(ranks)) {
        pairs[{each.from / block, each.to / block}] += each.share;
      }
      for (const Traffic& each : block_traffic(ranks, block)) {
        gathered[{each.from / block, each.to / block}] += each.share;
      }
      CHECK(pairs.size() == gathered.size());
      for (const auto& [between, share] : pairs) CHECK(gathered[between] == Approx(share));
      for (const auto shape : {block_traffic, next_block_traffic}) {
        const RankSums sums = sums_of(shape(ranks, block), ranks);
        for (std::uint32_t rank = 0; ranks > 1 && rank < ranks; ++rank) {
          CHECK(sums.sent[rank] == Approx(1.0));
          CHECK(sums.got[rank] == Approx(1.0));
        }
      }
      double at_home = 0.0;
      for (const Traffic& each : next_block_traffic(ranks, block)) {
        at_home += each.from / block == each.to / block ? each.share : 0.0;
      }
      if (ranks > 1) CHECK(at_home == Approx(ranks * (block - 1.0) / (ranks - 1.0)));
    }
  }
}

}  // namespace
}  // namespace chokepoint
