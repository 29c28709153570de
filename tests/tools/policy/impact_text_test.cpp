#include "tools/policy/impact_text.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

TEST_CASE("policy impact text: counts, moves and things", "[policy]") {
  const auto pair = with_and_without(small_policy(), "us_memory_license");
  CHECK(
      impact_text(policy_impact(pair, {}, day("2025-09-01")), pair.with.world) ==
      R"(us_memory_license on 2025-09-01, to CN: catches 0, frees 1, changes the terms of 0 of 4 devices and items, by the rules of US

without it                               with it          things
---------------------------------------  ---------------  ------
license needed, by letter to the vendor  license granted       1

Freed

name      first sold  without it       with it       all governments  note
--------  ----------  ---------------  ------------  ---------------  ----
west_mid  2025-07-01  license: letter  granted 50 %  granted

name      rule with it
--------  ------------
west_mid  us_memory
)");
}

TEST_CASE("policy impact text: other terms stand in a table of their own", "[policy]") {
  const auto pair = with_and_without(small_policy(), "us_duty");
  const std::string text = impact_text(policy_impact(pair, {}, day("2026-02-01")), pair.with.world);
  CHECK(has(text, "\nOther terms\n"));
  CHECK(has(text, "west_big  license: denial  none              25 % duty\n"));
}

TEST_CASE("policy impact text: JSON holds what changes", "[policy]") {
  const auto pair = with_and_without(small_policy(), "us_memory_license");
  const std::string json =
      impact_json(policy_impact(pair, {}, day("2025-09-01")), pair.with.world, {});
  CHECK(has(json, "\"schema\": \"chokepoint.policy.impact/1\""));
  CHECK(has(json, "\"freed\": 1"));
  CHECK(has(json, "\"name\": \"west_mid\""));
  CHECK_FALSE(has(json, "\"name\": \"west_big\""));
}

}  // namespace
}  // namespace chokepoint
