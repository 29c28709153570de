#include "sim/study/causes/lever_laws.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

LeverLaw law_of(const std::string& path) {
  LeverLaw law;
  law.name = "stock";
  law.paths = {path};
  law.steps = {0.5, 1.0, 2.0};
  law.indicator = "delivered";
  law.subjects = "*";
  law.first = 2025;
  law.last = 2030;
  return law;
}

TEST_CASE("lever_laws: patterns choose, and leave out", "[levers]") {
  CHECK(fits("*", "anything"));
  CHECK(fits("*_cn", "alibaba_cn"));
  CHECK_FALSE(fits("*_cn", "alibaba_singapore"));
  CHECK(fits("a,b", "b"));
  CHECK_FALSE(fits("*,!cuda", "cuda"));
  CHECK(fits("!cuda", "cann"));
}

TEST_CASE("lever_laws: a figure is multiplied, and left without a range", "[levers]") {
  const auto before = small_history().scenario;
  const auto after = with_lever(before, law_of("supplies[east_line].stock_units"), 3.0);
  const auto stock = [](const pb::Scenario& scenario) {
    for (const auto& supply : scenario.supplies()) {
      if (supply.name() == "east_line") return supply.stock_units();
    }
    return pb::Sourced();
  };
  CHECK(stock(after).value() == 3.0 * stock(before).value());
  CHECK_FALSE(stock(after).has_low());
  CHECK_FALSE(stock(after).has_high());
}

TEST_CASE("lever_laws: a path that leads nowhere is told", "[levers]") {
  for (const char* path : {"supplies[nobody].stock_units", "supplies[*].no_such", "name", "x"}) {
    CHECK_THROWS_WITH(with_lever(small_history().scenario, law_of(path), 2.0),
                      Catch::Contains(path));
  }
}

TEST_CASE("lever_laws: what holds is told from medians", "[levers]") {
  LeverLaw up = law_of("x");
  const LeverOutcome rising{{{1.0, 9.0, 2.0}, {3.0, 1.0, 4.0}, {5.0, 5.0, 5.0}}};
  CHECK(rising.is_monotone(up));
  up.is_strict = true;
  CHECK(rising.holds(up));
  up.rises = false;
  CHECK_FALSE(rising.holds(up));
  const LeverOutcome level{{{1000.0}, {999.0}, {1000.0}}};
  up.rises = true;
  CHECK(level.is_monotone(up));  // Within rounding,
  CHECK_FALSE(level.holds(up));  // but not strict.
  CHECK(level.changes() == std::vector<double>{0.0});
  CHECK(LeverOutcome{{{1.0}, {2.0}, {4.0}}}.elasticities(up).front() == Approx(1.0));
}

TEST_CASE("lever_laws: more in stock is more delivered, draw by draw", "[levers][slow]") {
  const auto law = law_of("supplies[east_line].stock_units");
  const auto outcomes = lever_outcomes(small_history().scenario, {law}, 3, 2, [](int, int) {});
  REQUIRE(outcomes.size() == 1);
  REQUIRE(outcomes[0].sums.size() == 3);
  for (const auto& draws : outcomes[0].sums) CHECK(draws.size() == 3);
  CHECK(outcomes[0].is_monotone(law));
}

TEST_CASE("lever_laws: a view that writes the figure anew is moved as well", "[levers][slow]") {
  auto law = law_of("supplies[east_line].stock_units");
  law.is_strict = true;
  auto scenario = small_history().scenario;
  auto* world = scenario.add_alternative_worlds();
  world->set_name("other");
  world->set_weight(1.0);
  auto* set = world->add_set();
  set->set_path("supplies[east_line].stock_units.value");
  set->set_value("400");
  CHECK(lever_outcomes(scenario, {law}, 3, 2, [](int, int) {})[0].holds(law));
}

}  // namespace
}  // namespace chokepoint
