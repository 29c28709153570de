#include "tools/graph/graph_replay.hpp"

#include <fstream>

#include "tests/sim/graph/small_chakra.hpp"
#include "tests/tools/called_program.hpp"
#include "tests/tools/estimate/training/shipped_training.hpp"
#include "tests/tools/fleet/shipped_cluster.hpp"

namespace chokepoint {
namespace {

class Traces {
public:
  std::string add(const std::string& name, const std::string& bytes) {
    const auto path = folder_.path() / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }

private:
  called::Folder folder_;
};

std::string step_of_rank() {
  return chakra_bytes("1.0", {compute_node(0, 989'000'000'000, 0),
                              collective_node(1, chakra::ALL_REDUCE, 1'000'000'000, {0}, "g"),
                              compute_node(2, 989'000'000'000, 0, {0})});
}

GraphAnswer answered(const LoadedGraphs& loaded, const std::string& cluster) {
  const RankPlacement placement(shipped_cluster(cluster), shipped_training());
  auto played = replay_graphs(loaded, placement, false);
  REQUIRE(std::holds_alternative<GraphAnswer>(played));
  return std::get<GraphAnswer>(std::move(played));
}

TEST_CASE("graph replay: a step is never faster than its operations at peak", "[graph]") {
  Traces traces;
  GraphQuestion question;
  question.files = {traces.add("a.0.et", step_of_rank()), traces.add("a.1.et", step_of_rank())};
  Diagnostics found;
  const auto loaded = load_graphs(question, 16, found);
  REQUIRE(loaded);
  CHECK(loaded->ranks == 2);
  for (const std::string cluster : {"hgx_h100", "hgx_h20", "cloudmatrix_384"}) {
    INFO(cluster);
    const GraphAnswer answer = answered(*loaded, cluster);
    CHECK(answer.of_peak > 0.1);
    CHECK(answer.of_peak < 1);
    CHECK(answer.step >= answer.longest_chain);
    CHECK(answer.kinds.at("compute").count == 4);
    CHECK(answer.kinds.at("all-reduce").bytes == Bytes{2e9});
  }
}

TEST_CASE("graph replay: one trace that names no other rank is one of a rank per device",
          "[graph]") {
  Traces traces;
  GraphQuestion question;
  question.files = {traces.add("a.0.et", step_of_rank())};
  Diagnostics found;
  CHECK(load_graphs(question, 16, found)->ranks == 16);
  question.groups = traces.add("groups.json", R"({"g": [0, 3]})");
  CHECK(load_graphs(question, 16, found)->ranks == 4);
  question.ranks = 8;
  CHECK(load_graphs(question, 16, found)->ranks == 8);
  CHECK_FALSE(found.has_errors());
}

TEST_CASE("graph replay: ranks that are not there are told", "[graph]") {
  Traces traces;
  GraphQuestion question;
  question.files = {traces.add("a.20.et", step_of_rank())};
  const auto complaint = [&] {
    Diagnostics found;
    CHECK_FALSE(load_graphs(question, 16, found));
    REQUIRE(found.has_errors());
    return found.items().front().message;
  };
  CHECK(complaint() == "21 ranks need as many devices, and the cluster has 16");
  question.ranks = 4;
  CHECK(complaint() == "traces and groups name 21 ranks, more than the 4 that there are to be");
  question.files = {"no/such.et"};
  CHECK(complaint() == "no such file");
}

}  // namespace
}  // namespace chokepoint
