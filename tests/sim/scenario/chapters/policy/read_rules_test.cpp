#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

// A second rule beside that of small.textproto, with `inside` added.
std::string text_with_rule(const std::string& inside) {
  return small_text() +
         "rules { name: \"second\" title: \"A second rule\" government: \"US\" "
         "announced: \"2025-05-01\" effective: \"2025-06-01\" citation: \"A test\" "
         "source: \"guess\" confidence: ESTIMATED " +
         inside + " }";
}

Regime regime_with(const std::string& text) {
  const auto result = read_text(text);
  for (const auto& error : result.errors) UNSCOPED_INFO(error);
  REQUIRE(result.world);
  return result.world->regime;
}

Rule rule_with(const std::string& inside) {
  return regime_with(text_with_rule(inside)).rules[1];
}

TEST_CASE("read_rules: words of a government are off unless they are turned on",
          "[scenario][read]") {
  const auto enabled = [](const std::string& inside) {
    return rule_with("verdict: FREE " + inside).enabled;
  };
  CHECK(enabled("standing: LAW"));
  CHECK(enabled("standing: PRACTICE"));
  CHECK_FALSE(enabled("standing: PROPOSAL"));
  CHECK_FALSE(enabled("standing: ANNOUNCEMENT"));
  CHECK(enabled("standing: PROPOSAL enabled: true"));
  CHECK_FALSE(enabled("standing: LAW enabled: false"));
}

TEST_CASE("read_rules: a flag sets itself and no other", "[scenario][read]") {
  for (const RuleFlag& flag : kRuleFlags) {
    INFO(flag.field);
    const Rule rule = rule_with(
        "standing: LAW verdict: FREE destinations: \"CN\" "
        "buyer { headquarters: \"CN\" orgs: \"lab\" } " +
        std::string(flag.field) + ": true");
    for (const RuleFlag& other : kRuleFlags) {
      CHECK(rule.*other.member == (other.member == flag.member));
    }
  }
}

TEST_CASE("read_rules: categories, suspensions and reviews", "[scenario][read]") {
  const Rule rule = rule_with(
      "standing: LAW verdict: CASE_BY_CASE categories: HBM categories: EQUIPMENT "
      "suspensions { from: \"2025-07-01\" until: \"2025-08-01\" citation: \"A pause\" } "
      "review { days { value: 60 low: 30 high: 180 source: \"guess\" confidence: ESTIMATED } "
      "refusal_probability { value: 0.25 source: \"guess\" confidence: ESTIMATED } } "
      "tariff_share { value: 0.25 source: \"guess\" confidence: ESTIMATED }");
  CHECK(rule.categories == (1U << static_cast<unsigned>(Category::Hbm) |
                            1U << static_cast<unsigned>(Category::Equipment)));
  REQUIRE(rule.validity.suspensions.size() == 1);
  CHECK_FALSE(rule.validity.holds_on(*parse_date("2025-07-01")));
  CHECK(rule.validity.holds_on(*parse_date("2025-08-01")));
  CHECK(rule.review.time.value == 60_days);
  CHECK(rule.review.time.input);
  CHECK(rule.review.refusal_probability.value == 0.25);
  CHECK(rule.tariff_share.value == 0.25);
  CHECK(rule_with("standing: LAW verdict: FREE").categories ==
        1U << static_cast<unsigned>(Category::Chip));
}

TEST_CASE("read_rules: groups stand for their countries", "[scenario][read]") {
  const std::string group =
      "country_groups { name: \"D5\" title: \"Embargoed\" countries: \"CN\" countries: \"RU\" "
      "source: \"guess\" confidence: ESTIMATED } ";
  const Regime regime =
      regime_with(group + text_with_rule("standing: LAW verdict: PROHIBITED destinations: \"D5\" "
                                         "destinations: \"MO\" destinations_except: \"RU\""));
  const Rule& rule = regime.rules[1];
  CHECK(rule.destinations == CountrySet{Country("CN"), Country("RU"), Country("MO")});
  CHECK(rule.destinations_except == CountrySet{Country("RU")});
  CHECK(only_error(group + text_with_rule("standing: LAW verdict: FREE destinations: \"D55\""))
            .find("no country or group 'D55' in the scenario") == 0);
}

TEST_CASE("read_rules: a rule that takes effect ends what it supersedes", "[scenario][read]") {
  const Regime regime =
      regime_with(text_with_rule("standing: LAW verdict: FREE supersedes: \"us_letter\""));
  CHECK(regime.rules[0].validity.ended == parse_date("2025-06-01"));
  const Regime unless =
      regime_with(text_with_rule("standing: PROPOSAL verdict: FREE supersedes: \"us_letter\""));
  CHECK_FALSE(unless.rules[0].validity.ended);
}

TEST_CASE("read_rules: affiliates of the listed are worked out", "[scenario][read]") {
  const Regime regime = regime_with(
      "orgs { name: \"branch\" headquarters: \"SG\" owners { org: \"east\" share: 0.5 } } " +
      text_with_rule("standing: LAW verdict: PRESUMED_DENIAL lists_parties: true "
                     "buyer { orgs: \"east\" }") +
      "rules { name: \"affiliates\" title: \"Affiliates\" government: \"US\" standing: LAW "
      "announced: \"2025-05-01\" effective: \"2025-05-01\" citation: \"A test\" "
      "source: \"guess\" confidence: ESTIMATED verdict: PRESUMED_DENIAL "
      "buyer { owned_by_listed_at_least: 0.5 } }");
  const auto& owned = regime.rules[2].buyer.owned;
  REQUIRE(owned.size() == 1);
  CHECK(owned[0].from == *parse_date("2025-06-01"));
  CHECK(owned[0].orgs.size() == 1);
}

