#include "sim/study/forecast/ensemble.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

TEST_CASE("ensemble: all draws, or those that agree with history", "[history][ensemble]") {
  int told = 0;
  const auto tell = [&](int) { ++told; };
  const Ensemble all = drawn_ensemble(small_history(), {9, 2, true}, tell);
  CHECK(told == 9);
  CHECK(all.drawn == 9);
  REQUIRE(all.numbers.size() == 9);
  const Ensemble kept = drawn_ensemble(small_history(), {9, 2, false}, tell);
  CHECK(kept.drawn == 9);
  CHECK(kept.numbers.size() >= 3);  // A third at least.
  CHECK(kept.numbers.size() == kept.yearly.size());
  CHECK(std::is_sorted(kept.numbers.begin(), kept.numbers.end()));
  for (std::size_t i = 0; i < kept.numbers.size(); ++i) {
    CHECK(kept.yearly[i] == all.yearly[static_cast<std::size_t>(kept.numbers[i]) - 1]);
  }
}

TEST_CASE("ensemble: its figures are those of years", "[history][ensemble]") {
  const Ensemble one = drawn_ensemble(small_history(), {1, 1, true}, [](int) {});
  REQUIRE_FALSE(one.yearly.front().empty());
  for (const auto& [key, value] : one.yearly.front()) CHECK(key.year >= 2025);
}

TEST_CASE("ensemble: the nearest draw is no further from the middle than any",
          "[history][ensemble]") {
  const Ensemble all = drawn_ensemble(small_history(), {9, 2, true}, [](int) {});
  const auto nearest = static_cast<std::size_t>(nearest_draw(all)) - 1;
  const double least = distance_to_middle(all.yearly[nearest], all);
  CHECK(least >= 0.0);
  for (const Figures& draw : all.yearly) {
    const double distance = distance_to_middle(draw, all);
    CHECK(distance >= least);
    CHECK(distance <= 1.0);
  }
}

TEST_CASE("ensemble: the same seed draws the same", "[history][ensemble]") {
  const auto drawn = [] {
    return drawn_ensemble(small_history(), {3, 2, false}, [](int) {}).yearly;
  };
  CHECK(drawn() == drawn());
}

}  // namespace
}  // namespace chokepoint
