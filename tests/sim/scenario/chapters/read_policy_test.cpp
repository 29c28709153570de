#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("read_policy: a rule is read as it is written", "[scenario][read]") {
  const World world = small_world();
  REQUIRE(world.regime.rules.size() == 1);
  const Rule& rule = world.regime.rules[0];
  CHECK(rule.government == Country("US"));
  CHECK(rule.validity.effective == *parse_date("2025-04-09"));
  CHECK_FALSE(rule.validity.ended);
  CHECK(rule.destinations == CountrySet{Country("CN")});
  CHECK(rule.verdict == Verdict::Informed);
  REQUIRE(rule.item.bounds.size() == 1);
  CHECK(rule.item.bounds[0].attribute == Attribute::MemoryBandwidth);
  CHECK(rule.item.bounds[0].threshold == 1400e9);
  const Exception& exception = world.regime.exceptions[0];
  CHECK(exception.rules == std::vector<RuleId>{RuleId{0}});
  CHECK(exception.verdict == Verdict::Granted);
  CHECK(exception.admitted_share.value == 0.5);
  CHECK(exception.item.devices == std::vector<DeviceId>{DeviceId{0}});
}

TEST_CASE("read_policy: what a verdict admits unless the rule says", "[scenario][read]") {
  const auto admitted = [](const std::string& verdict) {
    const auto result = read_text(small_but("verdict: INFORMED", "verdict: " + verdict));
    REQUIRE(result.world);
    return result.world->regime.rules[0].admitted_share.value;
  };
  CHECK(admitted("FREE") == 1.0);
  CHECK(admitted("NOTIFIED") == 1.0);
  CHECK(admitted("DISCOURAGED") == 0.0);
  CHECK(admitted("PROHIBITED") == 0.0);
  CHECK(admitted(
            "CASE_BY_CASE admitted_share { value: 0.25 source: \"guess\" confidence: MEMORY }") ==
        0.25);
}

TEST_CASE("read_policy: any review takes time and may refuse", "[scenario][read]") {
  const auto result = read_text(small_but(
      "verdict: INFORMED",
      "verdict: CASE_BY_CASE review { days { value: 25 low: 20 high: 60 source: \"guess\" "
      "confidence: MEMORY } refusal_probability { value: 0.1 source: \"guess\" confidence: "
      "MEMORY } }"));
  REQUIRE(result.world);
  const Review& review = result.world->regime.rules[0].review;
  CHECK(review.time.value == 25_days);
  CHECK(result.world->inputs[review.time.input->value].high == 60.0);
  CHECK(review.refusal_probability.value == 0.1);
}

TEST_CASE("read_policy: dates come in order", "[scenario][read]") {
  CHECK(only_error(small_but("announced: \"2025-04-09\"", "announced: \"2025-04-10\"")) ==
        "effective 2025-04-09 is before announced 2025-04-10 | dates out of order: announced <= "
        "effective must hold");
  CHECK(only_error(small_but("announced: \"2025-04-09\"",
                             "announced: \"2025-04-09\" ended: \"2025-04-08\"")) ==
        "ended 2025-04-08 is before effective 2025-04-09 | dates out of order: effective <= ended "
        "must hold");
  CHECK(read_text(small_but("announced: \"2025-04-09\"",
                            "announced: \"2025-04-09\" ended: \"2025-04-09\""))
            .errors.empty());
  CHECK(only_error(small_but("effective: \"2025-08-01\"",
                             "effective: \"2025-08-01\" ended: \"2025-07-31\"")) ==
        "ended 2025-07-31 is before effective 2025-08-01 | dates out of order: effective <= ended "
        "must hold");
}

TEST_CASE("read_policy: a rule says what, why and by whom", "[scenario][read]") {
  CHECK(only_error(small_but("  citation: \"A letter of a test\"\n", "")) ==
        "citation is missing | name the law or the report that says so");
  CHECK(only_error(small_but("  verdict: INFORMED\n", ""))
            .find("verdict is missing | write one of FREE, GRANTED, NOTIFIED") == 0);
  CHECK(only_error(small_but("rules: \"us_letter\"", "rules: \"us_leter\"")) ==
        "no rule 'us_leter' in the scenario | did you mean 'us_letter'?");
}

}  // namespace
}  // namespace chokepoint
