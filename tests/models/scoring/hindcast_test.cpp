#include "models/scoring/hindcast.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace chokepoint {
namespace {

Date year_end(int year) {
  return Date{std::chrono::year{year} / 12 / 31};
}

// Figures of the years, each public two months later.
HindcastSeries annual(const std::vector<double>& values) {
  HindcastSeries series;
  series.name = "cards";
  series.transform = {ScoreScale::LogOnePlus, 1.0};
  series.months_per_period = 12;
  int year = 2017;
  for (const double value : values) {
    series.points.push_back(
        {year_end(year), add_months(year_end(year), 2), value, std::nullopt, "press"});
    ++year;
  }
  return series;
}

// From the middle of the year itself: `factor` times what came, with a band of a fifth either way.
void forecast_years(HindcastSeries& series, int first, double factor) {
  for (const ObservedPoint& point : series.points) {
    if (point.period_end < year_end(first)) continue;
    const double median = factor * point.value;
    series.forecasts.push_back(
        {add_months(point.period_end, -6), point.period_end, {median / 1.2, median, median * 1.2}});
  }
}

const std::vector<double> kZigzag = {100, 300, 90, 400, 150, 700, 120, 500};

TEST_CASE("hindcast: a model that knows wins a series that jumps", "[scoring][hindcast]") {
  HindcastSeries series = annual(kZigzag);
  forecast_years(series, 2020, 1.05);
  const Hindcast table = hindcast({series}, {});
  REQUIRE(table.series.size() == 1);
  const SeriesScore& row = table.series[0];
  CHECK(row.name == "cards");
  CHECK(row.n == 5.0);
  CHECK(row.winner == Forecaster::Model);
  CHECK(row.model.coverage == 1.0);
  CHECK(*row.model.median_error == Approx(0.05));
  CHECK(row.model.mean_width == Approx(2.0 * std::log(1.2)).epsilon(0.02));
  CHECK(row.model.interval_score == Approx(row.model.mean_width));  // Nothing lies outside.
}

TEST_CASE("hindcast: persistence wins what stands still, the trend what grows by a rate",
          "[scoring][hindcast]") {
  HindcastSeries still = annual({100, 101, 100, 99, 100, 101, 100, 100});
  forecast_years(still, 2021, 3.0);
  CHECK(hindcast({still}, {}).series[0].winner == Forecaster::Persistence);
  HindcastSeries steady = annual({100, 151, 224, 338, 507, 759, 1140, 1708});
  forecast_years(steady, 2021, 3.0);
  CHECK(hindcast({steady}, {}).series[0].winner == Forecaster::Trend);
}

TEST_CASE("hindcast: with too few figures nobody wins", "[scoring][hindcast]") {
  HindcastSeries series = annual(kZigzag);
  forecast_years(series, 2023, 1.0);
  const SeriesScore row = hindcast({series}, {}).series[0];
  CHECK(row.n == 2.0);
  CHECK_FALSE(row.winner);
}

TEST_CASE("hindcast: what was public is history, and what was not is none", "[scoring][hindcast]") {
  HindcastSeries series = annual(kZigzag);
  const ObservedPoint& last = series.points.back();
  // On the day of publication it is no forecast any more.
  series.forecasts = {{last.known_on, last.period_end, {1, 2, 3}}};
  CHECK(compared_points(series, {}).empty());
  // A day earlier it is one, made after the period itself.
  series.forecasts = {{last.known_on - std::chrono::days{1}, last.period_end, {1, 2, 3}}};
  CHECK(compared_points(series, {}).size() == 1);
  // At the end of the year before, that year's own figure was not yet public.
  series.forecasts = {{year_end(2023), year_end(2024), {1, 2, 3}}};
  const auto points = compared_points(series, {});
  REQUIRE(points.size() == 1);
  CHECK(points[0].persistence.median == Approx(700.0));
}

TEST_CASE("hindcast: later figures never change what naive forecasts said", "[scoring][hindcast]") {
  HindcastSeries series = annual(kZigzag);
  series.forecasts = {{year_end(2021), year_end(2022), {1, 2, 3}}};
  HindcastSeries other = series;
  for (ObservedPoint& point : other.points) {
    if (point.known_on > year_end(2021)) point.value *= 7.0;
  }
  const auto a = compared_points(series, {}), b = compared_points(other, {});
  REQUIRE(a.size() == 1);
  REQUIRE(b.size() == 1);
  CHECK(a[0].persistence.high == b[0].persistence.high);
  CHECK(a[0].trend.median == b[0].trend.median);
  CHECK(b[0].observed == Approx(7.0 * a[0].observed));
}

TEST_CASE("hindcast: a figure without history is counted and not compared", "[scoring][hindcast]") {
  HindcastSeries series = annual(kZigzag);
  forecast_years(series, 2017, 1.0);
  const SeriesScore row = hindcast({series}, {}).series[0];
  CHECK(row.n == 7.0);
  CHECK(row.without_history == 1.0);
}

TEST_CASE("hindcast: sources of one period share its weight", "[scoring][hindcast]") {
  HindcastSeries series = annual(kZigzag);
  forecast_years(series, 2020, 1.5);
  const SeriesScore one = hindcast({series}, {}).series[0];
  ObservedPoint again = series.points[5];
  again.source = "another";
  series.points.push_back(again);
  const SeriesScore two = hindcast({series}, {}).series[0];
  CHECK(two.n == Approx(one.n));
  CHECK(two.model.interval_score == Approx(one.model.interval_score));
  CHECK(two.trend.interval_score == Approx(one.trend.interval_score));
  series.points.back().value = 200.0;
  CHECK(hindcast({series}, {}).series[0].model.interval_score != Approx(one.model.interval_score));
}

TEST_CASE("hindcast: origins and sources divide the points of long series", "[scoring][hindcast]") {
  HindcastSeries series = annual(kZigzag), brief = annual(kZigzag);
  forecast_years(series, 2020, 1.5);
  forecast_years(brief, 2023, 1.5);  // Two points: too few to count.
  series.points.back().source = "another";
  const Hindcast table = hindcast({series, brief}, {});
  REQUIRE(table.by_source.size() == 2);
  CHECK(table.by_source[0].name == "another");
  CHECK(table.by_source[0].n == 1.0);
  CHECK(table.by_source[1].n == 4.0);
  REQUIRE(table.by_origin.size() == 5);
  double sum = 0.0;
  for (const GroupScore& origin : table.by_origin) {
    CHECK(*origin.model.median_error == Approx(0.5));
    sum += origin.n * origin.trend.interval_score;
  }
  CHECK(sum / 5.0 == Approx(table.series[0].trend.interval_score));
}

TEST_CASE("hindcast: the range of a figure widens the model's band, not the naive ones",
          "[scoring][hindcast]") {
  HindcastSeries series = annual(kZigzag);
  forecast_years(series, 2020, 1.0);
  const auto sharp = compared_points(series, {});
  for (ObservedPoint& point : series.points) {
    point.range = Interval{point.value / 1.5, point.value * 1.5};
  }
  const auto blurred = compared_points(series, {});
  HindcastMethod as_told;
  as_told.widen_by_range = false;
  const auto told = compared_points(series, as_told);
  REQUIRE(blurred.size() == sharp.size());
  for (std::size_t i = 0; i < sharp.size(); ++i) {
    CHECK(blurred[i].model.low < sharp[i].model.low);
    CHECK(blurred[i].model.high > sharp[i].model.high);
    CHECK(blurred[i].trend.high == sharp[i].trend.high);
    CHECK(told[i].model.high == sharp[i].model.high);
    // Half-widths on the scale add up in squares; values are large against its unit.
    const double half = std::log(blurred[i].model.high / blurred[i].model.median);
    CHECK(half == Approx(std::hypot(std::log(1.2), std::log(1.5))).epsilon(0.02));
  }
}

TEST_CASE("hindcast: the worst figures come first, ten at most", "[scoring][hindcast]") {
  HindcastSeries good = annual(kZigzag), bad = annual(kZigzag);
  forecast_years(good, 2018, 1.0);
  forecast_years(bad, 2018, 4.0);
  const Hindcast table = hindcast({good, bad}, {});
  REQUIRE(table.worst.size() == 10);
  for (std::size_t i = 1; i < 10; ++i) {
    CHECK(table.worst[i - 1].model_score >= table.worst[i].model_score);
  }
  CHECK(table.worst[0].series == 1);
  CHECK(table.worst[6].series == 1);
  CHECK(table.worst[7].series == 0);
}

TEST_CASE("hindcast: a series without forecasts has no row", "[scoring][hindcast]") {
  HindcastSeries silent = annual(kZigzag), told = annual(kZigzag);
  forecast_years(told, 2020, 1.0);
  const Hindcast table = hindcast({silent, told}, {});
  REQUIRE(table.series.size() == 1);
  CHECK(table.series[0].series == 1);
}

}  // namespace
}  // namespace chokepoint
