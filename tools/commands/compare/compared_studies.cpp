#include "tools/commands/compare/compared_studies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "tools/print/json_value.hpp"
#include "tools/report/comparison.hpp"
#include "tools/report/recorded_run.hpp"
#include "tools/report/study/study_text.hpp"
#include "tools/report/years/market_comparison.hpp"
#include "tools/report/years/replay_comparison.hpp"

namespace chokepoint {
namespace {

/// The table that says what a replay came to.
const char* table_of_figures(StudyKind kind) {
  return kind == StudyKind::Requests ? "replay.csv" : "figures.csv";
}

std::string compared_markets(const StoredRuns& runs, int year, ToldAs told) {
  MarketComparison markets;
  markets.year = year;
  const auto names = names_of(runs);
  const auto yearly = yearly_runs(runs);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    markets.recorded.push_back(read_run(runs[i]->trace()));
    markets.answered.push_back(answered_run(markets.recorded.back(), yearly[i]));
    markets.published.push_back({names[i], runs[i]->table("published.csv")});
  }
  if (told == ToldAs::Text) return market_comparison_text(markets);
  if (told == ToldAs::Csv) return to_csv(market_comparison_table(markets));
  return market_comparison_json(markets).text() + "\n";
}

std::string compared_schedules(const StoredRuns& runs, ToldAs told) {
  std::vector<RecordedRun> recorded;
  for (const auto& run : runs) recorded.push_back(read_run(run->trace()));
  const pb::Comparison comparison = compare(recorded);
  if (told == ToldAs::Json) return to_json(comparison);
  if (told == ToldAs::Csv) return comparison_csv(comparison);
  const auto columns = columns_of(comparison);
  const auto names = names_of(runs);
  std::vector<AnsweredRun> answered;  // The first of each bracket.
  for (const auto& column : columns) {
    const std::string& name = names[column.front()];
    answered.push_back(answered_run(recorded[column.front()], YearlyRun{name, {}, {}}));
  }
  std::vector<PublishedOfRun> published;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    published.push_back({names[i], runs[i]->table("published.csv")});
  }
  return answer_text(answer(answered)) + "\n" + comparison_text(comparison, recorded) +
         published_beside_text(published);
}

std::string compared_replays(const StoredRuns& runs, ToldAs told) {
  std::vector<ReplayFigures> replays;
  const auto names = names_of(runs);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const pb::RunRecord& record = runs[i]->record();
    replays.push_back(replay_figures(names[i], runs[i]->table(table_of_figures(runs[i]->kind()))));
    replays.back().scenario = record.scenario();
    replays.back().log = record.log();
    replays.back().set = {record.set().begin(), record.set().end()};
  }
  if (told == ToldAs::Text) return replay_comparison_text(replays);
  if (told == ToldAs::Csv) return to_csv(replay_comparison_table(replays));
  return replay_comparison_json(replays).text() + "\n";
}

}  // namespace

StoredRuns stored_runs(const std::vector<std::string>& directories, StoredKinds kinds) {
  StoredRuns runs;
  for (const auto& directory : directories) {
    runs.push_back(std::make_unique<const StoredRun>(directory, kinds));
  }
  return runs;
}

std::vector<std::string> names_of(const StoredRuns& runs) {
  std::vector<std::string> short_names, names;
  for (const auto& run : runs) short_names.push_back(name_of_run(run->path().string()));
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto above = std::filesystem::weakly_canonical(runs[i]->path()).parent_path().filename();
    const bool is_unique = std::ranges::count(short_names, short_names[i]) == 1;
    names.push_back(is_unique ? short_names[i] : (above / short_names[i]).string());
  }
  return names;
}

std::vector<YearlyRun> yearly_runs(const StoredRuns& runs) {
  std::vector<YearlyRun> yearly;
  const auto names = names_of(runs);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    auto figures = yearly_run(names[i], runs[i]->table("yearly.csv"), runs[i]->table("draws.csv"));
    if (figures) yearly.push_back(std::move(*figures));
  }
  return yearly;
}

std::string comparison_complaint(const StoredRuns& runs) {
  const StudyKind first = runs.front()->kind();
  for (const auto& run : runs) {
    if (run->kind() == first) continue;
    return fmt::format("{} holds {}, {} {}: they have no figure in common",
                       runs.front()->path().string(), in_words(first), run->path().string(),
                       in_words(run->kind()));
  }
  return "";
}

std::string compared_studies(const StoredRuns& runs, int year, ToldAs told) {
  switch (runs.front()->kind()) {
    case StudyKind::Market:
      if (yearly_runs(runs).size() < runs.size()) break;  // Of too short a time.
      return compared_markets(runs, year, told);
    case StudyKind::Requests:
    case StudyKind::Training:
    case StudyKind::Jobs:
      return compared_replays(runs, told);
    case StudyKind::Schedule:
      break;
  }
  return compared_schedules(runs, told);
}

}  // namespace chokepoint
