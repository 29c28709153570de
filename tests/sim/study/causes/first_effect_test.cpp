#include "sim/study/causes/first_effect.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

namespace pb = chokepoint::v1;

pb::Scenario scenario() {
  pb::Scenario made;
  made.set_name("made");
  made.set_start("2021-01-01");
  made.set_end("2029-01-01");
  pb::Rule& rule = *made.add_rules();
  rule.set_name("rule");
  rule.set_announced("2024-12-02");
  rule.set_effective("2024-12-31");
  pb::SupplyStage& stage = *made.add_supply_stages();
  stage.set_name("fab");
  for (const char* on : {"2022-01-01", "2026-01-01"}) {
    pb::CurvePoint& point = *stage.mutable_units_per_month()->add_points();
    point.set_on(on);
    point.mutable_value()->set_value(100.0);
  }
  return made;
}

TEST_CASE("first effect: the same has none, whatever it is called", "[study][causes]") {
  pb::Scenario other = scenario();
  other.set_name("other");
  other.set_question("?");
  const FirstEffect effect = first_effect(scenario(), other);
  CHECK_FALSE(effect.day);
  CHECK(effect.undated.empty());
}

TEST_CASE("first effect: a rule acts from the day on which it is known", "[study][causes]") {
  pb::Scenario other = scenario();
  other.mutable_rules(0)->set_effective("2025-06-01");
  CHECK(first_effect(scenario(), other).day == day("2024-12-02"));
  other.mutable_rules(0)->set_announced("2023-12-02");
  CHECK(first_effect(scenario(), other).day == day("2023-12-02"));
  CHECK(first_effect(other, scenario()).day == day("2023-12-02"));
}

TEST_CASE("first effect: a curve acts from the first day on which it says something else",
          "[study][causes]") {
  pb::Scenario other = scenario();
  auto& curve = *other.mutable_supply_stages(0)->mutable_units_per_month();
  curve.mutable_points(1)->mutable_value()->set_value(50.0);
  CHECK(first_effect(scenario(), other).day == day("2026-01-01"));  // A step.
  curve.set_shape(pb::LINEAR);
  CHECK(first_effect(scenario(), other).day == day("2022-01-02"));
  other = scenario();
  pb::CurvePoint& factor =
      *other.mutable_supply_stages(0)->mutable_units_per_month()->add_factors();
  factor.set_on("2025-03-01");
  factor.mutable_value()->set_value(0.5);
  CHECK(first_effect(scenario(), other).day == day("2025-03-01"));
}

TEST_CASE("first effect: what only one has acts from its earliest date", "[study][causes]") {
  pb::Scenario other = scenario();
  other.mutable_supply_stages()->Clear();
  CHECK(first_effect(scenario(), other).day == day("2022-01-01"));
  pb::TrainingProgramme& programme = *other.add_buyers()->add_programmes();
  other.mutable_buyers(0)->set_name("lab");
  programme.set_name("cluster");
  programme.set_by("2021-12-01");
  programme.mutable_lead_months()->set_value(6.0);
  CHECK(first_effect(scenario(), other).day == day("2021-06-01"));  // It orders before that.
}

TEST_CASE("first effect: what has no date holds from the start, and is listed", "[study][causes]") {
  pb::Scenario other = scenario();
  other.mutable_choice()->mutable_sensitivity()->set_value(4.0);
  other.mutable_supply_stages(0)->mutable_yield()->mutable_ceiling()->set_value(0.5);
  const FirstEffect effect = first_effect(scenario(), other);
  CHECK_FALSE(effect.day);
  CHECK(effect.undated.size() == 2);
}

}  // namespace
}  // namespace chokepoint
