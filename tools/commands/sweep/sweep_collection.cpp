#include "tools/commands/sweep/sweep_collection.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <iostream>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "sim/study/causes/indicator_question.hpp"
#include "sim/study/causes/sobol_indices.hpp"
#include "sim/sweep/information_set.hpp"
#include "tools/commands/commands.hpp"
#include "tools/console/progress.hpp"
#include "tools/print/whole_file.hpp"
#include "tools/sweep/collected_sweep.hpp"
#include "tools/sweep/sweep_bands.hpp"
#include "tools/sweep/sweep_database.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

// What inputs of a Saltelli design explain of a figure, point by point.
Table indices_table(const SweepPlan& plan) {
  const auto percent = [](double share) {
    return fmt::format("{:.0f}", std::round(100.0 * share) + 0.0);
  };
  std::vector<Column> columns = {{"point", Type::Count}};
  for (const std::string& path : plan.paths) columns.emplace_back(path, Type::Text, path);
  columns.insert(columns.end(), {Column("input", Type::Text),
                                 Column("alone_share", Type::Real, "alone\n%", percent),
                                 Column("alone_standard_error_share", Type::Real, "+-", percent),
                                 Column("total_share", Type::Real, "with others\n%", percent),
                                 Column("total_standard_error_share", Type::Real, "+-", percent)});
  return Table("indices", std::move(columns));
}

// Adds a point to it; nothing without a design, or where too little of it is whole.
void add_indices(const SweepPlan& plan, const CollectedPoint& point, const fs::path& folder,
                 const YearlyKey& key, Table& table) {
  const pb::Scenario scenario = scenario_of(plan, point.point, folder).scenario;
  const auto& inputs = scenario.saltelli_inputs();
  if (inputs.empty()) return;
  const auto indices =
      sobol_indices({inputs.begin(), inputs.end()}, figure_of_draws(point, key), seed_of(scenario));
  if (!indices) return;
  for (const SobolIndex& index : indices->ranked) {
    std::vector<Cell> cells = {point.point};
    for (const std::string& value : plan.points[point.point].values) cells.emplace_back(value);
    cells.insert(cells.end(),
                 {index.path, index.alone, index.alone_error, index.in_all, index.in_all_error});
    table.add_row(std::move(cells));
  }
}

// Prints a figure of every point, and what inputs explain of it where the sweep has a design.
void tell_figure(const fs::path& folder, const YearlyKey& key, const Table& shown,
                 const Table& indices) {
  std::cout << fmt::format("\n{}{}{}, {}, {}\n", key.indicator, key.subject.empty() ? "" : " ",
                           key.subject, key.unit, key.year)
            << to_text(shown);
  if (indices.is_empty()) return;
  const fs::path path = folder / "indices.csv";
  write_whole(path, to_csv(indices));
  std::cout << "\nWhat inputs explain of how it scatters over draws\n"
            << to_text(indices) << "\nindices  " << path.string() << "\n";
}

}  // namespace

std::string count_text(const SweepCount& count) {
  return fmt::format("{} of {} cells are whole, {} failed, {} are missing\n", count.whole,
                     count.all(), count.failed, count.missing);
}

int collect_sweep_of(const SweepCollection& options, bool quiet) {
  const SweepPlan plan = read_sweep_plan(options.folder);
  const auto question = parse_indicator_question(options.show);
  const fs::path bands_path = fs::path(options.folder) / "bands.csv";
  BandsFile bands(bands_path);
  const fs::path database_path = fs::path(options.folder) / "sweep.sqlite";
  std::optional<SweepDatabase> database;
  if (options.sqlite) database.emplace(database_path, plan);
  Table shown = shown_figure_table(plan), indices = indices_table(plan);
  std::optional<YearlyKey> key;
  std::optional<NoAnswer> no_answer;
  std::vector<CollectedPoint> waiting;  // Until it is known which figure is meant.
  SweepCount count;
  int heard = 0;
  collect_sweep(
      plan, options.folder, options.all_draws,
      [&](SweepCell cell, CellState state, const pb::RunFigures* figures) {
        if (database) database->add(cell, state, figures);
        ++(state == CellState::Whole    ? count.whole
           : state == CellState::Failed ? count.failed
                                        : count.missing);
        tell_tenth(std::cerr, progress_style(quiet), ++heard, static_cast<int>(plan.cells()),
                   "results");
      },
      [&](const CollectedPoint& point) {
        bands.add(point_bands_table(plan, point));
        if (database) {
          database->add(point, scenario_of(plan, point.point, options.folder).scenario);
        }
        if (!question) return;
        if (!key && point.itself) {
          auto answer = resolve(question->what, question->period, *point.itself);
          if (auto* none = std::get_if<NoAnswer>(&answer)) {
            no_answer = std::move(*none);
          } else {
            key = std::get<YearlyKey>(std::move(answer));
          }
        }
        waiting.push_back(point);
        if (!key) return;
        for (const CollectedPoint& one : waiting) {
          add_indices(plan, one, options.folder, *key, indices);
        }
        waiting.clear();
        if (point.itself) add_shown_figure(plan, point, *key, shown);
      });
  if (no_answer && !key) return refuse(no_answer->error, no_answer->help);
  bands.close();
  if (database) database->close();
  std::cout << count_text(count);
  if (key) tell_figure(options.folder, *key, shown, indices);
  std::cout << "\nbands  " << bands_path.string() << "\n";
  if (database) std::cout << "draws  " << database_path.string() << "\n";
  return count.failed + count.missing > 0 ? kSomeFailed : 0;
}

}  // namespace chokepoint
