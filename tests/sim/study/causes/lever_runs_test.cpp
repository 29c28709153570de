#include "sim/study/causes/lever_runs.hpp"

#include <catch2/catch.hpp>

#include "sim/sweep/replicas.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint::lever_runs_test {
namespace {

const YearlyKey kWest = {"delivered", "mainland/west", "packages", 2025};

void nobody(int, int) {}

Figures figures_of(const pb::Scenario& scenario) {
  return yearly_in(run_apart([&] { return figures_or_contradiction(scenario); }));
}

LeverRuns between(const pb::Scenario& base, const pb::Scenario& other,
                  const AttributionEffort& effort = {}) {
  const Figures of_base = figures_of(base), of_other = figures_of(other);
  return lever_runs({base, of_base}, {other, of_other}, effort, nobody);
}

std::vector<ShapleyValue> parts(const LeverRuns& runs, const YearlyKey& key) {
  return shapley_values(runs.orders,
                        [&](LeverSet set) { return value_or_none(runs.figures.at(set), key); });
}

pb::Scenario small() {
  return small_history().scenario;
}

/// The small scenario with so many rules that are alike in place of one, each of which is enough.
pb::Scenario with_letters(int letters) {
  pb::Scenario scenario = small();
  const pb::Rule letter = scenario.rules(0);
  scenario.mutable_rules(0)->set_enabled(false);  // Others soften it by its name.
  for (int i = 0; i < letters; ++i) {
    pb::Rule& copy = *scenario.add_rules();
    copy = letter;
    copy.set_name("letter_" + std::to_string(i));
  }
  return scenario;
}

void switch_off(pb::Scenario& scenario, int letters) {
  int left = letters;
  for (pb::Rule& rule : *scenario.mutable_rules()) {
    if (rule.name().starts_with("letter_") && left-- > 0) rule.set_enabled(false);
  }
}

double delivered_by_west(const Figures& figures) {
  return value_or_none(figures, kWest);
}

// Either rule is enough: no rule by itself accounts for anything, both together for all.
TEST_CASE("lever runs: rules of which either is enough share what both account for",
          "[history][attribution]") {
  const pb::Scenario base = with_letters(2);
  pb::Scenario other = base;
  switch_off(other, 2);
  const auto runs = between(base, other);
  REQUIRE(runs.levers.size() == 2);
  CHECK(runs.orders.sampled.empty());
  const double all = delivered_by_west(runs.figures.at(3)) - delivered_by_west(runs.figures.at(0));
  REQUIRE(all > 0.0);
  CHECK(delivered_by_west(runs.figures.at(1)) == delivered_by_west(runs.figures.at(0)));
  for (const ShapleyValue& part : parts(runs, kWest)) CHECK(part.value == Approx(all / 2.0));
}

// Seven rules, each of which is enough: the last in an order accounts for all. A sampled order ends
// with one or another; in all orders each is last as often.
TEST_CASE("lever runs: sampled parts add up, and say how far off they may be",
          "[history][attribution]") {
  constexpr int kLetters = 7;
  const pb::Scenario base = with_letters(kLetters);
  pb::Scenario other = base;
  switch_off(other, kLetters);
  AttributionEffort effort;
  effort.orders = 8;
  effort.workers = 2;
  const auto runs = between(base, other, effort);
  REQUIRE(runs.levers.size() == kLetters);
  REQUIRE(runs.orders.sampled.size() == 8);
  const double all =
      delivered_by_west(runs.figures.at(all_of(kLetters))) - delivered_by_west(runs.figures.at(0));
  REQUIRE(all > 0.0);
  double sum = 0.0;
  for (const ShapleyValue& part : parts(runs, kWest)) {
    sum += part.value;
    CHECK((part.standard_error > 0.0) == (part.value != 0.0));
  }
  CHECK(sum == Approx(all));
}

// With its end as in the baseline the run would end before it starts.
TEST_CASE("lever runs: changes that need each other are one lever", "[history][attribution]") {
  pb::Scenario base = small(), other = small();
  base.set_start("2024-06-01");
  base.set_end("2024-12-01");
  other.set_end("2025-12-01");
  other.mutable_rules(0)->set_enabled(false);
  const auto runs = between(base, other);
  REQUIRE(runs.levers.size() == 2);
  CHECK(runs.levers[0].inseparable == std::vector<std::string>{"start", "end"});
  CHECK(runs.levers[0].name == "start + end");
  CHECK(runs.levers[1].inseparable.empty());
  CHECK(runs.figures.size() == 4);
  const auto found = parts(runs, kWest);
  CHECK(found[0].value + found[1].value ==
        Approx(delivered_by_west(figures_of(other)) - delivered_by_west(figures_of(base))));
}

TEST_CASE("lever runs: any number of processes finds the same", "[history][attribution]") {
  const pb::Scenario base = with_letters(3);
  pb::Scenario other = base;
  switch_off(other, 2);
  other.set_seed(9);
  AttributionEffort one, four;
  four.workers = 4;
  CHECK(between(base, other, one).figures == between(base, other, four).figures);
}

TEST_CASE("lever runs: both ends are known, and every other set is run once",
          "[history][attribution]") {
  const pb::Scenario base = with_letters(3);
  pb::Scenario other = base;
  switch_off(other, 3);
  const Figures of_base = figures_of(base), of_other = figures_of(other);
  int told = 0;
  const auto runs = lever_runs({base, of_base}, {other, of_other}, {}, [&](int, int) { ++told; });
  CHECK(runs.figures.size() == 8);
  CHECK(told == 6);
}

// No change names the order of a list: with all changes undone a run is still not the baseline.
TEST_CASE("lever runs: lists in another order are no lever", "[history][attribution]") {
  const pb::Scenario base = small();
  pb::Scenario other = base;
  other.mutable_buyers()->SwapElements(0, other.buyers_size() - 1);
  const auto runs = between(base, other);
  CHECK(runs.levers.empty());
  CHECK(runs.figures.size() == 1);
}

}  // namespace
}  // namespace chokepoint::lever_runs_test
