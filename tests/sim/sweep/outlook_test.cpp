#include "sim/sweep/draw.hpp"

#include <google/protobuf/text_format.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <string>

#include "models/calendar.hpp"

namespace chokepoint {
namespace {

pb::Scenario scenario(const std::string& as_of, int precedents) {
  std::string text = "start: \"2021-01-01\" end: \"2026-01-01\" as_of: \"" + as_of +
                     "\" rules { name: \"guess\" enabled: false announced: \"2100-01-01\" }"
                     " policy_outlooks { name: \"next\" rule: \"guess\" prior_years { value: 2 }"
                     " gap_months { value: 4 } ";
  for (int i = 0; i < precedents; ++i) {
    text += " precedents: \"rule_" + std::to_string(i) + "\"";
  }
  text += " }";
  for (int i = 0; i < precedents; ++i) {
    text += " rules { name: \"rule_" + std::to_string(i) + "\" announced: \"2022-0" +
            std::to_string(i + 1) + "-01\" }";
  }
  pb::Scenario result;
  REQUIRE(google::protobuf::TextFormat::ParseFromString(text, &result));
  return result;
}

/// Of 2,000 draws, the share in which the rule comes before the end.
double share_that_comes(const pb::Scenario& base) {
  int came = 0;
  for (int draw = 1; draw <= 2'000; ++draw) {
    pb::Scenario drawn = base;
    take_outlooks(drawn, 7, draw);
    if (drawn.rules(0).enabled()) ++came;
  }
  return came / 2'000.0;
}

TEST_CASE("outlook: rules come at the rate that was learned", "[sweep][outlook]") {
  // Four years since the start and two of the prior, one year left: (1 + n) / 6 of a rule.
  for (const int precedents : {0, 1, 5}) {
    const double expected = 1.0 - std::exp(-(1.0 + precedents) / 6.0);
    CHECK(share_that_comes(scenario("2025-01-01", precedents)) == Approx(expected).margin(0.03));
  }
  // What came later is no precedent yet.
  CHECK(share_that_comes(scenario("2022-01-15", 5)) ==
        Approx(1.0 - std::exp(-2.0 / 3.04 * 3.96)).margin(0.03));
}

TEST_CASE("outlook: its figures are those of the draw", "[sweep][outlook]") {
  const pb::Scenario base = scenario("2025-01-01", 3);
  for (int draw = 1; draw <= 50; ++draw) {
    pb::Scenario drawn = base, written = base;
    const auto& outlook = drawn.policy_outlooks(0);
    take_outlooks(drawn, 7, draw, {{&outlook.prior_years(), 40.0}, {&outlook.gap_months(), 30.0}});
    written.mutable_policy_outlooks(0)->mutable_prior_years()->set_value(40.0);
    written.mutable_policy_outlooks(0)->mutable_gap_months()->set_value(30.0);
    take_outlooks(written, 7, draw);
    CHECK(drawn.rules(0).SerializeAsString() == written.rules(0).SerializeAsString());
  }
}

TEST_CASE("outlook: a rule begins after the day of the forecast and ends after its gap",
          "[sweep][outlook]") {
  for (int draw = 1; draw <= 200; ++draw) {
    pb::Scenario drawn = scenario("2025-01-01", 3);
    take_outlooks(drawn, 7, draw);
    const pb::Rule& rule = drawn.rules(0);
    if (!rule.enabled()) continue;
    CHECK(rule.conjectured());
    CHECK(rule.announced() == rule.effective());
    CHECK(*parse_date(rule.effective()) > *parse_date("2025-01-01"));
    CHECK(*parse_date(rule.effective()) < *parse_date("2026-01-01"));
    CHECK(add_months(*parse_date(rule.effective()), 4) == *parse_date(rule.ended()));
  }
}

TEST_CASE("outlook: who knows the rules that came takes none", "[sweep][outlook]") {
  pb::Scenario known = scenario("2025-01-01", 5);
  known.set_policy_as_of(known.end());
  CHECK(share_that_comes(known) == 0.0);
  known.clear_as_of();
  known.clear_policy_as_of();
  CHECK(share_that_comes(known) == 0.0);
}

TEST_CASE("outlook: what the reader will report changes nothing", "[sweep][outlook]") {
  pb::Scenario wrong = scenario("2025-01-01", 5);
  wrong.mutable_policy_outlooks(0)->set_rule("nobody");
  CHECK(share_that_comes(wrong) == 0.0);
  pb::Scenario none = scenario("2025-01-01", 5);
  none.mutable_policy_outlooks(0)->clear_prior_years();
  CHECK(share_that_comes(none) == 0.0);
}

}  // namespace
}  // namespace chokepoint
