#include "tools/report/study/study_text.hpp"

#include <catch2/catch.hpp>
#include <sstream>

namespace chokepoint {
namespace {

std::string line_with(const std::string& text, const std::string& word) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(word) != std::string::npos) return line;
  }
  return "";
}

SeriesScore score(const std::string& name, double n, Forecaster winner, double error) {
  SeriesScore row;
  row.name = name;
  row.n = n;
  row.winner = winner;
  row.model.median_error = error;
  row.persistence.median_error = 0.3;
  row.trend.median_error = 0.4;
  return row;
}

TEST_CASE("hindcast_text: verdicts count series with enough points", "[history]") {
  Hindcast scores;
  scores.series = {
      score("a", 5.0, Forecaster::Model, 0.1), score("b", 3.0, Forecaster::Model, 0.35),
      score("c", 4.0, Forecaster::Trend, 0.2), score("d", 2.0, Forecaster::Model, 0.1)};
  auto verdicts = verdicts_of(scores);
  CHECK(verdicts.series == 3);
  CHECK(verdicts.by_score == 2);
  CHECK(verdicts.by_error == 2);
  scores.series[0].model.median_error.reset();  // Nothing to tell by.
  scores.series[1].winner.reset();
  verdicts = verdicts_of(scores);
  CHECK(verdicts.series == 3);
  CHECK(verdicts.by_score == 1);
  CHECK(verdicts.by_error == 1);
}

TEST_CASE("hindcast_text: a row a series, then the worst points, within 80 columns", "[history]") {
  Hindcast scores;
  scores.series = {score("first", 5.0, Forecaster::Persistence, 0.125)};
  scores.series[0].model.coverage = 0.8;
  scores.series[0].model.interval_score = 1.25;
  HindcastPoint point;
  point.series = 0;
  point.origin = parse_date("2023-12-31").value();
  point.period_end = parse_date("2024-07-01").value();
  point.observed = 12'345.0;
  point.model = {100.0, 200.0, 300.0};
  scores.worst = {point};
  scores.series.push_back(score("nothing_to_compare", 0.0, Forecaster::Model, 0.0));
  scores.series.back().series = 1;
  scores.by_source = {{"epoch", 4.0, scores.series[0].model, {}, {}}};
  const std::string text = hindcast_text(scores);
  INFO(text);
  const std::string row = line_with(text, "first");
  CHECK(row.find("1.25") != std::string::npos);
  CHECK(text.find("80 %") != std::string::npos);
  CHECK(row.find("12 %") != std::string::npos);
  CHECK(text.find("first       80 %   0.00  persistence") != std::string::npos);
  CHECK(line_with(text, "nothing_to_compare").empty());
  CHECK(line_with(text, "1 more series").find("no point to compare") != std::string::npos);
  CHECK(line_with(text, "epoch").find("1.25") != std::string::npos);
  const std::string worst = line_with(text, "2023-12-31");
  CHECK(worst.find("first") != std::string::npos);
  CHECK(worst.find("2024-07-01") != std::string::npos);
  CHECK(worst.find("12.3 k") != std::string::npos);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= kTableColumns);
}

}  // namespace
}  // namespace chokepoint
