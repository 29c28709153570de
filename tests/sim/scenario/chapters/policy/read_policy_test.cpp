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

// A reply of China to the letter of small.textproto, and who answers with it.
std::string with_reaction(const std::string& body) {
  return small_text() +
         "rules { name: \"cn_reply\" title: \"A reply\" government: \"CN\" standing: LAW "
         "enabled: false announced: \"2030-01-01\" effective: \"2030-01-03\" verdict: PROHIBITED "
         "citation: \"none\" source: \"guess\" confidence: ESTIMATED } "
         "reactions { name: \"answer\" title: \"An answer\" " +
         body + " citation: \"none\" source: \"guess\" confidence: ESTIMATED } ";
}

const std::string kToLetter = "to { government: \"US\" change: RULE_BEGINS rules: \"us_letter\" } ";
const std::string kFiveDays = "delay_days { value: 5 source: \"guess\" confidence: ESTIMATED } ";
const std::string kReplies = "begins_rules: \"cn_reply\" ";

TEST_CASE("read_policy: a reaction begins a rule, which has other days without it",
          "[scenario][read]") {
  const World world =
      world_of(with_reaction("government: \"CN\" " + kToLetter + kFiveDays + kReplies));
  const Rule& reply = world.regime.rules[1];
  CHECK(reply.enabled);
  CHECK(reply.announced == *parse_date("2025-04-14"));
  CHECK(reply.validity.effective == *parse_date("2025-04-16"));
  REQUIRE(world.answers.size() == 1);
  CHECK(world.answers[0].occasion == *parse_date("2025-04-09"));
  const World off = world_of(
      with_reaction("enabled: false government: \"CN\" " + kToLetter + kFiveDays + kReplies));
  CHECK(off.answers.empty());
  CHECK_FALSE(off.regime.rules[1].enabled);
  CHECK(off.regime.rules[1].announced == *parse_date("2030-01-01"));
}

TEST_CASE("read_policy: a reaction says who answers what by what, and when", "[scenario][read]") {
  CHECK(only_error(with_reaction("government: \"CN\" " + kFiveDays + kReplies)) ==
        "reaction 'answer' answers nothing | say what: to { government: \"...\" change: ... }");
  CHECK(only_error(with_reaction("government: \"CN\" " + kToLetter + kFiveDays)) ==
        "reaction 'answer' does nothing | name what comes or goes: begins_rules: \"...\" or "
        "suspends_exceptions: \"...\"");
  CHECK(only_error(with_reaction("government: \"CN\" " + kToLetter + kReplies))
            .find("delay_days is missing") == 0);
}

TEST_CASE("read_policy: a reaction answers another government by its own rules",
          "[scenario][read]") {
  CHECK(only_error(with_reaction("government: \"CN\" " + kToLetter + kFiveDays +
                                 "begins_rules: \"us_letter\"")) ==
        "'us_letter' is of US, not of CN | a reaction answers what one government does by what the "
        "other can do");
  CHECK(only_error(with_reaction("government: \"US\" " + kToLetter + kFiveDays +
                                 "suspends_rules: \"us_letter\"")) ==
        "US answers itself | a reaction is to what another government does");
  CHECK(only_error(with_reaction("government: \"CN\" to { government: \"US\" change: "
                                 "EXCEPTION_BEGINS rules: \"us_letter\" } " +
                                 kFiveDays + kReplies)) ==
        "rules where the change is of exceptions | a reaction answers one or the other; write two");
  CHECK(only_error(with_reaction("government: \"CN\" to { government: \"US\" change: RULE_ENDS "
                                 "rules: \"us_leter\" } " +
                                 kFiveDays + kReplies)) ==
        "no rule 'us_leter' in the scenario | did you mean 'us_letter'?");
}

}  // namespace
}  // namespace chokepoint
