#include "sim/study/causes/switches.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/study/small_history.hpp"

namespace chokepoint::switches_test {
namespace {

using Kind = Binding::Kind;

pb::Scenario small() {
  return small_history().scenario;
}

Switch switch_of(Kind kind, const std::string& name) {
  Switch off;
  off.kind = kind;
  off.name = name;
  return off;
}

std::vector<std::string> names(const std::vector<Switch>& switches) {
  std::vector<std::string> all;
  for (const Switch& off : switches) all.push_back(off.name);
  return all;
}

using Names = std::vector<std::string>;

TEST_CASE("switches: what held back most unlike comes first", "[history][switches]") {
  const Binding rule{Binding::Kind::Rule, "us_letter"}, stage{Binding::Kind::Shortage, "hbm"},
      quota{Binding::Kind::Quota, "q"};
  const auto switches = binding_switches(
      {{{rule, 100.0}, {quota, 1.0}}, {{rule, 90.0}, {stage, 50.0}}}, {small(), small()});
  CHECK(names(switches) == Names{"hbm", "us_letter", "q"});
  CHECK(switches[1].government == "US");
  CHECK(switches[1].held_back_usd == 100.0);
  CHECK(switches[1].differs_by_usd == 10.0);
}

TEST_CASE("switches: a rule is off, and nothing else is touched", "[history][switches]") {
  pb::Scenario without = switched_off(switch_of(Kind::Rule, "us_letter"), {small()}, 0);
  CHECK_FALSE(without.rules(0).enabled());
  without.mutable_rules(0)->clear_enabled();
  CHECK(without.SerializeAsString() == small().SerializeAsString());
}

TEST_CASE("switches: a rule that is off is begun by no reaction", "[history][switches]") {
  pb::Scenario scenario = small();
  pb::Reaction& only = *scenario.add_reactions();
  only.add_begins_rules("us_letter");
  pb::Reaction& more = *scenario.add_reactions();
  more.add_begins_rules("us_letter");
  more.add_suspends_exceptions("us_letter_half");
  const auto without = switched_off(switch_of(Kind::Rule, "us_letter"), {scenario}, 0);
  REQUIRE(without.reactions_size() == 1);
  CHECK(without.reactions(0).begins_rules().empty());
  CHECK(switched_off(switch_of(Kind::Rule, "other"), {scenario}, 0).reactions_size() == 2);
}

TEST_CASE("switches: what is not there cannot be switched off", "[history][switches]") {
  for (const Kind kind : {Kind::Rule, Kind::Quota, Kind::Shortage}) {
    const auto without = switched_off(switch_of(kind, "nothing"), {small()}, 0);
    CHECK(without.SerializeAsString() == small().SerializeAsString());
  }
}

TEST_CASE("switches: a quota is gone", "[history][switches]") {
  pb::Scenario scenario = small();
  scenario.add_quotas()->set_name("q");
  scenario.add_quotas()->set_name("r");
  const auto without = switched_off(switch_of(Kind::Quota, "q"), {scenario}, 0);
  REQUIRE(without.quotas_size() == 1);
  CHECK(without.quotas(0).name() == "r");
}

// 500 a month in one, 900 in the other: 9000 in both, a shortage in neither.
TEST_CASE("switches: a stage is as ample in all runs", "[history][switches]") {
  pb::Scenario other = small();
  other.mutable_supply_stages(3)
      ->mutable_units_per_month()
      ->mutable_points(0)
      ->mutable_value()
      ->set_value(900.0);
  const std::vector<pb::Scenario> both = {small(), other};
  const Switch hbm = switch_of(Kind::Shortage, "hbm");
  const auto here = switched_off(hbm, both, 0), there = switched_off(hbm, both, 1);
  CHECK(here.SerializeAsString() == there.SerializeAsString());
  CHECK(here.supply_stages(3).units_per_month().points(0).value().value() == 9'000.0);
}

TEST_CASE("switches: a component is ample by all that flow into it", "[history][switches]") {
  const auto ample = switched_off(switch_of(Kind::Shortage, "npu_die"), {small()}, 0);
  CHECK(ample.supply_stages(2).stock_units().value() == 29'000.0);  // The bank,
  CHECK(ample.supply_stages(0).SerializeAsString() ==
        small().supply_stages(0).SerializeAsString());  // and not what comes before the dies.
}

}  // namespace
}  // namespace chokepoint::switches_test