TEST_CASE("read_rules: what is wrong with a rule", "[scenario][read]") {
  const auto error = [](const std::string& inside) { return only_error(text_with_rule(inside)); };
  CHECK(error("verdict: FREE").find("standing is missing | write one of LAW, LETTER") == 0);
  CHECK(error("standing: LAW verdict: FREE buyer_anywhere: true destinations: \"CN\"") ==
        "buyer_anywhere without destinations and a buyer to extend them by | give both, or leave "
        "buyer_anywhere out");
  CHECK(error("standing: LAW verdict: FREE lists_parties: true") ==
        "lists_parties without parties | name those that are listed: buyer { orgs: \"...\" }");
  CHECK(error("standing: LAW verdict: FREE supersedes: \"us_leter\"") ==
        "no rule 'us_leter' in the scenario | did you mean 'us_letter'?");
  CHECK(error("standing: LAW verdict: FREE suspensions { from: \"2025-07-02\" until: "
              "\"2025-07-01\" }") ==
        "until 2025-07-01 is before from 2025-07-02 | dates out of order: from <= until must hold");
  CHECK(error("standing: LAW verdict: FREE review { refusal_probability { value: 2 source: "
              "\"guess\" confidence: MEMORY } }")
            .find("refusal_probability is 2") == 0);
  CHECK(error("standing: LAW verdict: FREE buyer { owned_by_listed_at_least: 0 }")
            .find("owned_by_listed_at_least is 0") == 0);
}

TEST_CASE("read_rules: an exception softens rules of one government", "[scenario][read]") {
  const auto with = [](const std::string& rules) {
    return text_with_rule("standing: LAW verdict: PROHIBITED") +
           "rules { name: \"cn_rule\" title: \"Another government\" government: \"CN\" "
           "announced: \"2025-05-01\" effective: \"2025-06-01\" citation: \"A test\" "
           "source: \"guess\" confidence: ESTIMATED standing: LAW verdict: PROHIBITED } "
           "exceptions { name: \"way_out\" title: \"A way out\" standing: LAW " +
           rules +
           " announced: \"2025-05-01\" effective: \"2025-06-01\" verdict: NOTIFIED "
           "exported_from: \"US\" packaged_in_except: \"CN\" "
           "packager { classes: \"approved_osat\" } "
           "citation: \"A test\" source: \"guess\" confidence: ESTIMATED }";
  };
  const Regime regime = regime_with(with("rules: \"second\" rules: \"us_letter\""));
  const Exception& exception = regime.exceptions.back();
  CHECK(exception.rules == std::vector<RuleId>{RuleId{1}, RuleId{0}});
  CHECK(exception.verdict == Verdict::Notified);
  CHECK(exception.admitted_share.value == 1.0);
  CHECK(exception.exported_from == CountrySet{Country("US")});
  CHECK(exception.packaged_in_except == CountrySet{Country("CN")});
  CHECK(exception.packager.classes.size() == 1);
  CHECK(only_error(with("")) ==
        "exception 'way_out' softens no rule | name at least one: rules: \"...\"");
  CHECK(only_error(with("rules: \"second\" rules: \"cn_rule\"")) ==
        "rules of two governments in one exception | an exception is of one government; write one "
        "for each");
}

// Announced on 1 May, in force from 1 June, suspended in July and from September on, ended in
// October.
TEST_CASE("read_rules: a day leaves out what was announced later, and how it ended",
          "[scenario][read]") {
  const auto seen = [](const std::string& day) {
    return regime_with(text_with_rule("standing: LAW verdict: FREE ended: \"2025-10-01\" "
                                      "suspensions { from: \"2025-07-01\" until: \"2025-08-01\" "
                                      "citation: \"-\" } suspensions { from: \"2025-09-01\" "
                                      "citation: \"-\" }") +
                       "policy_as_of: \"" + day + "\"")
        .rules[1];
  };
  CHECK_FALSE(seen("2025-04-30").enabled);
  CHECK(seen("2025-05-01").enabled);
  CHECK(seen("2025-05-01").validity.suspensions.empty());
  CHECK(seen("2025-07-01").validity.suspensions.size() == 1);
  CHECK(seen("2025-07-01").validity.suspensions[0].until == parse_date("2025-08-01"));
  CHECK(seen("2025-09-01").validity.suspensions.size() == 2);
  CHECK_FALSE(seen("2025-09-30").validity.ended);
  CHECK(seen("2025-10-01").validity.ended == parse_date("2025-10-01"));
}

TEST_CASE("read_rules: a rule that is not known yet ends none", "[scenario][read]") {
  const auto ended = [](const std::string& day) {
    return regime_with(text_with_rule("standing: LAW verdict: FREE supersedes: \"us_letter\"") +
                       "policy_as_of: \"" + day + "\"")
        .rules[0]
        .validity.ended;
  };
  CHECK_FALSE(ended("2025-04-30"));
  CHECK(ended("2025-05-01") == parse_date("2025-06-01"));
}

TEST_CASE("read_rules: exceptions are left out like rules", "[scenario][read]") {
  const auto seen = [](const std::string& day) {
    return regime_with(small_text() + "policy_as_of: \"" + day + "\"").exceptions[0].enabled;
  };
  CHECK_FALSE(seen("2025-07-14"));
  CHECK(seen("2025-07-15"));
}

}  // namespace
}  // namespace chokepoint
