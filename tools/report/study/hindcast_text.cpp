#include "tools/report/study/study_text.hpp"

#include <fmt/format.h>

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

std::string groups_text(const char* of, const std::vector<GroupScore>& groups) {
  Table table("scores", score_columns(of));
  for (const GroupScore& group : groups) table.add_row(score_cells(group));
  return to_text(table);
}

std::string worst_text(const Hindcast& scores) {
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
  return to_text(worst);
}

bool has_least_error(const SeriesScore& score) {
  const auto& model = score.model.median_error;
  return model && (!score.persistence.median_error || *model < *score.persistence.median_error) &&
         (!score.trend.median_error || *model < *score.trend.median_error);
}

}  // namespace

std::string hindcast_text(const Hindcast& scores) {
  auto columns = score_columns("series");
  columns.emplace_back("width", Type::Real, "", format_fixed<2>);
  columns.emplace_back("best");
  Table table("scores", std::move(columns));
  int without_points = 0;
  for (const SeriesScore& row : scores.series) {
    if (row.n <= 0.0) {
      ++without_points;
      continue;
    }
    auto cells = score_cells(row);
    cells.emplace_back(row.model.mean_width);
    cells.push_back(winner_word(row.winner));
    table.add_row(std::move(cells));
  }
  std::string text = to_text(table);
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
