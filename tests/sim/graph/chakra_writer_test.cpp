#include "sim/graph/chakra_writer.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "sim/graph/chakra_file.hpp"
#include "sim/graph/rank_groups.hpp"

namespace chokepoint {
namespace {

// Whole numbers, as files have them, each operator after some of those before it.
OperatorGraph random_operators() {
  OperatorGraph graph;
  graph.rank = *rc::gen::inRange(0, 64);
  const int count = *rc::gen::inRange(1, 20);
  for (int i = 0; i < count; ++i) {
    Operator& one = graph.operators.emplace_back();
    one.id = static_cast<std::uint64_t>(10 * i + 1);
    one.name = "operator \"" + std::to_string(i) + "\"\n";
    one.kind = static_cast<OperatorKind>(*rc::gen::inRange(0, 7));
    const bool computes = one.kind == OperatorKind::Compute || one.kind == OperatorKind::Memory;
    const bool exchanges =
        !computes && one.kind != OperatorKind::Host && one.kind != OperatorKind::None;
    if (computes) {
      one.operations = Flops{static_cast<double>(*rc::gen::inRange(0, 1'000'000))};
      one.rate_share = *rc::gen::element(1.0, 0.25, 0.7);
    }
    if (computes || exchanges) {
      one.bytes = Bytes{static_cast<double>(*rc::gen::inRange(0, 1'000'000))};
    }
    if (one.kind == OperatorKind::Collective) {
      one.collective = static_cast<ExchangeKind>(*rc::gen::inRange(0, 9));
      one.group = *rc::gen::element(std::string(), std::string("tensor_0"));
    } else if (exchanges) {
      one.peer = *rc::gen::inRange(0, 64);
      one.tag = static_cast<std::uint64_t>(*rc::gen::inRange(0, 1'000));
    }
    if (*rc::gen::arbitrary<bool>()) one.recorded = Seconds{*rc::gen::inRange(1, 9'999) * 1e-6};
    for (int j = 0; j < i; ++j) {
      if (*rc::gen::inRange(0, 4) == 0) one.after.push_back(static_cast<std::uint32_t>(j));
    }
  }
  return graph;
}

bool is_same(const Operator& a, const Operator& b) {
  const double recorded_a = a.recorded.value_or(Seconds{}).value;
  const double recorded_b = b.recorded.value_or(Seconds{}).value;
  return a.id == b.id && a.name == b.name && a.kind == b.kind && a.operations == b.operations &&
         a.rate_share == b.rate_share && a.bytes == b.bytes && a.group == b.group &&
         a.peer == b.peer && a.tag == b.tag && a.after == b.after &&
         std::abs(recorded_a - recorded_b) < 1e-9 &&
         (a.kind != OperatorKind::Collective || a.collective == b.collective);
}

TEST_CASE("law: what is written as Chakra is read as it was", "[chakra][law]") {
  const bool holds = rc::check([] {
    const OperatorGraph graph = random_operators();
    Diagnostics found;
    const auto read =
        read_chakra(chakra_bytes_of(graph, "a schema"), "step.et", graph.rank, {}, found);
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->schema == "a schema");
    RC_ASSERT(read->graph.rank == graph.rank);
    RC_ASSERT(read->graph.operators.size() == graph.operators.size());
    for (std::size_t i = 0; i < graph.operators.size(); ++i) {
      RC_ASSERT(is_same(read->graph.operators[i], graph.operators[i]));
    }
  });
  CHECK(holds);
}

TEST_CASE("chakra writer: groups are read as they were written", "[chakra]") {
  const RankGroups groups = {{"a \"b\" \\", {0, 8}}, {"tensor_0", {3}}};
  Diagnostics found;
  CHECK(read_groups(groups_json(groups), "groups.json", found) == groups);
  CHECK(read_groups(groups_json({}), "groups.json", found) == RankGroups{});
}

}  // namespace
}  // namespace chokepoint
