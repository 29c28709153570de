#include "tools/report/answer/causes_told.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/report/answer/random_runs.hpp"

namespace chokepoint {
namespace {

Obstacle shortage(const std::string& name, double usd) {
  Obstacle obstacle;
  obstacle.kind = Obstacle::Kind::Shortage;
  obstacle.name = name;
  obstacle.stage = "fab";
  obstacle.lost["chip"] = {1.0, usd};
  return obstacle;
}

TEST_CASE("causes told: the greatest is named with its money", "[answer][causes]") {
  auto run = made::level_run("a", 2.0);
  run.held_back.push_back(shortage("memory", 3e8));
  const auto told = held_back_most(run);
  REQUIRE(told);
  CHECK(
      told->text ==
      "US rule rule held back most, mainland orders of 2 bn USD; of what is made, the shortage of "
      "memory (fab).");
  run.held_back.clear();
  CHECK_FALSE(held_back_most(run));
}

TEST_CASE("causes told: what is less goes with what holds back more", "[answer][causes]") {
  auto base = made::level_run("a", 1.0), other = made::level_run("b", 1.5);
  base.held_back.push_back(shortage("memory", 9e9));
  // The shortage differs most; it holds back less.
  CHECK(held_back_unlike(base, other, -1.0)->text.find("rule") != std::string::npos);
  CHECK(held_back_unlike(base, other, 1.0)->text.find("memory") != std::string::npos);
  // Rules come first where nothing else tells.
  CHECK(held_back_unlike(base, other, 0.0)->text.find("US rule rule") != std::string::npos);
  CHECK_FALSE(held_back_unlike(base, base, 0.0));
}

TEST_CASE("causes told: what a changed rule stands behind comes first", "[answer][causes]") {
  auto base = made::level_run("a", 1.0), other = made::level_run("b", 1.5);
  base.held_back.push_back(shortage("memory", 1e9));
  other.held_back.push_back(shortage("memory", 2e9));
  for (auto* run : {&base, &other}) run->held_back.back().rules = {"closed"};
  other.changed_rules = {"closed"};
  CHECK(held_back_unlike(base, other, 1.0)->text ==
        "With it goes the shortage of memory (fab), behind which stands rule closed: of mainland "
        "orders 2.0 times as much was wanted and not made.");
  CHECK(held_back_unlike(other, base, -1.0)->text ==
        "With it goes the shortage of memory (fab), behind which stands rule closed: of mainland "
        "orders 2.0 times as much was wanted and not made in b.");
}

TEST_CASE("causes told: over draws a rule within noise is said to be that", "[answer][causes]") {
  auto base = made::level_run("a", 1.0), other = made::level_run("b", 1.5);
  for (int draw = 0; draw < 20; ++draw) {
    const std::string name = "draw_" + std::to_string(draw);
    base.yearly.draws[name] = base.yearly.itself;
    other.yearly.draws[name] = draw % 2 == 0 ? made::level_run("", 1.5).yearly.itself
                                             : made::level_run("", 0.5).yearly.itself;
  }
  const auto told = held_back_unlike(base, other, 0.0);
  REQUIRE(told);
  CHECK(told->certainty == Certainty::Noise);
  CHECK(told->text.find("within noise") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
