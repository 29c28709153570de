#include "tools/report/study_text.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "sim/indicators/figures.hpp"

namespace chokepoint {
namespace {

Figures delivered(double in_2024, double in_2025) {
  return {{{"delivered", "mainland/x", "packages", 2024}, in_2024},
          {{"delivered", "mainland/x", "packages", 2025}, in_2025}};
}

Trial trial(Switch::Kind kind, const std::string& name, const Figures& base, const Figures& other) {
  Trial made;
  made.off.kind = kind;
  made.off.name = name;
  made.off.government = kind == Switch::Kind::Rule ? "US" : "";
  made.off.paths = {name};
  made.figures = {base, other};
  return made;
}

// 1000 and 5000 packages in 2025: 4000 more. Without the rule 3000 and 5000: it accounts for 2000.
Attribution made() {
  const Figures base = delivered(1'000, 1'000), other = delivered(1'000, 5'000);
  Attribution attribution;
  attribution.names = {"base", "other"};
  attribution.itself = {base, other};
  attribution.changes = {{}, {trial(Switch::Kind::Change, "rules[r]", base, base)}};
  attribution.bindings = {
      trial(Switch::Kind::Shortage, "memory", base, other),
      trial(Switch::Kind::Quota, "q", delivered(1'000, 500), delivered(1'000, 4'000)),
      trial(Switch::Kind::Rule, "r", delivered(1'000, 3'000), other)};
  attribution.untried = 7;
  return attribution;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("attribution text: parts, the greatest first, and what they leave",
          "[history][attribution]") {
  const std::string text = attribution_text(made(), {{2025}, 10});
  CHECK(has(text, "other less base, 2025"));
  CHECK(has(text, "US r"));
  CHECK(text.find("US r") < text.find("quota q"));
  CHECK_FALSE(has(text, "shortage of memory"));  // It accounts for nothing.
  CHECK(has(text, "1 account for nothing"));
  CHECK(has(text, "7 rules, quotas and shortages"));
  CHECK(has(text, "+2.0"));
  CHECK(has(text, "+1.5"));  // 4000 - 2000 - 500 are left.
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 150);
}

TEST_CASE("attribution text: no more rows than asked for", "[history][attribution]") {
  const std::string text = attribution_text(made(), {{2025}, 1});
  CHECK(has(text, "US r"));
  CHECK_FALSE(has(text, "quota q"));
  CHECK(has(text, "1 more"));
}

TEST_CASE("attribution text: a change that cannot be undone says so", "[history][attribution]") {
  Attribution attribution = made();
  attribution.changes[1][0].is_readable = false;
  CHECK(has(attribution_text(attribution, {{2025}, 10}), "rules[r] cannot be undone by itself"));
}

TEST_CASE("attribution text: files have every part with its unit", "[history][attribution]") {
  const std::string csv = attribution_csv(made(), {2024, 2025});
  CHECK(
      has(csv, "other,base,2025,delivered,mainland/*,packages,1000,5000,4000,rule,r,US,0,2000\n"));
  CHECK(
      has(csv, "other,base,2024,delivered,mainland/*,packages,1000,1000,0,shortage,memory,,0,0\n"));
  const std::string json = attribution_json(made(), {2025});
  CHECK(has(json, "\"schema\": \"chokepoint.attribution/1\""));
  CHECK(has(json, "\"accounted\": 2000"));
}

TEST_CASE("attribution text: the year that tells most is a published one that differs",
          "[history][attribution]") {
  CHECK(telling_year(made(), 2030) == 2025);
  CHECK(telling_year(made(), 2024) == 2025);  // Nothing differs in 2024.
  Attribution both = made();
  both.itself[1] = delivered(1'500, 5'000);
  CHECK(telling_year(both, 2024) == 2024);
  CHECK(telling_year(both, 2025) == 2025);
}

TEST_CASE("attribution text: changes of several values are counted", "[history][attribution]") {
  Switch off;
  off.kind = Switch::Kind::Change;
  off.name = "rules[r]";
  off.paths = {"rules[r].enabled", "rules[r].effective"};
  CHECK(switch_name(off) == "rules[r] (2 changes)");
}

}  // namespace
}  // namespace chokepoint
