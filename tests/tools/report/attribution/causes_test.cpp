#include "tools/report/attribution/causes.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/tools/report/attribution/made_attribution.hpp"
#include "tools/report/attribution/attribution_report.hpp"

namespace chokepoint::causes_test {
namespace {

TEST_CASE("causes: parts of levers and their remainder are the difference, of every headline",
          "[history][attribution]") {
  const Attribution made = made_attribution();
  for (const int in : {2024, 2025}) {
    const ComparedYear year = compared_year(made, 1, in);
    const LeverCauses causes = lever_causes(year);
    REQUIRE(causes.levers.size() == 2);
    for (std::size_t i = 0; i < year.headlines.size(); ++i) {
      double sum = causes.remainder[i];
      for (const Cause& cause : causes.levers) sum += cause.parts[i].value;
      CHECK(sum == Approx(difference_in(year, year.headlines[i])));
    }
  }
}

TEST_CASE("causes: the greatest first, without those that account for nothing",
          "[history][attribution]") {
  const Attribution made = made_attribution();
  const ComparedYear year = compared_year(made, 1, 2025);
  const auto telling = telling_causes(year, binding_causes(year));
  REQUIRE(telling.size() == 2);
  CHECK(telling[0].name == "US r");
  CHECK(telling[1].name == "quota q");
}

TEST_CASE("causes: nothing is no share of nothing", "[history][attribution]") {
  CHECK(share_of(1.0, -4.0) == -0.25);
  CHECK_FALSE(share_of(0.0, 0.0));
}

TEST_CASE("causes: changes of several values are counted", "[history][attribution]") {
  CHECK(lever_name({"rules[r]", {"rules[r].enabled", "rules[r].effective"}, {}}) ==
        "rules[r] (2 changes)");
  CHECK(lever_name({"seed", {"seed"}, {}}) == "seed");
}

TEST_CASE("causes: the year that tells most is a published one that differs",
          "[history][attribution]") {
  CHECK(telling_year(made_attribution(), 2030) == 2025);
  CHECK(telling_year(made_attribution(), 2024) == 2025);  // Nothing differs in 2024.
  Attribution both = made_attribution();
  both.itself[1] = delivered(1'500, 5'000);
  CHECK(telling_year(both, 2024) == 2024);
  CHECK(telling_year(both, 2025) == 2025);
}

}  // namespace
}  // namespace chokepoint::causes_test
