#include "sim/study/forecast/rolling.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

RollingMethod method(const std::vector<Date>& origins) {
  RollingMethod result;
  result.origins = origins;
  result.draws = 4;
  result.workers = 2;
  return result;
}

void nobody_counts(int, int) {}

TEST_CASE("rolling: from a day on, every figure of the next year is forecast once",
          "[history][slow]") {
  int told = 0;
  const auto series = rolling_forecasts(
      small_history(), method({day("2025-03-31"), day("2025-06-30")}), [&](int done, int all) {
        CHECK(done == ++told);
        CHECK(all == 8);
      });
  CHECK(told == 8);
  REQUIRE(series.size() == 1);
  CHECK(series[0].name == "east_units");
  CHECK(series[0].months_per_period == 3);
  CHECK(series[0].points.size() == 4);
  std::vector<std::pair<Date, Date>> forecast;
  for (const ModelForecast& one : series[0].forecasts) {
    forecast.emplace_back(one.origin, one.period_end);
    CHECK(one.forecast.low < one.forecast.median);
    CHECK(one.forecast.median < one.forecast.high);
    CHECK(one.forecast.low >= 0.0);
  }
  CHECK(forecast == std::vector<std::pair<Date, Date>>{{day("2025-03-31"), day("2025-07-01")},
                                                       {day("2025-03-31"), day("2025-10-01")},
                                                       {day("2025-03-31"), day("2026-01-01")},
                                                       {day("2025-06-30"), day("2025-10-01")},
                                                       {day("2025-06-30"), day("2026-01-01")}});
}

TEST_CASE("rolling: forecasts are the same again, whatever the number of workers",
          "[history][slow]") {
  RollingMethod one = method({day("2025-06-30")});
  const auto two_at_a_time = rolling_forecasts(small_history(), one, nobody_counts);
  one.workers = 1;
  const auto in_turn = rolling_forecasts(small_history(), one, nobody_counts);
  REQUIRE(two_at_a_time[0].forecasts.size() == in_turn[0].forecasts.size());
  for (std::size_t i = 0; i < in_turn[0].forecasts.size(); ++i) {
    CHECK(two_at_a_time[0].forecasts[i].forecast.median == in_turn[0].forecasts[i].forecast.median);
    CHECK(two_at_a_time[0].forecasts[i].forecast.high == in_turn[0].forecasts[i].forecast.high);
  }
}

// A figure that comes after the origin must not move what was said of it, or of any other.
TEST_CASE("rolling: what is published later changes no forecast", "[history][slow]") {
  const auto said = [](int later) {
    Composed composed = small_history();
    auto& series = *composed.scenario.mutable_observation_series(0);
    for (const int quarter : {2, 3}) {
      series.mutable_observations(quarter)->mutable_value()->set_value(later);
    }
    return rolling_forecasts(composed, method({day("2025-06-30")}), nobody_counts)[0].forecasts;
  };
  const auto as_it_came = said(700), otherwise = said(70'000);
  REQUIRE(as_it_came.size() == 2);
  for (std::size_t i = 0; i < as_it_came.size(); ++i) {
    CHECK(as_it_came[i].forecast.low == otherwise[i].forecast.low);
    CHECK(as_it_came[i].forecast.high == otherwise[i].forecast.high);
  }
}

// What was missed at the origin is carried on.
TEST_CASE("rolling: a forecast stands on the last figure that was known", "[history][slow]") {
  const auto said = [](int last) {
    Composed composed = small_history();
    auto& series = *composed.scenario.mutable_observation_series(0);
    series.mutable_observations(1)->mutable_value()->set_value(last);
    return rolling_forecasts(composed, method({day("2025-06-30")}), nobody_counts)[0]
        .forecasts[0]
        .forecast.median;
  };
  CHECK(said(4'000) > 2.0 * said(400));
}

}  // namespace
}  // namespace chokepoint
