#include "tools/report/why.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "tests/sim/study/small_history.hpp"

namespace chokepoint::indicator_reasons_test {
namespace {

IndicatorReasons made() {
  Obstacle rule;
  rule.name = "us_letter";
  rule.gate = "US";
  rule.lost = {{"west_gpu", {120.0, 1.2e9}}, {"a", {1.0, 0.0}}, {"b", {0.0, 0.0}}};
  rule.rules = {"us_letter"};
  Obstacle shortage;
  shortage.kind = Obstacle::Kind::Shortage;
  shortage.name = "hbm2e";
  shortage.stage = "hbm";
  shortage.devices_per_unit = 0.225;
  shortage.lost = {{"east_npu", {}}};
  Obstacle power;
  power.kind = Obstacle::Kind::Power;
  power.name = "north";
  power.lost = {{"west_gpu", {16.0, 1e5}}};
  return {{"domestic_share", "units", "share", 2025},
          parse_period("2025").value(),
          0.5,
          std::nullopt,
          {rule, shortage, power}};
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("indicator reasons: what it was, what held it back, and what the rule cites",
          "[history][why]") {
  const std::string text = indicator_reasons_text(made(), small_history_world());
  CHECK(text.rfind("domestic_share units, 2025: 0.500 (share) (2024: nothing)\n", 0) == 0);
  CHECK(has(text, "west_gpu 120, a 1, 1 more"));
  CHECK(has(text, "gate of US"));
  CHECK(has(text, "shortage of hbm2e"));
  CHECK(has(text, "hbm, 0.225 per unit"));
  CHECK(has(text, "cap of 50 MW"));
  CHECK(has(text, "us_letter (US): A license is required for fast memory [A letter of a test]"));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 150);
}

TEST_CASE("indicator reasons: nothing held back says so", "[history][why]") {
  IndicatorReasons reasons = made();
  reasons.obstacles.clear();
  CHECK(
      has(indicator_reasons_text(reasons, small_history_world()), "nothing held its devices back"));
}

TEST_CASE("indicator reasons: a folder without a trace is named", "[history][why]") {
  CHECK_THROWS_WITH(world_of_run("/nowhere"), Catch::Contains("/nowhere"));
}

}  // namespace
}  // namespace chokepoint::indicator_reasons_test
