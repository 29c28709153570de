#include "tools/console/manifest.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace chokepoint {
namespace {

TEST_CASE("manifest: every change of a scenario changes its digest", "[manifest]") {
  pb::Scenario scenario;
  scenario.set_name("x");
  const std::string before = scenario_digest(scenario);
  CHECK(scenario_digest(scenario) == before);
  scenario.set_seed(2);
  CHECK(scenario_digest(scenario) != before);
}

TEST_CASE("manifest: a level's name leads back to it", "[manifest]") {
  for (const auto level : {TraceLevel::Site, TraceLevel::Job, TraceLevel::Request}) {
    CHECK(trace_level(name_of(level)) == level);
  }
  CHECK_FALSE(trace_level("packet"));
}

TEST_CASE("manifest: places are told from the scenario's folder", "[manifest]") {
  const auto place = [](const std::string& file, const std::string& folder) {
    Composed composed;
    composed.scenario.set_start("2025-01-01");
    composed.changes.push_back(
        {Change::Kind::Changed, "orders[a].price_usd", "1", "2", {file, 3, 5}});
    return manifest_of(composed, 1, TraceLevel::Site, folder).changes(0).where();
  };
  CHECK(place("scenarios/open.textproto", "scenarios") == "open.textproto:3:5");
  CHECK(place("/far/scenarios/open.textproto", "/far/scenarios") == "open.textproto:3:5");
}

TEST_CASE("manifest: says what was changed, and from the command line just that", "[manifest]") {
  Composed composed;
  composed.base = "h20_2025";
  composed.scenario.set_start("2025-01-01");
  composed.changes.push_back({Change::Kind::Removed, "rules[letter]", "x", "", {"--until", 0, 0}});
  const auto manifest = manifest_of(composed, 7, TraceLevel::Job, "scenarios");
  CHECK(manifest.schema() == 1);
  CHECK(manifest.seed() == 7);
  CHECK(manifest.epoch() == "2025-01-01");
  CHECK(manifest.base() == "h20_2025");
  CHECK(manifest.trace_level() == "job");
  CHECK(manifest.scenario_digest() == scenario_digest(composed.scenario));
  REQUIRE(manifest.changes_size() == 1);
  CHECK(manifest.changes(0).kind() == "removed");
  CHECK(manifest.changes(0).where() == "--set");
}

}  // namespace
}  // namespace chokepoint
