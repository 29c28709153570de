#include "sim/study/causes/sensitivity.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

Figures pathways(double legal, double licensed) {
  return {{{"pathway", "legal", "packages", 2025}, legal},
          {{"pathway", "legal", "packages", 2026}, 2.0 * legal},
          {{"pathway", "licensed", "packages", 2026}, licensed}};
}

const Movement& movement_of(const std::vector<Movement>& all, const std::string& subject) {
  for (const Movement& movement : all) {
    if (movement.subject == subject) return movement;
  }
  FAIL(subject);
  return all.front();
}

TEST_CASE("sensitivity: a movement is the part of all years that differs", "[history]") {
  const auto all = movements(pathways(100.0, 50.0), pathways(80.0, 100.0));
  CHECK(all.front().subject == "licensed");  // Half of what there is.
  CHECK(movement_of(all, "licensed").share == Approx(0.5));
  const Movement& legal = movement_of(all, "legal");
  CHECK(legal.share == Approx(0.2));
  CHECK(legal.before == 300.0);
  CHECK(legal.after == 240.0);
  CHECK(movement_of(all, "licensed").before == 50.0);
  for (const Movement& movement : movements(pathways(3.0, 4.0), pathways(3.0, 4.0))) {
    CHECK(movement.share == 0.0);
  }
  CHECK(movement_of(movements(pathways(1.0, 0.0), pathways(1.0, 9.0)), "licensed").share == 1.0);
}

// A vendor that is told of for one year counts with all of them.
TEST_CASE("sensitivity: what is shown of one year counts in all", "[history]") {
  const auto sold = [](const char* vendor, int year) {
    return YearlyKey{"revenue", vendor, "USD", year};
  };
  const Figures base = {{sold("mainland/a", 2025), 100.0},
                        {sold("mainland/a", 2026), 900.0},
                        {sold("mainland/b", 2025), 100.0},
                        {sold("mainland/b", 2026), 100.0}};
  Figures other = base;
  other[sold("mainland/a", 2025)] = 50.0;  // Most in 2025,
  other[sold("mainland/b", 2026)] = 40.0;  // and in 2026.
  const auto all = movements(base, other);
  CHECK(movement_of(all, "mainland/a").share == Approx(0.05));
  CHECK(movement_of(all, "mainland/b").share == Approx(0.3));
}

// All that is in stock is sold; nobody looks at the other figure.
TEST_CASE("sensitivity: what is sold from stock moves with it", "[history][slow]") {
  const std::string stock = "supplies[east_line].stock_units";
  const std::string unread = "devices[east_npu].l2_mib";
  Composed composed = small_history();
  auto& cache = *composed.scenario.mutable_devices(1)->mutable_l2_mib();
  cache.set_value(40.0);
  cache.set_source("guess");
  cache.set_confidence(pb::MEMORY);
  int heard = 0;
  const auto ranked = sensitivities(composed, {unread, stock}, 2, [&](int) { ++heard; });
  REQUIRE(ranked.size() == 2);
  CHECK(heard == 2);
  CHECK(ranked[0].path == stock);
  REQUIRE(ranked[0].moves);
  CHECK(*ranked[0].moves > 0.0);
  CHECK(ranked[0].most.after < ranked[0].most.before);
  CHECK(ranked[1].path == unread);
  REQUIRE(ranked[1].moves);
  CHECK(*ranked[1].moves == 0.0);
  CHECK_THROWS_WITH(sensitivities(small_history(), {"choice.sensibility"}, 1, [](int) {}),
                    Catch::Contains("choice.sensibility names no figure"));
}

}  // namespace
}  // namespace chokepoint
