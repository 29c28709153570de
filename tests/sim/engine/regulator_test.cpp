#include "sim/engine/regulator.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

Rule rule(std::string_view effective, std::optional<std::string_view> ended) {
  Rule result = rule_on_foreign(kUs, effective, 1.0);
  if (ended) result.validity.ended = day(*ended);
  return result;
}

TEST_CASE("regulator: rules begin and end on their days, old ones at the start",
          "[engine][regulator]") {
  World world = small_world();
  world.regime.rules = {rule("2020-01-01", std::nullopt), rule("2025-03-01", "2025-04-01"),
                        rule("2020-01-01", "2025-01-01"), rule("2025-05-01", "2026-01-01"),
                        rule("2026-01-01", std::nullopt), rule("2025-01-01", "2025-01-02")};
  const auto facts = facts_of(world);
  std::vector<std::pair<double, std::uint32_t>> began, ended;
  for (const auto& f : only<RuleBegan>(facts))
    began.emplace_back(f.time.value / 86'400, f.rule.value);
  for (const auto& f : only<RuleEnded>(facts))
    ended.emplace_back(f.time.value / 86'400, f.rule.value);
  CHECK(began == decltype(began){{0, 0}, {0, 5}, {59, 1}, {120, 3}});
  CHECK(ended == decltype(ended){{1, 5}, {90, 1}});
}

TEST_CASE("regulator: licenses begin and end like rules", "[engine][regulator]") {
  World world = small_world();
  world.regime.rules = {rule("2020-01-01", std::nullopt)};
  License license;
  license.rule = RuleId{0};
  license.validity = {day("2025-01-11"), day("2025-01-21")};
  world.regime.licenses = {license};
  const auto facts = facts_of(world);
  CHECK(only<LicenseBegan>(facts).at(0).time == 10_days);
  CHECK(only<LicenseEnded>(facts).at(0).time == 20_days);
}

TEST_CASE("regulator: a rule that begins on a day holds for that day's deliveries",
          "[engine][regulator]") {
  World world = small_world();
  world.orders[0].tranches[0].months = 1;
  world.regime.rules = {rule_on_foreign(kUs, "2025-01-15", 0.0)};
  CHECK(units_of<ShipmentRefused>(facts_of(world)) == 100.0);
  world.regime.rules = {rule_on_foreign(kUs, "2025-01-16", 0.0)};
  CHECK(units_of<ShipmentRefused>(facts_of(world)) == 0.0);
}

}  // namespace
}  // namespace chokepoint
