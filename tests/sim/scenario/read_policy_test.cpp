#include "sim/scenario/read_policy.hpp"

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
  CHECK(rule.destinations == std::vector<Country>{Country("CN")});
  CHECK(rule.verdict == Verdict::Informed);
  CHECK(rule.item.memory_bandwidth_at_least == 1400_GBps);
  const License& license = world.regime.licenses[0];
  CHECK(license.rule == RuleId{0});
  CHECK(license.granted_share.value == 0.5);
  CHECK(license.devices == std::vector<DeviceId>{DeviceId{0}});
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

TEST_CASE("read_policy: only a notification takes time", "[scenario][read]") {
  const auto result =
      read_text(small_but("verdict: INFORMED", "verdict: NOTIFIED notice_days: 25"));
  REQUIRE(result.world);
  CHECK(result.world->regime.rules[0].notice == 25_days);
  CHECK(only_error(small_but("verdict: INFORMED", "verdict: INFORMED notice_days: 25")) ==
        "notice_days with verdict INFORMED | only a NOTIFIED shipment waits; leave it out, or "
        "change the verdict");
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
            .find("verdict is missing | write one of FREE, NOTIFIED") == 0);
  CHECK(only_error(small_but("rule: \"us_letter\"", "rule: \"us_leter\"")) ==
        "no rule 'us_leter' in the scenario | did you mean 'us_letter'?");
}

}  // namespace
}  // namespace chokepoint
