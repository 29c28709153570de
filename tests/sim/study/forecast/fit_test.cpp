#include "sim/study/forecast/fit.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

const std::string kStock = "supplies[east_line].stock_units";

FitMethod method() {
  FitMethod result;
  result.paths = {kStock};
  result.origin = parse_date("2025-03-31").value();
  result.runs = 40;
  result.trust = 1e-4;
  return result;
}

/// The history whose first quarter shows `units`.
Composed with_quarter(double units) {
  Composed composed = small_history();
  auto& series = *composed.scenario.mutable_observation_series(0);
  series.mutable_observations(0)->mutable_value()->set_value(units);
  return composed;
}

void nobody_sees(int, const Fit&) {}

// All that is in stock is bought at once: more was delivered, so there was more in stock.
TEST_CASE("fit: it moves a figure towards what was published", "[history][slow]") {
  const Fit up = fit(with_quarter(6'000.0), method(), nobody_sees);
  const Fit down = fit(with_quarter(700.0), method(), nobody_sees);
  REQUIRE(up.z.size() == 1);
  CHECK(up.z[0] > 0.5);
  CHECK(up.values[0] > 3'000.0);
  CHECK(up.values[0] <= 10'000.0);
  CHECK(down.z[0] < 0.0);
  CHECK(down.values[0] < 1'000.0);
  CHECK(up.misfit < 0.5);
}

TEST_CASE("fit: it never gets worse, and is the same again", "[history][slow]") {
  std::vector<double> objectives;
  const Composed composed = with_quarter(6'000.0);
  const Fit once = fit(composed, method(), [&](int run, const Fit& best) {
    CHECK(run == static_cast<int>(objectives.size()));
    CHECK(best.objective == Approx(best.misfit * best.misfit + 1e-4 * best.z[0] * best.z[0]));
    if (run == 0) CHECK(best.z[0] == 0.0);  // The prior comes first.
    objectives.push_back(best.objective);
  });
  CHECK(objectives.size() > 2);
  CHECK(objectives.size() <= 40);
  CHECK(std::is_sorted(objectives.rbegin(), objectives.rend()));
  CHECK(objectives.back() < objectives.front());
  const Fit again = fit(composed, method(), nobody_sees);
  CHECK(again.z == once.z);
  CHECK(again.objective == once.objective);
}

TEST_CASE("fit: with one run there is the prior alone", "[history]") {
  FitMethod one = method();
  one.runs = 1;
  CHECK(fit(with_quarter(6'000.0), one, nobody_sees).z == std::vector<double>{0.0});
}

TEST_CASE("fit: a prior that is trusted is left less", "[history][slow]") {
  FitMethod trusting = method();
  trusting.trust = 100.0;
  CHECK(fit(with_quarter(6'000.0), trusting, nobody_sees).z[0] == Approx(0.0).margin(0.02));
}

TEST_CASE("fit: a path names a figure with a range", "[history]") {
  for (const std::string path : {"supplies[east_line].output", "choice.families", "choise.families",
                                 "supplies[nobody].stock_units", "seed"}) {
    FitMethod wrong = method();
    wrong.paths = {path};
    CHECK_THROWS_WITH(fit(small_history(), wrong, nobody_sees), Catch::Contains(path));
  }
}

}  // namespace
}  // namespace chokepoint
