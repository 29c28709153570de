#include "sim/study/causes/attribution.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kAll = 100;

void nobody(int, int) {}

ComparedScenario as_it_was() {
  return {"as_it_was", small_history().scenario};
}

ComparedScenario without_letter() {
  ComparedScenario run{"without_letter", small_history().scenario};
  run.scenario.mutable_rules(0)->set_enabled(false);
  return run;
}

ComparedScenario with_more_money() {
  ComparedScenario run = without_letter();
  run.scenario.mutable_buyers(0)
      ->mutable_budget_usd_bn_per_year()
      ->mutable_points(1)
      ->mutable_value()
      ->set_value(3.0);
  run.name = "with_more_money";
  return run;
}

Measured figure(const YearlyKey& key) {
  return [key](const Figures& figures) { return value_or_none(figures, key); };
}

const Measured kWest = figure({"delivered", "mainland/west", "packages", 2025});

std::vector<Measured> all_figures(const Attribution& attribution) {
  std::vector<Measured> all;
  for (const Figures& figures : attribution.itself) {
    for (const auto& [key, value] : figures) all.push_back(figure(key));
  }
  return all;
}

const Trial& trial_of(const Attribution& attribution, const std::string& name) {
  const auto found = std::find_if(attribution.bindings.begin(), attribution.bindings.end(),
                                  [&](const Trial& trial) { return trial.off.name == name; });
  REQUIRE(found != attribution.bindings.end());
  return *found;
}

TEST_CASE("attribution: the only change accounts for everything, and so does its rule",
          "[history][attribution]") {
  const auto found = attribute({as_it_was(), without_letter()}, kAll, 2, nobody);
  REQUIRE(found.changes[1].size() == 1);
  REQUIRE(difference_of(found, 1, kWest) > 0.0);
  for (const Measured& measured : all_figures(found)) {
    const double all = difference_of(found, 1, measured);
    CHECK(accounted_for(found, found.changes[1][0], 1, measured) == all);
    CHECK(accounted_for(found, trial_of(found, "us_letter"), 1, measured) == all);
  }
}

// Stacks of memory are short in the small scenario; a rule that ends before the run never bites.
TEST_CASE("attribution: what changes neither run accounts for nothing", "[history][attribution]") {
  auto base = as_it_was(), other = without_letter();
  for (ComparedScenario* run : {&base, &other}) {
    pb::Rule early = run->scenario.rules(0);
    early.set_name("early");
    early.set_announced("2024-01-01");
    early.set_effective("2024-01-01");
    early.set_ended("2024-06-01");
    early.clear_enabled();
    *run->scenario.add_rules() = early;
  }
  const auto found = attribute({base, other}, kAll, 2, nobody);
  for (const Trial& trial : found.bindings) CHECK(trial.off.name != "early");
  auto off = base;
  off.scenario.mutable_rules(1)->set_enabled(false);
  const auto never = attribute({base, off}, kAll, 2, nobody);
  REQUIRE(never.changes[1].size() == 1);
  for (const Measured& measured : all_figures(never)) {
    CHECK(difference_of(never, 1, measured) == 0.0);
    CHECK(accounted_for(never, never.changes[1][0], 1, measured) == 0.0);
  }
}

TEST_CASE("attribution: the other way round every part has the other sign",
          "[history][attribution]") {
  const auto there = attribute({as_it_was(), without_letter()}, kAll, 2, nobody);
  const auto back = attribute({without_letter(), as_it_was()}, kAll, 2, nobody);
  REQUIRE(there.bindings.size() == back.bindings.size());
  for (const Trial& trial : there.bindings) {
    const Trial& same = trial_of(back, trial.off.name);
    for (const Measured& measured : all_figures(there)) {
      CHECK(accounted_for(there, trial, 1, measured) == -accounted_for(back, same, 1, measured));
    }
  }
}

TEST_CASE("attribution: any number of processes finds the same", "[history][attribution]") {
  const std::vector<ComparedScenario> runs = {as_it_was(), without_letter(), with_more_money()};
  const auto one = attribute(runs, kAll, 1, nobody), four = attribute(runs, kAll, 4, nobody);
  CHECK(one.itself == four.itself);
  REQUIRE(one.bindings.size() == four.bindings.size());
  for (std::size_t i = 0; i < one.bindings.size(); ++i) {
    CHECK(one.bindings[i].off.name == four.bindings[i].off.name);
    CHECK(one.bindings[i].figures == four.bindings[i].figures);
  }
  CHECK(one.changes[0].empty());
  CHECK(one.changes[2].size() == 2);
}

TEST_CASE("attribution: what is not tried is counted, and every run is told",
          "[history][attribution]") {
  int told = 0, last = 0;
  const auto found = attribute({as_it_was(), without_letter()}, 1, 2, [&](int done, int all) {
    ++told;
    last = all - done;
  });
  CHECK(found.bindings.size() == 1);
  CHECK(found.untried > 0);
  CHECK(told >= 4);
  CHECK(last == 0);
}

// With its end as in the baseline the run would end before it starts.
TEST_CASE("attribution: a change that leaves nonsense is marked", "[history][attribution]") {
  auto other = as_it_was();
  other.scenario.set_end("2025-12-01");
  auto base = as_it_was();
  base.scenario.set_end("2024-12-01");
  base.scenario.set_start("2024-06-01");
  const auto found = attribute({base, other}, 0, 2, nobody);
  const auto& changes = found.changes[1];
  const auto end = std::find_if(changes.begin(), changes.end(),
                                [](const Trial& trial) { return trial.off.name == "end"; });
  REQUIRE(end != changes.end());
  CHECK_FALSE(end->is_readable);
  CHECK(accounted_for(found, *end, 1, kWest) == 0.0);
}

}  // namespace
}  // namespace chokepoint
