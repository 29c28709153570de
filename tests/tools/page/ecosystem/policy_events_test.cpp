#include <catch2/catch.hpp>

#include "tests/sim/indicators/made_events.hpp"
#include "tests/tools/page/ecosystem/two_runs.hpp"
#include "tools/page/ecosystem/ecosystem_page.hpp"

namespace chokepoint {
namespace {

TEST_CASE("policy events: rules that held back stand in order of their days, by number",
          "[page][ecosystem]") {
  auto events = made::a_year();
  ShipmentRefused guided = made::refused("2025-09-01", 10.0, Gate::Importer);
  guided.exporter_rule = std::nullopt;
  guided.importer_rule = RuleId{1};
  guided.value = Usd{1e12};
  events.push_back(guided);
  const EcosystemRun run = made::ecosystem_run("a", events);
  const auto numbered = policy_events({run, nullptr});
  REQUIRE(numbered.size() == 1 + (run.history->held_back.begin()->second.value.value > 0.0));
  for (std::size_t i = 0; i < numbered.size(); ++i) {
    CHECK(numbered[i].number == static_cast<int>(i) + 1);
    if (i > 0) CHECK(numbered[i - 1].date <= numbered[i].date);
  }
  CHECK(numbered.back().name == "CN: Window guidance.");
}

TEST_CASE("policy events: a rule that acts in one run alone says so", "[page][ecosystem]") {
  EcosystemRun run = made::ecosystem_run("a", {});
  const EcosystemRun base = made::ecosystem_run("b", {});
  World without = *run.world;
  without.regime.rules[0].enabled = false;
  run.world = std::make_unique<const World>(std::move(without));
  const auto numbered = policy_events({run, &base});
  REQUIRE(numbered.size() == 1);
  CHECK(numbered[0].effect == "Does not act in this run.");
}

TEST_CASE("policy events: the telling year is one that both runs cover", "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", made::a_year());
  const EcosystemRun base = made::ecosystem_run("b", {});
  CHECK(telling_year({run, nullptr}) == 2025);
  CHECK(telling_year({run, &base}) == 2025);
}

}  // namespace
}  // namespace chokepoint
