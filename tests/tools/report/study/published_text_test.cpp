#include <catch2/catch.hpp>
#include <sstream>

#include "tests/sim/study/small_history.hpp"
#include "tools/report/study/study_text.hpp"

namespace chokepoint {
namespace {

std::string figure_line(const std::string& text, const std::string& word) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(word) != std::string::npos) return line;
  }
  return "";
}

TEST_CASE("published_text: every figure stands beside what the run shows", "[history]") {
  const World world = small_history_world();
  const std::string text = figures_text(world, {{{"east_units", "Q1"}, 650.0},
                                                {{"east_units", "Q2"}, 40'000.0},
                                                {{"east_units", "Q3"}, 1.4e6}});
  INFO(text);
  const std::string q1 = figure_line(text, "Q1"), q2 = figure_line(text, "Q2"),
                    q3 = figure_line(text, "Q3");
  CHECK(q1.find("1300") != std::string::npos);
  CHECK(q1.find("650") != std::string::npos);
  CHECK(q1.find("0.50") != std::string::npos);
  CHECK(q1.find("packages") != std::string::npos);
  CHECK(q1.find("calibrate") != std::string::npos);
  CHECK(q2.find("40.0 k") != std::string::npos);
  CHECK(q2.find("100.00") != std::string::npos);
  CHECK(q3.find("1.40 M") != std::string::npos);
  CHECK(q3.find("validate") != std::string::npos);
  CHECK(figure_line(text, "Q4").empty());  // The run does not cover it.
}

TEST_CASE("published_text: few figures are all told, many as a spread with the furthest",
          "[history]") {
  World world = small_history_world();
  CHECK(published_text(world, {}).empty());
  ShownFigures shown = {{{"east_units", "Q1"}, 650.0}};
  CHECK(published_text(world, shown).find("0.50") != std::string::npos);
  REQUIRE_FALSE(world.observed.empty());
  ObservedSeries& series = world.observed.front();
  const ObservedFigure one = series.figures.front();
  for (int i = 0; i < 20; ++i) {
    series.figures.push_back(one);
    series.figures.back().name = "F" + std::to_string(i);
    series.figures.back().value.value = 100.0;
    shown[{"east_units", series.figures.back().name}] = i == 7 ? 900.0 : 110.0;
  }
  const std::string text = published_text(world, shown);
  INFO(text);
  CHECK(text.find("21 published figures") != std::string::npos);
  CHECK(text.find("1.10 of them in the median") != std::string::npos);
  CHECK(text.find("furthest off: east_units F7 9.00") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
