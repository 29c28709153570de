#include "tools/fleet/replay_answer.hpp"

#include "tests/tools/fleet/shipped_cluster.hpp"

namespace chokepoint {
namespace {

TEST_CASE("replay answer: who keeps the promise comes first, then first tokens and money",
          "[fleet]") {
  const Cluster cluster = shipped_cluster("hgx_h20");
  FleetQuestion question = small_question();
  question.promised = SloClass{"", 10'000'000'000, std::nullopt};
  PlannedFleet fleet = planned(cluster, question);
  Listed once = even_requests(50), again = even_requests(50);
  std::vector<Replayed> replayed;
  replayed.push_back({"one", &fleet, replay(fleet, once, {})});
  replayed.push_back({"two", &fleet, replay(fleet, again, {})});
  replayed[1].account.total.good = 5;
  const std::string text = replay_answer(replayed);
  INFO(text);
  CHECK(text.rfind("one keeps TTFT within 10 s for 100 % of requests; then two 10 %.\n", 0) == 0);
  CHECK(text.find("99 of 100 first tokens come within ") != std::string::npos);
  CHECK(text.find("A million output tokens costs ") != std::string::npos);
  CHECK(text.find("no band") != std::string::npos);
}

TEST_CASE("replay answer: without a promise nobody is said to keep one", "[fleet]") {
  const Cluster cluster = shipped_cluster("hgx_h20");
  PlannedFleet fleet = planned(cluster, small_question());
  Listed source = even_requests(10), none = even_requests(0);
  const Replayed replayed{"one", &fleet, replay(fleet, source, {})};
  CHECK(replay_answer({replayed}).rfind("99 of 100 first tokens come within ", 0) == 0);
  CHECK(replay_answer({{"one", &fleet, replay(fleet, none, {})}}).rfind("No request", 0) == 0);
}

}  // namespace
}  // namespace chokepoint
