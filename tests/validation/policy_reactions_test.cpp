// The reactions that ship are those that came: with them, rules have the dates that are on record.

#include <catch2/catch.hpp>
#include <map>

#include "tests/validation/policy_world.hpp"

namespace chokepoint::validation {
namespace {

// All rules with the part that makes governments answer, and what is set.
World world_with_reactions(const std::vector<std::string>& sets) {
  return policy_world_of("reactions.textproto", sets);
}

const Rule& rule_of(const World& world, const std::string& name) {
  const auto rule = std::ranges::find(world.regime.rules, name, &Rule::name);
  REQUIRE(rule != world.regime.rules.end());
  return *rule;
}

TEST_CASE("reactions that ship: rules have the dates on record", "[validation][policy]") {
  const World world = world_with_reactions({});
  // Who waits for the rule of January 2026, and whose place the stop takes.
  const std::map<std::string, const char*> later = {
      {"cn_2026_01_07_h200_pause", "2026-01-14"},
      {"cn_2026_01_08_h200_barred_buyers", "2026-01-14"}};
  for (const Rule& rule : world.regime.rules) {
    const Rule& recorded = rule_of(policy_world(), rule.name);
    INFO(rule.name);
    CHECK(rule.enabled == recorded.enabled);
    if (later.count(rule.name) > 0) {
      CHECK(rule.announced == parse_date(later.at(rule.name)));
      continue;
    }
    CHECK(rule.announced == recorded.announced);
    CHECK(rule.validity.effective == recorded.validity.effective);
    CHECK(rule.validity.ended == recorded.validity.ended);
    CHECK(rule.validity.suspensions.size() == recorded.validity.suspensions.size());
  }
}

TEST_CASE("reactions that ship: what is not provoked does not come, and what moves is followed",
          "[validation][policy]") {
  const World open =
      world_with_reactions({"exceptions[us_2026_01_15_case_by_case].enabled=false",
                            "exceptions[us_2026_01_15_one_license].enabled=false",
                            "exceptions[us_2026_05_13_h200_licenses].enabled=false"});
  CHECK_FALSE(rule_of(open, "cn_2026_01_14_h200_customs_stop").enabled);
  const World early = world_with_reactions({"rules[us_2024_12_02_hbm].announced=2024-06-02"});
  CHECK(rule_of(early, "cn_2024_12_03_us_materials").validity.effective ==
        parse_date("2024-06-03"));
}

TEST_CASE("reactions that ship: the next round takes the licenses of both",
          "[validation][policy]") {
  const World world = world_with_reactions({"reactions[cn_answers_snap_back].enabled=true",
                                            "reactions[us_answers_snap_back].enabled=true"});
  const auto holds = [&](const char* name, const char* date) {
    const auto& all = world.regime.exceptions;
    const auto exception = std::ranges::find(all, name, &Exception::name);
    REQUIRE(exception != all.end());
    return exception->validity.holds_on(parse_date(date).value());
  };
  CHECK(holds("cn_2026_08_18_h200_import_licenses", "2026-11-19"));
  CHECK_FALSE(holds("cn_2026_08_18_h200_import_licenses", "2026-11-20"));
  CHECK(holds("us_2025_08_11_h20_license", "2026-11-20"));
  CHECK_FALSE(holds("us_2025_08_11_h20_license", "2026-11-21"));
}

}  // namespace
}  // namespace chokepoint::validation
