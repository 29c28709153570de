#include "sim/study/causes/attribution.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

AttributionEffort effort(std::size_t bindings = 100, int workers = 2) {
  AttributionEffort made;
  made.bindings = bindings;
  made.workers = workers;
  return made;
}

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
  const auto found = attribute({as_it_was(), without_letter()}, effort(), nobody);
  REQUIRE(found.between[1].levers.size() == 1);
  REQUIRE(difference_of(found, 1, kWest) > 0.0);
  for (const Measured& measured : all_figures(found)) {
    const double all = difference_of(found, 1, measured);
    const auto parts = parts_of(found, 1, measured);
    CHECK(parts[0].value == all);
    CHECK(parts[0].standard_error == 0.0);
    CHECK(remainder_of(found, 1, measured, parts) == 0.0);
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
  const auto found = attribute({base, other}, effort(), nobody);
  for (const Trial& trial : found.bindings) CHECK(trial.off.name != "early");
  auto off = base;
  off.scenario.mutable_rules(1)->set_enabled(false);
  const auto never = attribute({base, off}, effort(), nobody);
  REQUIRE(never.between[1].levers.size() == 1);
  for (const Measured& measured : all_figures(never)) {
    CHECK(difference_of(never, 1, measured) == 0.0);
    CHECK(parts_of(never, 1, measured)[0].value == 0.0);
  }
}

TEST_CASE("attribution: the other way round every part has the other sign",
          "[history][attribution]") {
  const auto there = attribute({as_it_was(), without_letter()}, effort(), nobody);
  const auto back = attribute({without_letter(), as_it_was()}, effort(), nobody);
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
  const auto one = attribute(runs, effort(100, 1), nobody),
             four = attribute(runs, effort(100, 4), nobody);
  CHECK(one.itself == four.itself);
  REQUIRE(one.bindings.size() == four.bindings.size());
  for (std::size_t i = 0; i < one.bindings.size(); ++i) {
    CHECK(one.bindings[i].off.name == four.bindings[i].off.name);
    CHECK(one.bindings[i].figures == four.bindings[i].figures);
  }
  CHECK(one.between[0].levers.empty());
  REQUIRE(one.between[2].levers.size() == 2);
  CHECK(one.between[2].figures == four.between[2].figures);
}

TEST_CASE("attribution: what is not tried is counted, and every run is told",
          "[history][attribution]") {
  int told = 0, last = 0;
  const auto found = attribute({as_it_was(), without_letter()}, effort(1), [&](int done, int all) {
    ++told;
    last = all - done;
  });
  CHECK(found.bindings.size() == 1);
  CHECK(found.untried > 0);
  CHECK(told >= 3);  // Both, and the binding off where it is.
  CHECK(last == 0);
}

TEST_CASE("attribution: parts of levers add up to the difference, the other way round too",
          "[history][attribution]") {
  const auto there = attribute({as_it_was(), with_more_money()}, effort(0), nobody);
  const auto back = attribute({with_more_money(), as_it_was()}, effort(0), nobody);
  for (const Measured& measured : all_figures(there)) {
    const auto parts = parts_of(there, 1, measured), reversed = parts_of(back, 1, measured);
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].value + parts[1].value == Approx(difference_of(there, 1, measured)));
    CHECK(remainder_of(there, 1, measured, parts) == 0.0);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      CHECK(parts[i].value == Approx(-reversed[i].value).margin(1e-9));
    }
  }
}

TEST_CASE("attribution: what levers do not reach is the remainder", "[attribution]") {
  const Figures none, some = {{{"delivered", "mainland/west", "packages", 2025}, 5.0}};
  Attribution made;
  made.itself = {none, some};
  made.between.resize(2);
  made.between[1].figures = {{0, some}};  // In another order of lists.
  const auto parts = parts_of(made, 1, kWest);
  CHECK(parts.empty());
  CHECK(remainder_of(made, 1, kWest, parts) == 5.0);
}

}  // namespace
}  // namespace chokepoint
