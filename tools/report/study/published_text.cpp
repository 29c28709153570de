#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "models/scoring/scores.hpp"
#include "tools/report/study/study_text.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kFewFigures = 12;
constexpr std::size_t kFurthest = 5;

const char* use_word(FigureUse use) {
  constexpr std::array kWords = {"calibrate", "validate", "input", "derived"};
  return kWords[static_cast<std::size_t>(use)];
}

/// A published figure and what the run shows for it.
struct Shown {
  const ObservedSeries* series;
  const ObservedFigure* figure;
  double run = 0.0;

  bool has_ratio() const { return figure->value.value > 0.0; }
  double ratio() const { return run / figure->value.value; }
  /// Times too much, or too little.
  double off() const { return ratio() > 0.0 ? std::abs(std::log(ratio())) : INFINITY; }
};

std::vector<Shown> all_shown(const World& world, const ShownFigures& run) {
  std::vector<Shown> all;
  for (const ObservedSeries& series : world.observed) {
    for (const ObservedFigure& figure : series.figures) {
      const auto found = run.find(shown_key(series, figure));
      if (found != run.end()) all.push_back({&series, &figure, found->second});
    }
  }
  return all;
}

std::string spread_text(std::vector<Shown> ratios) {
  std::vector<double> rising;
  rising.reserve(ratios.size());
  for (const Shown& one : ratios) rising.push_back(one.ratio());
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
  for (const Shown& one : ratios) {
    text += fmt::format("{} {} {} {:.2f}", &one == ratios.data() ? "" : ",",
                        one.series->counts.name, one.figure->name, one.ratio());
  }
  return text + "; all in published.csv\n";
}

}  // namespace

Table published_table(const World& world, const ShownFigures& run) {
  Table table("published",
              {"series", "period", "unit", Column("published", Type::Real, "", format_magnitude),
               Column("run", Type::Real, "", format_magnitude),
               Column("ratio", Type::Real, "", format_fixed<2>), "use"});
  for (const Shown& one : all_shown(world, run)) {
    table.add_row({one.series->counts.name, one.figure->name, one.series->unit,
                   one.figure->value.value, one.run, one.has_ratio() ? Cell(one.ratio()) : Cell(),
                   use_word(one.figure->use)});
  }
  return table;
}

std::string figures_text(const World& world, const ShownFigures& run) {
  return to_text(published_table(world, run));
}

std::string published_text(const World& world, const ShownFigures& run) {
  if (run.empty()) return {};
  if (run.size() <= kFewFigures) return "beside what was published\n" + figures_text(world, run);
  auto shown = all_shown(world, run);
  std::erase_if(shown, [](const Shown& one) { return !one.has_ratio(); });
  return shown.empty() ? "" : spread_text(std::move(shown));
}

}  // namespace chokepoint
