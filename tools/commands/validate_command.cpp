#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/files/regular_file.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/study/forecast/rolling.hpp"
#include "sim/sweep/replicas.hpp"
#include "tools/commands/commands.hpp"
#include "tools/console/locate.hpp"
#include "tools/console/progress.hpp"
#include "tools/estimate/serving_catalog.hpp"
#include "tools/estimate/serving_validation.hpp"
#include "tools/estimate/training/failure_validation.hpp"
#include "tools/estimate/training/training_validation.hpp"
#include "tools/report/study/lever_laws_text.hpp"
#include "tools/report/study/study_text.hpp"

namespace chokepoint {
namespace {

struct HistoryOptions {
  std::string scenario = "history";
  int draws = 40;
  int workers = cores();
  int worst = static_cast<int>(HindcastMethod{}.worst);
  bool policy_as_it_came = false;
  bool figures_only = false;
  bool json = false;
  std::vector<std::string> origins = {"2022-12-31", "2023-12-31", "2024-12-31"};
};

void print_json(const std::string& of, const Table& rows) {
  std::cout << JsonValue::object()
                   .add("schema", "chokepoint.validate." + of + "/1")
                   .add("rows", to_json(rows))
                   .text()
            << "\n";
}

std::optional<Composed> read(const std::filesystem::path& file) {
  Diagnostics found;
  auto composed = compose(file, {}, true, found);
  if (!found.items().empty()) print(std::cerr, found, file.string());
  return composed;
}

RollingMethod method_of(const HistoryOptions& options) {
  RollingMethod method;
  for (const auto& origin : options.origins) method.origins.push_back(parse_date(origin).value());
  method.draws = options.draws;
  method.policy_as_it_came = options.policy_as_it_came;
  method.workers = options.workers;
  return method;
}

int validate_history(const HistoryOptions& options, const std::filesystem::path& root, bool quiet) {
  auto composed = read(locate_scenario(options.scenario, root));
  if (!composed) return kBadInput;
  if (options.figures_only) {
    const World world = world_from(std::move(*composed), {});
    const auto run = run_apart([&] {
      pb::RunFigures found;
      add_shown(shown_figures(world, ledger_of(world)), found);
      return found;
    });
    if (options.json) {
      print_json("figures", published_table(world, shown_in(run)));
    } else {
      std::cout << figures_text(world, shown_in(run));
    }
    return 0;
  }
  for (const auto& origin : options.origins) {
    const auto wrong = origin_complaint(composed->scenario.start(), origin, kForecastMonths);
    if (!wrong.empty()) return refuse("--as-of: " + wrong, "name a day within the scenario");
  }
  const auto told = [quiet](int done, int all) { tell_done(quiet, done, all, "runs"); };
  const auto series = rolling_forecasts(*composed, method_of(options), told);
  HindcastMethod scoring;
  scoring.worst = static_cast<std::size_t>(options.worst);
  const Hindcast scores = hindcast(series, scoring);
  const Verdicts verdicts = verdicts_of(scores);
  if (options.json) {
    std::cout << hindcast_json(scores).text() << "\n";
  } else {
    std::cout << hindcast_text(scores) << "\n"
              << fmt::format(
                     "best of three on {} of {} series by interval score, on {} by median error\n",
                     verdicts.by_score, verdicts.series, verdicts.by_error);
  }
  return 2 * verdicts.by_score > verdicts.series && 2 * verdicts.by_error > verdicts.series ? 0 : 1;
}

/// Of what is measured row by row.
struct RowOptions {
  std::string overlay;
  int worst = 10;
  bool csv = false, json = false;
};

struct LeverOptions {
  std::string scenario = "history";
  std::string laws = "history/levers.csv";
  int draws = 80;
  int workers = cores();
  bool ends_alone = false;
  bool json = false;
};

int validate_levers(const LeverOptions& options, const std::filesystem::path& root, bool quiet) {
  const auto composed = read(locate_scenario(options.scenario, root));
  if (!composed) return kBadInput;
  auto laws = read_lever_laws(content_of(root / "scenarios" / options.laws));
  if (options.ends_alone) {
    for (LeverLaw& law : laws) law.steps = {law.steps.front(), law.steps.back()};
  }
  const auto told = [quiet](int done, int all) { tell_done(quiet, done, all, "runs"); };
  const auto outcomes =
      lever_outcomes(composed->scenario, laws, options.draws, options.workers, told);
  if (options.json) {
    print_json("levers", lever_laws_table(laws, outcomes));
  } else {
    std::cout << lever_laws_text(laws, outcomes);
  }
  for (std::size_t i = 0; i < laws.size(); ++i) {
    if (!outcomes[i].holds(laws[i])) return 1;
  }
  return 0;
}

// Rows for files, or what is said of them, whichever is asked for; only that is made.
template <class MakeTable, class MakeText>
void print_rows(const RowOptions& options, const std::string& of, const MakeTable& table,
                const MakeText& text) {
  if (options.json) {
    print_json(of, table());
  } else {
    std::cout << (options.csv ? to_csv(table()) : text());
  }
}

void add_row_formats(CLI::App& command, RowOptions& options) {
  auto* csv = command.add_flag("--csv", options.csv, "Every row as CSV, predicted beside measured");
  command.add_flag("--json", options.json, "The same as JSON")->excludes(csv);
}

std::string measured_rows(const std::filesystem::path& root, const char* name) {
  return content_of(root / "scenarios" / "measured" / name);
}

int validate_serving(const RowOptions& options, const std::filesystem::path& root) {
  const auto world = load_serving_catalog(root, options.overlay, std::cerr);
  if (!world) return kBadInput;
  const std::vector<std::string> tables = {measured_rows(root, "serving.csv"),
                                           measured_rows(root, "vllm_ascend.csv")};
  const auto worst = static_cast<std::size_t>(options.worst);
  print_rows(
      options, "serving", [&] { return serving_validation_table(tables, *world); },
      [&] { return serving_validation_text(tables, *world, worst); });
  return 0;
}

void add_serving(CLI::App& validate, Outcome& outcome) {
  const auto options = std::make_shared<RowOptions>();
  auto* serving = validate.add_subcommand("serving", "Predict every measured run of serving");
  add_row_formats(*serving, *options);
  serving
      ->add_option("--worst", options->worst, "Runs of each metric to print, the worst first [10]")
      ->check(CLI::Range(0, 100'000));
  serving->add_option("--catalog", options->overlay, "Scenario text that patches the catalogue")
      ->type_name("FILE");
  serving->callback([options, serving, &outcome] {
    outcome.exit_code = validate_serving(*options, root_of(*serving));
  });
}

int validate_training(const RowOptions& options, const std::filesystem::path& root) {
  const auto world = load_training_world(root, std::cerr);
  if (!world) return kBadInput;
  const std::string rows = measured_rows(root, "training.csv");
  const auto worst = static_cast<std::size_t>(options.worst);
  print_rows(
      options, "training", [&] { return training_validation_table(rows, *world); },
      [&] {
        return training_validation_text(rows, measured_rows(root, "training_held_out.csv"), *world,
                                        worst);
      });
  return 0;
}

void add_training(CLI::App& validate, Outcome& outcome) {
  const auto options = std::make_shared<RowOptions>();
  auto* training = validate.add_subcommand("training", "Predict every measured run of training");
  add_row_formats(*training, *options);
  training->add_option("--worst", options->worst, "Runs to print, the worst first [10]")
      ->check(CLI::Range(0, 100'000));
  training->callback([options, training, &outcome] {
    outcome.exit_code = validate_training(*options, root_of(*training));
  });
}

void add_failures(CLI::App& validate, Outcome& outcome) {
  const auto options = std::make_shared<RowOptions>();
  auto* failures = validate.add_subcommand(
      "failures", "Predict how often runs stop and what is kept of their time, from one of them");
  add_row_formats(*failures, *options);
  failures->callback([options, failures, &outcome] {
    const auto root = root_of(*failures);
    const auto world = load_training_world(root, std::cerr);
    outcome.exit_code = world ? 0 : kBadInput;
    if (!world) return;
    const std::string rows = measured_rows(root, "failures.csv");
    print_rows(
        *options, "failures", [&] { return failure_validation_table(rows, *world); },
        [&] { return failure_validation_text(rows, *world); });
  });
}

void add_levers(CLI::App& validate, Outcome& outcome) {
  const auto options = std::make_shared<LeverOptions>();
  auto* levers = validate.add_subcommand(
      "levers", "Move levers of a scenario over paired draws: what each moves, and the right way");
  levers->add_option("SCENARIO", options->scenario,
                     "A file, or the name of a shipped one [history]");
  levers->add_option("--laws", options->laws, "Table below scenarios/ [history/levers.csv]");
  levers->add_option("--draws", options->draws, "Draws of every step; 0: as written [80]")
      ->check(is_number(0, 100'000));
  levers->add_option("--jobs", options->workers, "Runs at a time [all cores]")
      ->check(is_number(1, 1'024));
  levers->add_flag("--ends", options->ends_alone, "Only the first step of each lever and the last");
  levers->add_flag("--json", options->json, "A row for each law as JSON");
  levers->callback([options, levers, &outcome] {
    outcome.exit_code = validate_levers(*options, root_of(*levers), is_quiet(*levers));
  });
}

}  // namespace

void add_validate_command(CLI::App& app, Outcome& outcome) {
  auto* validate = app.add_subcommand("validate", "Compare what is computed with what is known");
  validate->require_subcommand(1);
  add_serving(*validate, outcome);
  add_training(*validate, outcome);
  add_failures(*validate, outcome);
  add_levers(*validate, outcome);
  const auto options = std::make_shared<HistoryOptions>();
  auto* history = validate->add_subcommand(
      "history", "Forecast past years from what was known before them, and score that");
  history->add_option("SCENARIO", options->scenario,
                      "A file, or the name of a shipped one [history]");
  history->add_option("--draws", options->draws, "Runs from every origin [40]")
      ->check(is_number(1, 100'000));
  history->add_option("--jobs", options->workers, "Runs at a time [all cores]")
      ->check(is_number(1, 1'024));
  history
      ->add_option("--as-of", options->origins,
                   "Last known day; may be repeated [2022-12-31, 2023-12-31, 2024-12-31]")
      ->check(day_complaint);
  history->add_option("--worst", options->worst, "Points to print, the worst first [10]")
      ->check(is_number(0, 100'000));
  history->add_flag("--given-policy", options->policy_as_it_came,
                    "Rules that came later are known all the same");
  history->add_flag("--figures", options->figures_only,
                    "Only print every published figure beside a run that knows everything");
  history->add_flag("--json", options->json, "Print JSON");
  history->callback([options, history, &outcome] {
    outcome.exit_code = validate_history(*options, root_of(*history), is_quiet(*history));
  });
}

}  // namespace chokepoint
