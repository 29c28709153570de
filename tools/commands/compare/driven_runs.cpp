#include "tools/commands/compare/driven_runs.hpp"

#include <fmt/format.h>

#include <charconv>
#include <iostream>
#include <optional>
#include <utility>
#include <variant>

#include "sim/scenario/compose/explain.hpp"
#include "sim/study/causes/indicator_question.hpp"
#include "sim/study/causes/sobol_indices.hpp"
#include "sim/sweep/draw_design.hpp"
#include "sim/sweep/drawn_inputs.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/trace/reader.hpp"
#include "tools/commands/commands.hpp"
#include "tools/report/answer/answer.hpp"
#include "tools/report/recorded_run.hpp"
#include "tools/report/years/drivers_text.hpp"

namespace chokepoint {
namespace {

/// Both runs, as far as drivers are asked about.
struct PairOfRuns {
  std::vector<pb::Scenario> scenarios;
  std::vector<YearlyRun> yearly;
};

/// "draw_12" is draw 12.
int number_of_draw(const std::string& name) {
  int number = 0;
  const auto at = name.find('_') + 1;
  std::from_chars(name.data() + at, name.data() + name.size(), number);
  return number;
}

/// What each pair of draws took in either scenario.
std::vector<InputsOfDraw> inputs_of(const PairOfRuns& pair, const PairedRuns& runs) {
  std::vector<InputsOfDraw> all;
  for (const std::string& name : runs.names()) {
    InputsOfDraw inputs;
    for (const pb::Scenario& scenario : pair.scenarios) {
      inputs.merge(drawn_inputs(scenario, seed_of(scenario), number_of_draw(name)));
    }
    all.push_back(std::move(inputs));
  }
  return all;
}

/// The figure of the first sentence that differs in a year.
std::optional<YearlyKey> telling_figure(const StoredRuns& runs, const PairOfRuns& pair) {
  const AnsweredRun base = answered_run(read_run(runs[0]->trace()), pair.yearly[0]);
  const AnsweredRun other = answered_run(read_run(runs[1]->trace()), pair.yearly[1]);
  for (const Claim& claim : answer(base, other)) {
    for (const ClaimedFigure& figure : claim.figures) {
      if (figure.key.year != 0) return figure.key;
    }
  }
  return std::nullopt;
}

/// The figure that is asked about; else what is wrong with the question.
std::variant<YearlyKey, NoAnswer> asked_figure(const StoredRuns& runs, const PairOfRuns& pair,
                                               const DriversQuestion& question) {
  const auto telling = telling_figure(runs, pair);
  if (question.of.empty()) {
    if (!telling) return NoAnswer{"the runs do not differ", "name a figure with --of"};
    YearlyKey key = *telling;
    if (question.year != 0) key.year = question.year;
    return key;
  }
  const int year = question.year != 0 ? question.year
                   : telling          ? telling->year
                                      : years_of(pair.yearly[0].itself).back();
  const auto period = parse_period(std::to_string(year));
  if (!period) return NoAnswer{"there is no such year", "--year takes a year of the runs"};
  return resolve(question.of, *period, pair.yearly[1].itself);
}

std::map<std::string, std::string> written_inputs(const pb::Scenario& scenario) {
  std::map<std::string, std::string> written;
  for (const ExplainedValue& value : explain(composed_from(scenario, "run"))) {
    if (!value.is_figure) continue;
    const std::string path = value.group.empty()   ? value.field
                             : value.field.empty() ? value.group
                                                   : value.group + "." + value.field;
    written[path] = fmt::format("{}, {}, from {}", value.value, value.confidence, value.source);
  }
  return written;
}

// Either kind of ranking, as it is told.
template <class Ranking>
void print_ranking(const DrivenDifference& driven, const Ranking& ranking, ToldAs told) {
  std::cout << (told == ToldAs::Json  ? drivers_json(driven, ranking).text() + "\n"
                : told == ToldAs::Csv ? to_csv(drivers_table(driven, ranking))
                                      : drivers_text(driven, ranking));
}

int refuse_alike(const YearlyKey& of) {
  return refuse(
      fmt::format("{} {} differs alike in all draws of {}", of.indicator, of.subject, of.year),
      "name another figure with --of, or another --year");
}

std::vector<std::string> designed_inputs(const pb::Scenario& scenario) {
  return {scenario.saltelli_inputs().begin(), scenario.saltelli_inputs().end()};
}

// The difference, by the number of its draw.
std::map<int, double> number_of_draw(const PairedRuns& paired, const Measured& measured) {
  const auto names = paired.names();
  const auto differences = paired.differences(measured);
  std::map<int, double> numbers;
  for (std::size_t i = 0; i < names.size(); ++i) {
    numbers[number_of_draw(names[i])] = differences[i];
  }
  return numbers;
}

// Ranks inputs by a Saltelli design, which both runs have.
int rank_by_design(const PairOfRuns& pair, const PairedRuns& paired, const DrivenDifference& driven,
                   const Measured& measured, ToldAs told) {
  const auto inputs = designed_inputs(pair.scenarios[0]);
  const auto numbers = number_of_draw(paired, measured);
  const std::size_t row = draws_to_row(inputs.size());
  if (numbers.size() < kLeastRows * row) {
    return refuse(
        fmt::format("{} pairs of draws are too few for a design of {} inputs", numbers.size(),
                    inputs.size()),
        fmt::format("run both with --draws {} or more, and --all-draws", kLeastRows * row));
  }
  auto indices = sobol_indices(inputs, numbers, seed_of(pair.scenarios[0]));
  if (!indices) return refuse_alike(driven.of);
  print_ranking(driven, *indices, told);
  return 0;
}

int refuse_pairs(std::size_t pairs) {
  return refuse(
      fmt::format("{} pairs of draws rank no inputs; {} are the least", pairs, kLeastDrawsToRank),
      "run both with --draws 200 --all-draws, and of one seed");
}

}  // namespace

int rank_drivers(const std::vector<std::string>& directories, const DriversQuestion& question,
                 ToldAs told) {
  if (directories.size() != 2) {
    return refuse("drivers are those of one difference", "name two runs, the baseline first");
  }
  const auto runs = stored_runs(directories, StoredKinds::Runs);
  PairOfRuns pair;
  pair.yearly = yearly_runs(runs);
  if (pair.yearly.size() != 2) {
    return refuse("not both of these are runs with a market over years",
                  "--drivers needs tables/draws.csv, which runs with buyers have");
  }
  for (const auto& run : runs) {
    pair.scenarios.push_back(TraceReader(run->trace()).manifest().scenario());
  }
  if (seed_of(pair.scenarios[0]) != seed_of(pair.scenarios[1])) {
    return refuse("the runs are of different seeds, so that their draws make no pairs",
                  "run both with one --seed");
  }
  if (designed_inputs(pair.scenarios[0]) != designed_inputs(pair.scenarios[1])) {
    return refuse("the runs' draws are of different designs, so that they make no pairs",
                  "run both with the same --saltelli");
  }
  const PairedRuns paired(pair.yearly[0], pair.yearly[1]);
  if (paired.pairs() < kLeastDrawsToRank) return refuse_pairs(paired.pairs());
  const auto asked = asked_figure(runs, pair, question);
  if (const auto* none = std::get_if<NoAnswer>(&asked)) return refuse(none->error, none->help);
  DrivenDifference driven;
  driven.base = pair.yearly[0].name, driven.other = pair.yearly[1].name;
  driven.of = std::get<YearlyKey>(asked);
  const Measured measured = [&](const Figures& figures) {
    return value_or_none(figures, driven.of);
  };
  driven.differs = paired.difference(measured);
  driven.written = written_inputs(pair.scenarios[1]);
  if (pair.scenarios[0].saltelli_inputs_size() > 0) {
    return rank_by_design(pair, paired, driven, measured, told);
  }
  const auto drivers = drivers_of(inputs_of(pair, paired), paired.differences(measured),
                                  question.rows, seed_of(pair.scenarios[0]));
  if (!drivers) return refuse_alike(driven.of);
  print_ranking(driven, *drivers, told);
  return 0;
}

}  // namespace chokepoint
