#include "models/graph/graph_play.hpp"

#include <catch2/catch.hpp>

#include "tests/models/graph/random_graphs.hpp"

namespace chokepoint {
namespace {

Seconds recorded(std::size_t, const Operator& one) {
  return one.recorded.value_or(Seconds{});
}

std::vector<PlayedRank> played(const std::vector<OperatorGraph>& graphs,
                               const RankGroups& groups = {}) {
  const auto result = play(graphs, groups, recorded);
  REQUIRE(std::holds_alternative<std::vector<PlayedRank>>(result));
  return std::get<std::vector<PlayedRank>>(result);
}

Operator one(std::uint64_t id, OperatorKind kind, double takes,
             std::vector<std::uint32_t> after = {}, int peer = -1) {
  Operator made;
  made.id = id;
  made.kind = kind;
  made.recorded = Seconds{takes};
  made.after = std::move(after);
  made.peer = peer;
  return made;
}

constexpr auto kCompute = OperatorKind::Compute;
constexpr auto kCollective = OperatorKind::Collective;

TEST_CASE("graph play: between the longest chain and one after the other", "[graph]") {
  CHECK(rc::check([] {
    const OperatorGraph graph = random_graph(true);
    std::vector<Seconds> times;
    Seconds all, device, host;
    for (const Operator& each : graph.operators) {
      times.push_back(*each.recorded);
      all += times.back();
      if (each.kind == kCompute || each.kind == OperatorKind::Memory) device += times.back();
      if (each.kind == OperatorKind::Host) host += times.back();
    }
    const PlayedRank rank = played({graph}).front();
    const Seconds slack{1e-9};
    RC_ASSERT(rank.ends + slack >= longest_chain(graph, times));
    RC_ASSERT(rank.ends + slack >= std::max(device, host));
    RC_ASSERT(rank.ends <= all + slack);
    RC_ASSERT(rank.computing <= device + slack);
    RC_ASSERT(rank.computing + slack >= device);
    RC_ASSERT(rank.exposed <= rank.communicating + slack);
    RC_ASSERT(rank.computing + rank.exposed <= rank.ends + slack);
    for (std::size_t i = 0; i < times.size(); ++i) {
      for (const auto before : graph.operators[i].after) {
        RC_ASSERT(rank.operators[before].ends <= rank.operators[i].begins + slack);
      }
    }
  }));
}

TEST_CASE("graph play: the same ranks together take as long as one alone", "[graph]") {
  CHECK(rc::check([] {
    OperatorGraph graph = random_graph(true), twin = graph;
    twin.rank = 1;
    RC_ASSERT(played({graph, twin})[1].ends == played({graph})[0].ends);
  }));
}

TEST_CASE("graph play: what is ready starts by id, whatever its place", "[graph]") {
  const auto rank = played({{0, {one(9, kCompute, 1), one(2, kCompute, 1)}}}).front();
  CHECK(rank.operators[1].begins == 0_s);
  CHECK(rank.operators[0].begins == 1_s);
}

TEST_CASE("graph play: exchange hides behind computing, and what does not is exposed", "[graph]") {
  const auto rank =
      played({{0, {one(0, kCompute, 1), one(1, kCollective, 5, {0}), one(2, kCompute, 3, {0})}}})
          .front();
  CHECK(rank.ends == 6_s);
  CHECK(rank.computing == 4_s);
  CHECK(rank.communicating == 5_s);
  CHECK(rank.exposed == 2_s);
}

TEST_CASE("graph play: an exchange waits for the last rank and lasts as the slowest", "[graph]") {
  const auto ranks = played({{0, {one(0, kCompute, 1), one(1, kCollective, 2, {0})}},
                             {1, {one(0, kCompute, 4), one(1, kCollective, 3, {0})}}});
  CHECK(ranks[0].operators[1].begins == 4_s);
  CHECK(ranks[0].ends == 7_s);
  CHECK(ranks[1].ends == 7_s);
}

TEST_CASE("graph play: collectives of one group take turns, of two do not", "[graph]") {
  OperatorGraph graph{0, {one(0, kCollective, 2), one(1, kCollective, 2)}};
  CHECK(played({graph}).front().ends == 4_s);
  graph.operators[1].group = "other";
  CHECK(played({graph}).front().ends == 2_s);
}

TEST_CASE("graph play: a message arrives when it was sent, or after its time from who is not given",
          "[graph]") {
  const OperatorGraph sends{0, {one(0, kCompute, 3), one(1, OperatorKind::Send, 2, {0}, 1)}};
  const OperatorGraph receives{1, {one(0, OperatorKind::Receive, 9, {}, 0)}};
  CHECK(played({sends, receives})[1].ends == 5_s);
  CHECK(played({receives})[0].ends == 9_s);
}

TEST_CASE("graph play: who waits for ever is told", "[graph]") {
  const OperatorGraph a{
      0, {one(0, OperatorKind::Receive, 1, {}, 1), one(1, OperatorKind::Send, 1, {0}, 1)}};
  const OperatorGraph b{
      1, {one(0, OperatorKind::Receive, 1, {}, 0), one(1, OperatorKind::Send, 1, {0}, 0)}};
  const auto stuck = play(std::vector{a, b}, {}, recorded);
  REQUIRE(std::holds_alternative<PlayComplaint>(stuck));
  CHECK(std::get<PlayComplaint>(stuck).message == "rank 0 waits for ever: operator 0 ''");
}

}  // namespace
}  // namespace chokepoint
