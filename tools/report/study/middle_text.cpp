#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "models/scoring/scores.hpp"
#include "sim/indicators/headlines.hpp"
#include "tools/report/study/study_text.hpp"
#include "tools/report/yearly_table.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kLeastDraws = 2;

std::vector<int> years_told(const Figures& run, int covered_year) {
  const auto years = years_of(run);
  std::vector<int> told;
  for (const int year : years) {
    if (year == covered_year || year == years.back()) told.push_back(year);
  }
  return told;
}

std::string unit_of(const Headline& headline) {
  const auto word = scale_of(headline.unit).word;
  return word.empty() ? headline.unit : fmt::format("{} {}", word, headline.unit);
}

std::vector<Cell> cells_of(const Headline& headline, const Figures& run, const Ensemble& ensemble) {
  std::vector<double> rising;
  rising.reserve(ensemble.yearly.size());
  for (const Figures& draw : ensemble.yearly) rising.push_back(value_of(headline, draw));
  std::ranges::sort(rising);
  const auto number = [&](double value) {
    return Cell(format_scaled(value, headline.unit, false));
  };
  return {std::to_string(headline.year),
          headline.indicator,
          headline.subject,
          number(quantile(rising, 0.5)),
          number(quantile(rising, kTail)),
          number(quantile(rising, 1.0 - kTail)),
          number(value_of(headline, run)),
          unit_of(headline)};
}

}  // namespace

std::string middle_text(const Figures& run, const Ensemble& ensemble, int covered_year) {
  if (ensemble.yearly.size() < kLeastDraws) return {};
  Table table("middle",
              {"year", "indicator", "of", Column("median", Type::Real), Column("low", Type::Real),
               Column("high", Type::Real), Column("run", Type::Real), "unit"});
  for (const int year : years_told(run, covered_year)) {
    for (const Headline& headline : headlines(run, run, year)) {
      table.add_row(cells_of(headline, run, ensemble));
    }
  }
  const int nearest = nearest_draw(ensemble);
  return fmt::format(
      "the middle of {} draws of {} that agree with what was published (effective sample size {}), "
      "with the middle 90 %\n{}\nthe run itself, of central values, lies {:.2f} bands from the "
      "medians; draw {} is nearest: run it with --draw {}\n",
      ensemble.yearly.size(), ensemble.drawn, ensemble.yearly.size(), to_text(table),
      distance_to_middle(run, ensemble), nearest, nearest);
}

}  // namespace chokepoint
