#include "tools/report/years/replay_comparison.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

ReplayFigures replay_of(const std::string& name, const std::string& rows) {
  auto replay = replay_figures(name, "figure,pod\n" + rows);
  replay.scenario = "pod";
  return replay;
}

TEST_CASE("replays: figures of one column have no subject, those of several have",
          "[years][replays]") {
  const auto one = replay_of("a", "ttft_p50_s,0.5\nslo_kept_pct,\nusd,3\n");
  REQUIRE(one.figures.size() == 2);
  CHECK(one.figures[0].unit == "s");
  CHECK(one.figures[0].subject.empty());
  const auto two = replay_figures("b", "figure,fifo,easy\nwait_mean_s,3,2\n");
  REQUIRE(two.figures.size() == 2);
  CHECK(two.figures[1].subject == "easy");
}

TEST_CASE("replays: what differs most opens, every common figure follows", "[years][replays]") {
  const auto base = replay_of("a", "ttft_p50_s,0.5\nusd_per_million_tokens,2\nlost,0\nonly_a,1\n");
  const auto other = replay_of("b", "ttft_p50_s,0.5\nusd_per_million_tokens,3\nlost,0\n");
  const std::string text = replay_comparison_text({base, other});
  CHECK(text.rfind("Against a, the cost of output tokens is 1 USD per million tokens (50 %) higher",
                   0) == 0);
  CHECK(text.find("usd_per_million_tokens") != std::string::npos);
  CHECK(text.find("lost") == std::string::npos);  // Of nothing.
  CHECK(text.find("only_a") == std::string::npos);
  const Table table = replay_comparison_table({base, other});
  CHECK(table.rows().size() == 3);
  const std::string json = replay_comparison_json({base, other}).text();
  CHECK(json.find("\"schema\": \"chokepoint.compare.replays/1\"") != std::string::npos);
}

TEST_CASE("replays: equal ones are said to be equal", "[years][replays]") {
  const auto base = replay_of("a", "ttft_p50_s,0.5\n");
  CHECK(replay_comparison_text({base, base}).rfind("No figure of the whole run differs", 0) == 0);
}

}  // namespace
}  // namespace chokepoint
