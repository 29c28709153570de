#include "sim/study/causes/hold.hpp"

#include <catch2/catch.hpp>

#include "sim/sweep/information_set.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

Date day(const std::string& text) {
  return parse_date(text).value();
}

const std::string kToolsRule =
    "rules { name: \"us_tools\" title: \"No tools\" government: \"US\" standing: LAW "
    "announced: \"2025-03-01\" effective: \"2025-03-01\" categories: EQUIPMENT destinations: "
    "\"CN\" "
    "verdict: PROHIBITED citation: \"-\" source: \"sheet\" confidence: OFFICIAL } "
    "rules { name: \"us_access\" title: \"No rent\" government: \"US\" standing: LAW "
    "announced: \"2025-05-01\" effective: \"2025-05-01\" categories: REMOTE_ACCESS "
    "buyer { orgs: \"lab\" } verdict: PROHIBITED citation: \"-\" source: \"sheet\" "
    "confidence: OFFICIAL } ";

World world() {
  return world_from(small_history_with(kToolsRule), {});
}

std::vector<std::string> names(const World& world, const std::vector<RuleId>& rules) {
  std::vector<std::string> all;
  for (const RuleId rule : rules) all.push_back(world.regime.rules[rule.value].name);
  return all;
}

using Names = std::vector<std::string>;

TEST_CASE("gate rules: those of both sides that admit less than all", "[history][gates]") {
  TwoGateRuling ruling;
  CHECK(limiting_rules(ruling).empty());
  ruling.exporter.limiting_rule = RuleId{3};
  CHECK(limiting_rules(ruling).empty());  // It admits all.
  ruling.exporter.admitted_share = 0.5;
  ruling.importer.admitted_share = 0.0;
  ruling.importer.limiting_rule = RuleId{1};
  CHECK(limiting_rules(ruling) == std::vector<RuleId>{RuleId{1}, RuleId{3}});
}

TEST_CASE("gate rules: a stage is held back by what holds its tools", "[history][gates]") {
  const World small = world();
  CHECK(names(small, rules_on_stage(small, StageId{0}, day("2025-03-01"))) == Names{"us_tools"});
  CHECK(rules_on_stage(small, StageId{0}, day("2025-02-28")).empty());
  CHECK(rules_on_stage(small, StageId{3}, day("2025-03-01")).empty());  // Memory needs no tools.
}

TEST_CASE("gate rules: who owns what it works on rents nothing", "[history][gates]") {
  const World small = world();
  const Date after = day("2025-05-01");
  CHECK(rules_on_access(small, small.buyers[0], DeviceId{0}, after).empty());
  CHECK(names(small, rules_on_access(small, small.buyers[1], DeviceId{0}, after)) ==
        Names{"us_access"});
  CHECK(rules_on_access(small, small.buyers[1], DeviceId{0}, day("2025-04-30")).empty());
}

TEST_CASE("gate rules: stages feed a component at once or through others", "[history][gates]") {
  const World small = world();
  CHECK(feeders_of(small.supply, ComponentId{0}) ==
        std::set<StageId>{StageId{0}, StageId{1}, StageId{2}});
  CHECK(feeders_of(small.supply, ComponentId{1}) == std::set<StageId>{StageId{3}});
}

TEST_CASE("gate rules: a price is that of the day", "[history][gates]") {
  const World small = world();
  CHECK(list_price_usd(small, DeviceId{0}, day("2025-06-30")) == 12'000.0);
  CHECK(list_price_usd(small, DeviceId{0}, day("2025-07-01")) == 15'000.0);
  CHECK(list_price_usd(small, DeviceId{0}, day("2024-01-01")) == 0.0);
}

}  // namespace
}  // namespace chokepoint
