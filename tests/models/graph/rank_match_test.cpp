#include "models/graph/rank_match.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

Operator collective(std::uint64_t id, ExchangeKind kind, std::string group) {
  Operator one;
  one.id = id;
  one.kind = OperatorKind::Collective;
  one.collective = kind;
  one.group = std::move(group);
  return one;
}

Operator message(std::uint64_t id, OperatorKind kind, int peer, std::uint64_t tag = 0) {
  Operator one;
  one.id = id;
  one.kind = kind;
  one.peer = peer;
  one.tag = tag;
  return one;
}

std::string complaint(const std::vector<OperatorGraph>& graphs, const RankGroups& groups = {}) {
  const auto matched = match_ranks(graphs, groups);
  const auto* wrong = std::get_if<PlayComplaint>(&matched);
  return wrong == nullptr ? "" : wrong->message;
}

constexpr auto kSum = ExchangeKind::AllReduce;

TEST_CASE("rank match: collectives of a group are matched in order of ids", "[graph]") {
  const std::vector<OperatorGraph> graphs = {
      {0, {collective(7, kSum, "a"), collective(3, kSum, "a"), collective(5, kSum, "b")}},
      {1, {collective(1, kSum, "a"), collective(2, kSum, "a")}},
      {2, {collective(4, kSum, "b")}}};
  const auto matched = match_ranks(graphs, {{"a", {0, 1}}, {"b", {0, 2, 9}}});
  const auto& all = std::get<MatchedRanks>(matched).collectives;
  REQUIRE(all.size() == 3);
  CHECK(all[0] == std::vector<OperatorPlace>{{0, 1}, {1, 0}});
  CHECK(all[1] == std::vector<OperatorPlace>{{0, 0}, {1, 1}});
  CHECK(all[2] == std::vector<OperatorPlace>{{0, 2}, {2, 0}});
}

TEST_CASE("rank match: ranks that differ are told", "[graph]") {
  CHECK(complaint({{0, {collective(0, kSum, "")}}, {1, {}}}) ==
        "rank 0 has 1 collectives of all ranks and rank 1 has 0");
  CHECK(complaint(
            {{0, {collective(0, kSum, "x")}}, {4, {collective(0, ExchangeKind::AllGather, "x")}}},
            {{"x", {0, 4}}}) ==
        "collective 1 of group x is all-reduce on rank 0 and all-gather on rank 4");
}

TEST_CASE("rank match: a rank outside of its group matches nobody", "[graph]") {
  CHECK(complaint({{0, {collective(0, kSum, "x")}}, {1, {}}}, {{"x", {1}}}) == "");
}

TEST_CASE("rank match: messages of one tag are matched in order", "[graph]") {
  const std::vector<OperatorGraph> graphs = {
      {0, {message(0, OperatorKind::Send, 1, 5), message(1, OperatorKind::Send, 1, 5)}},
      {1,
       {message(0, OperatorKind::Receive, 0, 5), message(1, OperatorKind::Receive, 0, 5),
        message(2, OperatorKind::Receive, 8)}}};
  const auto matched = match_ranks(graphs, {});
  const auto& found = std::get<MatchedRanks>(matched);
  CHECK(found.receive_of.at({0, 1}) == OperatorPlace{1, 1});
  CHECK(found.send_of.count({1, 2}) == 0);
  CHECK(complaint({{0, {}}, {1, {message(6, OperatorKind::Receive, 0)}}}) ==
        "rank 1 waits for a message that rank 0 does not send: operator 6");
}

}  // namespace
}  // namespace chokepoint
