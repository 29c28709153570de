#include "tools/report/study/study_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "tools/print/table.hpp"

namespace chokepoint {

namespace {

constexpr double kLeastPoints = 3.0;

Cell winner_word(const std::optional<Forecaster>& winner) {
  constexpr std::array kWords = {"model", "persistence", "trend"};
  return winner ? Cell(kWords[static_cast<std::size_t>(*winner)]) : Cell();
}

std::vector<Column> score_columns(const char* of) {
  return {of,
          Column("points", Type::Real, "", format_rough),
          Column("model_score", Type::Real, "score\nmodel", format_fixed<2>),
          Column("persistence_score", Type::Real, "\npersistence", format_fixed<2>),
          Column("trend_score", Type::Real, "\ntrend", format_fixed<2>),
          Column("model_median_error_share", "median error\nmodel"),
          Column("persistence_median_error_share", "\npersistence"),
          Column("trend_median_error_share", "\ntrend"),
          "coverage_share"};
}

/// Of a series or a group of them.
template <class Score>
std::vector<Cell> score_cells(const Score& of) {
  return {of.name,
          of.n,
          of.model.interval_score,
          of.persistence.interval_score,
          of.trend.interval_score,
          of.model.median_error,
          of.persistence.median_error,
          of.trend.median_error,
          of.model.coverage};
}

Table groups_table(const char* of, const std::vector<GroupScore>& groups) {
  Table table("scores", score_columns(of));
  for (const GroupScore& group : groups) table.add_row(score_cells(group));
  return table;
}

// Series with a point to compare.
Table series_table(const Hindcast& scores) {
  auto columns = score_columns("series");
  columns.emplace_back("width", Type::Real, "", format_fixed<2>);
  columns.emplace_back("best");
  Table table("scores", std::move(columns));
  for (const SeriesScore& row : scores.series) {
    if (row.n <= 0.0) continue;
    auto cells = score_cells(row);
    cells.emplace_back(row.model.mean_width);
    cells.push_back(winner_word(row.winner));
    table.add_row(std::move(cells));
  }
  return table;
}

Table worst_table(const Hindcast& scores) {
  Table worst("worst_points", {"worst_points", "from", "period_end",
                               Column("published", Type::Real, "", format_magnitude),
                               Column("low", Type::Real, "", format_magnitude),
                               Column("median", Type::Real, "", format_magnitude),
                               Column("high", Type::Real, "", format_magnitude),
                               Column("persistence", Type::Real, "", format_magnitude),
                               Column("score", Type::Real, "", format_fixed<1>)});
  for (const HindcastPoint& point : scores.worst) {
    std::string name;
    for (const SeriesScore& row : scores.series) {
      if (row.series == point.series) name = row.name;
    }
    worst.add_row({name, point.origin, point.period_end, point.observed, point.model.low,
                   point.model.median, point.model.high, point.persistence.median,
                   point.model_score});
  }
  return worst;
}

bool has_least_error(const SeriesScore& score) {
  const auto& model = score.model.median_error;
  return model && (!score.persistence.median_error || *model < *score.persistence.median_error) &&
         (!score.trend.median_error || *model < *score.trend.median_error);
}

}  // namespace

std::string hindcast_text(const Hindcast& scores) {
  std::string text = to_text(series_table(scores));
  const auto without_points =
      std::ranges::count_if(scores.series, [](const SeriesScore& row) { return row.n <= 0.0; });
  if (without_points > 0) {
    text += fmt::format(
        "{} more series have no point to compare: nothing of an earlier period was public\n",
        without_points);
  }
  return fmt::format("{}\n{}\n{}\n{}", text, to_text(groups_table("from", scores.by_origin)),
                     to_text(groups_table("source", scores.by_source)),
                     to_text(worst_table(scores)));
}

JsonValue hindcast_json(const Hindcast& scores) {
  const Verdicts verdicts = verdicts_of(scores);
  return JsonValue::object()
      .add("schema", "chokepoint.validate.history/1")
      .add("series", to_json(series_table(scores)))
      .add("by_origin", to_json(groups_table("from", scores.by_origin)))
      .add("by_source", to_json(groups_table("source", scores.by_source)))
      .add("worst", to_json(worst_table(scores)))
      .add("judged_series", double(verdicts.series))
      .add("best_by_score", double(verdicts.by_score))
      .add("best_by_median_error", double(verdicts.by_error));
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
