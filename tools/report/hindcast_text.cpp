#include "tools/report/hindcast_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "tools/print/number_format.hpp"
#include "tools/print/text_table.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kHindcastWidth = 140;
constexpr double kLeastPoints = 3.0;

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

std::vector<TextTable::Column> score_columns(const std::string& of, bool with_winner = true) {
  std::vector<TextTable::Column> columns = {{of, Align::Left}, {"points"},  {"score\nmodel"},
                                            {"\npersistence"}, {"\ntrend"}, {"median error\nmodel"},
                                            {"\npersistence"}, {"\ntrend"}, {"coverage"}};
  if (!with_winner) return columns;
  columns.push_back({"width"});
  columns.push_back({"best", Align::Left});
  return columns;
}

std::vector<std::string> score_cells(const std::string& name, double n,
                                     const ForecasterScore& model,
                                     const ForecasterScore& persistence,
                                     const ForecasterScore& trend) {
  return {name,
          fmt::format("{:.3g}", n),
          fmt::format("{:.2f}", model.interval_score),
          fmt::format("{:.2f}", persistence.interval_score),
          fmt::format("{:.2f}", trend.interval_score),
          percent(model.median_error),
          percent(persistence.median_error),
          percent(trend.median_error),
          percent(model.coverage)};
}

std::string groups_text(const std::string& of, const std::vector<GroupScore>& groups) {
  TextTable table(score_columns(of, false));
  for (const GroupScore& group : groups) {
    table.add_row(score_cells(group.name, group.n, group.model, group.persistence, group.trend));
  }
  return table.text(kHindcastWidth);
}

std::string worst_text(const Hindcast& scores) {
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
  return worst.text(kHindcastWidth);
}

bool has_least_error(const SeriesScore& score) {
  const auto& model = score.model.median_error;
  return model && (!score.persistence.median_error || *model < *score.persistence.median_error) &&
         (!score.trend.median_error || *model < *score.trend.median_error);
}

}  // namespace

std::string figures_text(const World& world, const ShownFigures& run) {
  TextTable table({{"series", Align::Left},
                   {"period", Align::Left},
                   {"unit", Align::Left},
                   {"published"},
                   {"run"},
                   {"ratio"},
                   {"use", Align::Left}});
  for (const ObservedSeries& series : world.observed) {
    for (const ObservedFigure& figure : series.figures) {
      const auto found = run.find(shown_key(series, figure));
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
  TextTable table(score_columns("series"));
  int without_points = 0;
  for (const SeriesScore& row : scores.series) {
    if (row.n <= 0.0) {
      ++without_points;
      continue;
    }
    auto cells = score_cells(row.name, row.n, row.model, row.persistence, row.trend);
    cells.push_back(fmt::format("{:.2f}", row.model.mean_width));
    cells.push_back(winner_word(row.winner));
    table.add_row(cells);
  }
  std::string text = table.text(kHindcastWidth);
  if (without_points > 0) {
    text += fmt::format(
        "{} more series have no point to compare: nothing of an earlier period was public\n",
        without_points);
  }
  return fmt::format("{}\n{}\n{}\n{}", text, groups_text("from", scores.by_origin),
                     groups_text("source", scores.by_source), worst_text(scores));
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
