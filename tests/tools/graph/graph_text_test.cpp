#include "tools/graph/graph_text.hpp"

#include "tests/tools/estimate/training/shipped_training.hpp"
#include "tests/tools/fleet/shipped_cluster.hpp"

namespace chokepoint {
namespace {

LoadedGraphs two_ranks() {
  Operator computes;
  computes.kind = OperatorKind::Compute;
  computes.operations = Flops{1e12};
  Operator exchanges;
  exchanges.id = 1;
  exchanges.kind = OperatorKind::Collective;
  exchanges.bytes = Bytes{1e8};
  exchanges.after = {0};
  LoadedGraphs loaded;
  loaded.graphs = {{0, {computes, exchanges}}, {1, {computes, exchanges}}};
  loaded.ranks = 2;
  loaded.schema = "1.0";
  return loaded;
}

TEST_CASE("graph text: people and programs read the same step", "[graph]") {
  const RankPlacement placement(shipped_cluster("hgx_h100"), shipped_training());
  const LoadedGraphs loaded = two_ranks();
  const auto answer = std::get<GraphAnswer>(replay_graphs(loaded, placement, false));
  const std::string text = graph_text(loaded, placement, answer);
  CHECK(text.find("4 operators of 2 of 2 ranks: a step of ") == 0);
  CHECK(text.find("all-reduce") != std::string::npos);
  CHECK(text.find("num_ops counts operations, sizes are in bytes") != std::string::npos);
  const std::string json = graph_json(loaded, placement, answer).text();
  CHECK(json.find("\"schema\": \"chokepoint.replay.graph/1\"") != std::string::npos);
  CHECK(json.find("\"operators\": 4") != std::string::npos);
}

TEST_CASE("graph text: every operator is a row", "[graph]") {
  const RankPlacement placement(shipped_cluster("hgx_h100"), shipped_training());
  const LoadedGraphs loaded = two_ranks();
  const auto answer = std::get<GraphAnswer>(replay_graphs(loaded, placement, false));
  const Table table = operator_table(loaded, answer);
  REQUIRE(table.rows().size() == 4);
  CHECK(to_csv(table).find("rank,id,name,kind,begins_s,takes_s\n0,0,,compute,0,") == 0);
}

}  // namespace
}  // namespace chokepoint
