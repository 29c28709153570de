#include "tools/page/replay/shared_figures.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>
#include <cmath>

namespace chokepoint {
namespace {

double at(const PageFigure& figure, std::size_t row, std::size_t column) {
  return std::get<double>(figure.data.rows().at(row).at(column));
}

TEST_CASE("shared figures: quantiles rise and lie within the values", "[page][replay]") {
  rc::prop("rises", [](std::vector<int> numbers) {
    RC_PRE(!numbers.empty());
    std::sort(numbers.begin(), numbers.end());
    const std::vector<double> values(numbers.begin(), numbers.end());
    const PageFigure figure = quantile_figure("q", {{"a", values}, {"none", {}}}, "_s", "s", "%");
    RC_ASSERT(figure.drawn.size() == 1u);
    for (std::size_t i = 0; i < figure.data.rows().size(); ++i) {
      RC_ASSERT(at(figure, i, 1) >= values.front());
      RC_ASSERT(at(figure, i, 1) <= values.back());
      if (i > 0) RC_ASSERT(at(figure, i, 1) >= at(figure, i - 1, 1));
    }
  });
}

TEST_CASE("shared figures: the mean level times the time is what was held", "[page][replay]") {
  rc::prop("area", [] {
    const auto lengths =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 170)));
    NamedChanges thing{"a", {}};
    double area = 0.0, end = 0.0, begin = 0.0;
    for (const int length : lengths) {
      thing.changes.emplace_back(begin, 1.0);
      thing.changes.emplace_back(begin + length, -1.0);
      area += length;
      end = std::max(end, begin + length);
      begin = std::fmod(begin + 7.0, 100.0);
    }
    const PageFigure figure = level_figure("l", {thing}, "_n", "n", 20);
    double sum = 0.0;
    for (std::size_t i = 0; i < 20; ++i) sum += at(figure, i, 1) * end / 20.0;
    RC_ASSERT(std::abs(sum - area) < 1e-6 * area);
  });
}

TEST_CASE("shared figures: long times are told in longer units", "[page][replay]") {
  const auto told = [](double seconds) {
    return level_figure("l", {{"a", {{0.0, 1.0}, {seconds, -1.0}}}}, "_n", "n", 4).along;
  };
  CHECK(told(60.0) == "s");
  CHECK(told(3600.0) == "minutes");
  CHECK(told(86'400.0) == "hours");
  CHECK(told(30 * 86'400.0) == "days");
}

TEST_CASE("shared figures: facts leave out what nobody drew", "[page][replay]") {
  CHECK(replay_facts("a log", "", "0.1.0").size() == 2);
  CHECK(replay_facts("a log", "7", "0.1.0").size() == 3);
}

}  // namespace
}  // namespace chokepoint
