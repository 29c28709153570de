#include "tools/history/hindcast_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "tools/history/replica.hpp"
#include "tools/report/number_format.hpp"
#include "tools/report/text_table.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kHindcastWidth = 140;
constexpr double kLeastPoints = 3.0;

using Align = TextTable::Align;

std::string short_number(double value) {
  if (value == 0.0) return "0";
  const double size = std::abs(value);
  if (size >= 1e6) return fmt::format("{:.2f} M", value / 1e6);
  if (size >= 1e4) return fmt::format("{:.1f} k", value / 1e3);
  if (size >= 100.0) return fmt::format("{:.0f}", value);
  return fmt::format("{:.3g}", value);
}

std::string use_word(FigureUse use) {
  switch (use) {
    case FigureUse::Calibrate:
      return "calibrate";
    case FigureUse::Validate:
      return "validate";
    case FigureUse::Input:
      return "input";
    case FigureUse::Derived:
      return "derived";
  }
  return "";
}

std::string percent(const std::optional<double>& share) {
  return share ? fmt::format("{:.0f} %", 100.0 * *share) : "-";
}

std::string winner_word(const std::optional<Forecaster>& winner) {
  if (!winner) return "-";
  switch (*winner) {
    case Forecaster::Model:
      return "model";
    case Forecaster::Persistence:
      return "persistence";
    case Forecaster::Trend:
      return "trend";
  }
  return "";
}

bool has_least_error(const SeriesScore& score) {
  const auto& model = score.model.median_error;
  return model && (!score.persistence.median_error || *model < *score.persistence.median_error) &&
         (!score.trend.median_error || *model < *score.trend.median_error);
}

}  // namespace

std::string figures_text(const World& world, const Figures& run) {
  TextTable table({{"series", Align::Left},
                   {"period", Align::Left},
                   {"unit", Align::Left},
                   {"published"},
                   {"run"},
                   {"ratio"},
                   {"use", Align::Left}});
  for (const ObservedSeries& series : world.observed) {
    for (const ObservedFigure& figure : series.figures) {
      const auto found = run.find(figure_key(series, figure));
      if (found == run.end()) continue;
      const double published = figure.value.value;
      const double ratio = published > 0.0 ? found->second / published : 0.0;
      table.add_row({series.counts.name, figure.name, series.unit, short_number(published),
                     short_number(found->second),
                     published > 0.0 ? fmt::format("{:.2f}", ratio) : "-", use_word(figure.use)});
    }
  }
  return table.text(kHindcastWidth);
}

std::string hindcast_text(const Hindcast& scores) {
  TextTable table({{"series", Align::Left},
                   {"points"},
                   {"score\nmodel"},
                   {"\npersistence"},
                   {"\ntrend"},
                   {"median error\nmodel"},
                   {"\npersistence"},
                   {"\ntrend"},
                   {"coverage"},
                   {"width"},
                   {"best", Align::Left}});
  for (const SeriesScore& row : scores.series) {
    table.add_row({row.name, fmt::format("{:.3g}", row.n),
                   fmt::format("{:.2f}", row.model.interval_score),
                   fmt::format("{:.2f}", row.persistence.interval_score),
                   fmt::format("{:.2f}", row.trend.interval_score), percent(row.model.median_error),
                   percent(row.persistence.median_error), percent(row.trend.median_error),
                   percent(row.model.coverage), fmt::format("{:.2f}", row.model.mean_width),
                   winner_word(row.winner)});
  }
  std::string text = table.text(kHindcastWidth);
  TextTable worst({{"worst points", Align::Left},
                   {"from", Align::Left},
                   {"period end", Align::Left},
                   {"published"},
                   {"low"},
                   {"median"},
                   {"high"},
                   {"persistence"},
                   {"score"}});
  for (const HindcastPoint& point : scores.worst) {
    std::string name;
    for (const SeriesScore& row : scores.series) {
      if (row.series == point.series) name = row.name;
    }
    worst.add_row({name, format_date(point.origin), format_date(point.period_end),
                   short_number(point.observed), short_number(point.model.low),
                   short_number(point.model.median), short_number(point.model.high),
                   short_number(point.persistence.median),
                   fmt::format("{:.1f}", point.model_score)});
  }
  return text + "\n" + worst.text(kHindcastWidth);
}

Verdicts verdicts_of(const Hindcast& scores) {
  Verdicts verdicts;
  for (const SeriesScore& row : scores.series) {
    if (row.n < kLeastPoints) continue;
    ++verdicts.series;
    if (row.winner == Forecaster::Model) ++verdicts.by_score;
    if (has_least_error(row)) ++verdicts.by_error;
  }
  return verdicts;
}

}  // namespace chokepoint
