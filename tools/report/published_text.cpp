#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "models/scoring/scores.hpp"
#include "tools/report/study_text.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kFewFigures = 12;
constexpr std::size_t kFurthest = 5;

const char* use_word(FigureUse use) {
  constexpr std::array kWords = {"calibrate", "validate", "input", "derived"};
  return kWords[static_cast<std::size_t>(use)];
}

/// A figure that has a ratio.
struct RatioOf {
  std::string name, period;
  double ratio = 0.0;

  /// Times too much, or too little.
  double off() const { return ratio > 0.0 ? std::abs(std::log(ratio)) : INFINITY; }
};

std::vector<RatioOf> ratios_of(const World& world, const ShownFigures& run) {
  std::vector<RatioOf> ratios;
  for (const ObservedSeries& series : world.observed) {
    for (const ObservedFigure& figure : series.figures) {
      const auto found = run.find(shown_key(series, figure));
      if (found == run.end() || figure.value.value <= 0.0) continue;
      ratios.push_back({series.counts.name, figure.name, found->second / figure.value.value});
    }
  }
  return ratios;
}

std::string spread_text(std::vector<RatioOf> ratios) {
  std::vector<double> rising;
  rising.reserve(ratios.size());
  for (const RatioOf& one : ratios) rising.push_back(one.ratio);
  std::ranges::sort(rising);
  std::string text = fmt::format(
      "{} published figures: what the run shows is {:.2f} of them in the median, half within "
      "{:.2f} "
      "and {:.2f}, nine of ten within {:.2f} and {:.2f}\n",
      rising.size(), quantile(rising, 0.5), quantile(rising, 0.25), quantile(rising, 0.75),
      quantile(rising, 0.05), quantile(rising, 0.95));
  std::ranges::stable_sort(ratios, [](const auto& a, const auto& b) { return a.off() > b.off(); });
  ratios.resize(std::min(kFurthest, ratios.size()));
  text += "furthest off:";
  for (const RatioOf& one : ratios) {
    text += fmt::format("{} {} {} {:.2f}", &one == ratios.data() ? "" : ",", one.name, one.period,
                        one.ratio);
  }
  return text + "; all in published.csv\n";
}

}  // namespace

Table published_table(const World& world, const ShownFigures& run) {
  Table table("published",
              {"series", "period", "unit", Column("published", Type::Real, "", format_magnitude),
               Column("run", Type::Real, "", format_magnitude),
               Column("ratio", Type::Real, "", format_fixed<2>), "use"});
  for (const ObservedSeries& series : world.observed) {
    for (const ObservedFigure& figure : series.figures) {
      const auto found = run.find(shown_key(series, figure));
      if (found == run.end()) continue;
      const double published = figure.value.value;
      table.add_row({series.counts.name, figure.name, series.unit, published, found->second,
                     published > 0.0 ? Cell(found->second / published) : Cell(),
                     use_word(figure.use)});
    }
  }
  return table;
}

std::string figures_text(const World& world, const ShownFigures& run) {
  return to_text(published_table(world, run));
}

std::string published_text(const World& world, const ShownFigures& run) {
  if (run.empty()) return {};
  if (run.size() <= kFewFigures) return "beside what was published\n" + figures_text(world, run);
  const auto ratios = ratios_of(world, run);
  return ratios.empty() ? "" : spread_text(ratios);
}

}  // namespace chokepoint
