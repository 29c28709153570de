#include "tools/page/ecosystem/run_history.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/indicators/made_events.hpp"
#include "tests/tools/page/ecosystem/two_runs.hpp"

namespace chokepoint {
namespace {

TEST_CASE("run history: keeps what figures need, by day and rule", "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", made::a_year());
  const RunHistory& history = *run.history;
  CHECK(history.ledger.rows().size() == 2);
  REQUIRE(history.held_back.size() == 1);
  CHECK(history.held_back.begin()->second.units == 400.0);
  CHECK(history.held_back.begin()->second.first == parse_date("2025-04-20"));
  CHECK(history.shortages.size() == 2);
  CHECK(history.ordered.at(parse_date("2025-02-01").value()) == 1000.0);
  const auto& track = history.installed.at({Counter::H100eTraining, Region::Mainland});
  CHECK(track.size() == 3);
  CHECK(track.rbegin()->second == 90.0);
}

TEST_CASE("run history: pools of a region add up at each sample", "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run(
      "a", {made::sampled("2025-07-01", Counter::H100eTraining, "north/h20", 60.0),
            made::sampled("2025-07-01", Counter::H100eTraining, "north/910c", 5.0)});
  const auto& track = run.history->installed.at({Counter::H100eTraining, Region::Mainland});
  CHECK(track.at(parse_date("2025-07-01").value()) == 65.0);
}

TEST_CASE("run history: whole years are those from January to December", "[page][ecosystem]") {
  EcosystemRun run = made::ecosystem_run("a", {});
  CHECK(whole_years(run) == std::vector<int>{2025});
  World shorter = *run.world;
  shorter.end = parse_date("2025-12-01").value();
  run.world = std::make_unique<const World>(std::move(shorter));
  CHECK(whole_years(run).empty());
}

TEST_CASE("run history: the number of draws is told by the last that was kept",
          "[page][ecosystem]") {
  EcosystemRun run = made::ecosystem_run("a", {});
  CHECK(draws_asked(run) == 0);
  run.yearly.draws["draw_3"] = {};
  run.yearly.draws["draw_12"] = {};
  CHECK(draws_asked(run) == 12);
}

TEST_CASE("run history: a folder without a run is named", "[page][ecosystem]") {
  CHECK_THROWS_WITH(read_ecosystem_run("/nonexistent"), Catch::Contains("/nonexistent"));
}

}  // namespace
}  // namespace chokepoint
