#include "sim/study/forecast/shown_figures.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

ObservedFigure year(int which, double value, FigureUse use = FigureUse::Calibrate) {
  ObservedFigure figure;
  figure.name = std::to_string(which);
  figure.begin = day(figure.name + "-01-01");
  figure.end = day(std::to_string(which + 1) + "-01-01");
  figure.value.value = value;
  figure.use = use;
  return figure;
}

ObservedSeries series(const std::string& name, std::vector<ObservedFigure> figures) {
  ObservedSeries result;
  result.counts.name = name;
  result.counts.scale = 1.0;
  result.figures = std::move(figures);
  return result;
}

const Date kOrigin = day("2024-12-31");

TEST_CASE("misfit: shares are scored as ratios, all else by its scale", "[history]") {
  ObservedSeries of = series("a", {});
  of.counts.scale = 0.005;
  for (const auto share : {ObservationMeasure::UnitShare, ObservationMeasure::ValueShare}) {
    of.counts.measure = share;
    CHECK(transform_of(of).scale == ScoreScale::LogRatio);
    CHECK(transform_of(of).unit == 0.005);
  }
  for (const auto sum : {ObservationMeasure::Units, ObservationMeasure::Revenue,
                         ObservationMeasure::CumulativeH100e}) {
    of.counts.measure = sum;
    CHECK(transform_of(of).scale == ScoreScale::LogOnePlus);
  }
}

TEST_CASE("misfit: a figure is known when its period is over", "[history]") {
  const ObservedFigure figure = year(2024, 1.0);
  CHECK(is_known(figure, day("2024-12-31")));
  CHECK_FALSE(is_known(figure, day("2024-12-30")));
}

TEST_CASE("misfit: nothing where a run says what was published", "[history]") {
  World world;
  world.observed = {series("a", {year(2023, 5.0), year(2024, 8.0)}), series("b", {})};
  CHECK(misfit(world, {{{"a", "2023"}, 5.0}, {{"a", "2024"}, 8.0}}, kOrigin,
               HeldAgainst::Calibration) == 0.0);
  CHECK(misfit(world, {}, kOrigin, HeldAgainst::Calibration) == 0.0);
  // 1 + x is as good twice as half.
  CHECK(misfit(world, {{{"a", "2023"}, 11.0}, {{"a", "2024"}, 8.0}}, kOrigin,
               HeldAgainst::Calibration) == Approx(std::log(2.0) / 2.0));
  CHECK(misfit(world, {{{"a", "2023"}, 2.0}, {{"a", "2024"}, 8.0}}, kOrigin,
               HeldAgainst::Calibration) == Approx(std::log(2.0) / 2.0));
}

TEST_CASE("misfit: it never looks at what is not for fitting, nor at what came later",
          "[history]") {
  World world;
  world.observed = {series("a", {year(2023, 5.0), year(2024, 8.0, FigureUse::Validate),
                                 year(2022, 8.0, FigureUse::Input),
                                 year(2021, 8.0, FigureUse::Derived), year(2025, 8.0)})};
  ShownFigures run = {{{"a", "2023"}, 7.0}};
  const double alone = misfit(world, run, kOrigin, HeldAgainst::Calibration);
  CHECK(alone > 0.0);
  for (const char* other : {"2024", "2022", "2021", "2025"}) run[{"a", other}] = 1e6;
  CHECK(misfit(world, run, kOrigin, HeldAgainst::Calibration) == alone);
}

TEST_CASE("misfit: against all that was published it looks at figures for validation as well",
          "[history]") {
  World world;
  world.observed = {series("a", {year(2023, 5.0), year(2024, 8.0, FigureUse::Validate),
                                 year(2022, 8.0, FigureUse::Input), year(2025, 8.0)})};
  ShownFigures run = {{{"a", "2023"}, 5.0}, {{"a", "2024"}, 9.0}, {{"a", "2022"}, 1e6}};
  CHECK(misfit(world, run, kOrigin, HeldAgainst::Calibration) == 0.0);
  CHECK(misfit(world, run, kOrigin, HeldAgainst::Published) > 0.0);
  run[{"a", "2024"}] = 8.0;
  CHECK(misfit(world, run, kOrigin, HeldAgainst::Published) == 0.0);
}

TEST_CASE("misfit: every series weighs the same, whatever number of figures it has", "[history]") {
  World world;
  world.observed = {series("a", {year(2023, 1.0)}), series("b", {year(2023, 1.0)})};
  const ShownFigures run = {
      {{"a", "2023"}, 3.0}, {{"b", "2023"}, 7.0}, {{"a", "2024"}, 3.0}, {{"a", "2022"}, 3.0}};
  const double both = misfit(world, run, kOrigin, HeldAgainst::Calibration);
  CHECK(both == Approx(std::log(2.0) * std::sqrt((1.0 + 4.0) / 2.0)));
  world.observed[0].figures = {year(2022, 1.0), year(2023, 1.0), year(2024, 1.0)};
  CHECK(misfit(world, run, kOrigin, HeldAgainst::Calibration) == Approx(both));
}

}  // namespace
}  // namespace chokepoint
