#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chokepoint/v1/report.pb.h"
#include "sim/engine/engine.hpp"
#include "sim/indicators/ledger.hpp"
#include "sim/indicators/run_account.hpp"
#include "sim/indicators/yearly.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/scenario/silent/silent_inputs.hpp"
#include "sim/scenario/text/characters.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/study/causes/sobol_indices.hpp"
#include "sim/study/forecast/ensemble.hpp"
#include "sim/study/forecast/shown_figures.hpp"
#include "sim/sweep/draw.hpp"
#include "sim/sweep/draw_design.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/sweep/replicas.hpp"
#include "sim/trace/writer.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/options/scenario_edits.hpp"
#include "tools/commands/zoom_of_run.hpp"
#include "tools/console/interruption.hpp"
#include "tools/console/locate.hpp"
#include "tools/console/manifest.hpp"
#include "tools/console/progress.hpp"
#include "tools/console/run_folder.hpp"
#include "tools/report/answer/answer.hpp"
#include "tools/report/run_tables.hpp"
#include "tools/report/study/study_text.hpp"
#include "tools/report/yearly_table.hpp"
#include "tools/report/years/years_text.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

struct RunOptions {
  std::string scenario;
  std::optional<std::string> directory;  ///< Unset: runs/<scenario>-<seed>.
  std::optional<std::uint64_t> seed;
  std::string until;  ///< A day or a moment; empty: the scenario's end.
  std::vector<std::string> sets, saltelli;
  std::string level = "site";
  std::string as_of;  ///< Empty: everything is known.
  std::string zoom;   ///< See ZoomOfRun.
  int draws = 0;
  int draw = 0;  ///< The one that is run instead of what is written; 0: none.
  bool all_draws = false;
  bool strict = false;  ///< What does nothing is an error.
  bool json = false;
};

/// What is to be run, checked.
struct Prepared {
  Composed composed;
  World world;
  fs::path folder;  ///< Where the scenario file lies.
};

/// What a run takes, told where a signal ends it.
class Interruptible {
public:
  Interruptible(const Prepared& prepared, const fs::path& directory)
      : calendar_{prepared.world.start},
        what_("the run of " + prepared.world.name),
        kept_("nothing is kept in " + directory.string()) {
    at("its begin");
  }
  void at(const std::string& place) const {
    set_interrupted_task(fmt::format("{} at {}; {}", what_, place, kept_));
  }
  void at(Seconds now) const { at(format_date(calendar_.date_at(now))); }

private:
  Calendar calendar_;
  std::string what_, kept_;
};

/// What a run took.
struct Effort {
  double wall_s = 0.0;
  double cpu_s = 0.0;
  std::uint64_t facts = 0;
  std::uint64_t trace_fingerprint = 0;
};

std::string is_named(const std::string& text) {
  return text.empty() ? "it names no folder" : "";
}

/// Options that do nothing for what is run are warned of.
void find_idle_options(const RunOptions& options, const World& world, Diagnostics& found) {
  const auto warn = [&](const char* option, const char* message, const std::string& help) {
    found.add({Diagnostic::Severity::Warning, {option, 0, 0}, message, help});
  };
  if (options.draws > 0 && world.buyers.empty()) {
    warn("--draws", "draws tell of markets over years, and nobody buys here: it does nothing",
         "leave it out");
  }
  if (options.all_draws && options.draws == 0) {
    warn("--all-draws", "there are no draws: it does nothing", "add --draws 40");
  }
  if (!options.saltelli.empty() && options.draws == 0) {
    warn("--saltelli", "there are no draws: it does nothing",
         fmt::format("add --draws {}", kLeastRows * draws_to_row(options.saltelli.size())));
  }
}

/// Reads and checks; prints everything that is wrong.
std::optional<Prepared> prepare(const fs::path& file, const std::vector<Assignment>& assignments,
                                const RunOptions& options) {
  Diagnostics found;
  const int draw = options.draw;
  auto composed = compose(file, assignments, true, found);
  if (composed) check_design(*composed, found);
  if (composed) write_draw(composed->scenario, seed_of(composed->scenario), draw, found);
  auto world = composed ? read_world(*composed, found) : std::nullopt;
  if (world) {
    find_silent_inputs(*composed, *world, found);
    find_idle_options(options, *world, found);
  }
  if (!found.items().empty()) print(std::cerr, found, file.string());
  if (!composed || !world) return std::nullopt;
  if (found.has_errors() || (options.strict && !found.items().empty())) return std::nullopt;
  return Prepared{std::move(*composed), std::move(*world), file.parent_path()};
}

double wall_clock_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Runs `world` into a trace in the file `trace`; `folded` is told every fact as it happens.
Effort simulate(const World& world, const pb::Manifest& manifest, TraceLevel level, bool quiet,
                const fs::path& trace, const Interruptible& told,
                const std::vector<TraceSink*>& folded, SiteWatch* watch) {
  ProgressMeter meter(terminal(), progress_style(quiet), world.start,
                      [] { return std::chrono::duration<double>(wall_clock_s()); });
  const std::clock_t cpu_began = std::clock();
  TraceWriter writer(trace, manifest, world, level);
  std::vector<TraceSink*> sinks = {&writer};
  sinks.insert(sinks.end(), folded.begin(), folded.end());
  Tee tee(std::move(sinks));
  const auto tell = [&](Seconds now, Seconds horizon) {
    told.at(now);
    meter.update(now, horizon);
  };
  run(world, tee, tell, watch);
  writer.close();
  meter.finish(world.horizon());
  return {meter.elapsed().count(),
          static_cast<double>(std::clock() - cpu_began) / static_cast<double>(CLOCKS_PER_SEC),
          writer.facts(), writer.fingerprint()};
}

/// Runs the scenario with other numbers, and keeps what agrees with history.
Ensemble run_draws(const Composed& composed, const RunOptions& options, bool quiet,
                   const Interruptible& told) {
  if (options.draws == 0) return {};
  const bool keeps_all = options.all_draws || composed.scenario.saltelli_inputs_size() > 0;
  Ensemble ensemble = drawn_ensemble(composed, {options.draws, cores(), keeps_all}, [&](int done) {
    told.at(fmt::format("draw {} of {}", done, options.draws));
    tell_tenth(std::cerr, progress_style(quiet), done, options.draws, "draws");
  });
  if (!quiet && keeps_all) {
    std::cerr << fmt::format("{} draws, kept whether or not they agree with what was published\n",
                             ensemble.drawn);
  } else if (!quiet) {
    std::cerr << fmt::format(
        "{} of {} draws agree with what was published (effective sample size {})\n",
        ensemble.numbers.size(), ensemble.drawn, ensemble.numbers.size());
  }
  return ensemble;
}

/// Figures by year, of the run itself and of its draws; none where nobody buys.
std::vector<TableFile> yearly_tables(const Figures& itself, const Ensemble& ensemble) {
  std::vector<TableFile> tables = {{"yearly.csv", to_csv(yearly_table({itself}, {"value"}))}};
  if (ensemble.yearly.empty()) return tables;
  std::vector<std::string> columns;
  columns.reserve(ensemble.numbers.size());
  for (const int number : ensemble.numbers) columns.push_back("draw_" + std::to_string(number));
  tables.push_back({"draws.csv", to_csv(yearly_table(ensemble.yearly, columns))});
  tables.push_back({"bands.csv", to_csv(bands_table(ensemble.yearly))});
  return tables;
}

pb::RunRecord record_of(const pb::Manifest& manifest, const Effort& effort,
                        const std::vector<Assignment>& assignments) {
  pb::RunRecord record;
  record.set_scenario(manifest.scenario().name());
  record.set_question(manifest.scenario().question());
  record.set_program_version(manifest.program_version());
  record.set_scenario_digest(manifest.scenario_digest());
  record.set_seed(manifest.seed());
  record.set_start(manifest.scenario().start());
  record.set_end(manifest.scenario().end());
  record.set_trace_level(manifest.trace_level());
  for (const auto& set : assignments) record.add_set(set.path + "=" + set.value);
  record.set_wall_s(effort.wall_s);
  record.set_cpu_s(effort.cpu_s);
  record.set_facts(effort.facts);
  record.set_base(manifest.base());
  *record.mutable_changes() = manifest.changes();
  return record;
}

/// Files of others are no part of the run, which somebody may not expect.
void warn_of_others(const RunFolder& folder, const fs::path& directory) {
  constexpr std::size_t kNamed = 3;
  const auto others = folder.others();
  if (others.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < std::min(kNamed, others.size()); ++i) {
    names += (i == 0 ? "" : ", ") + others[i];
  }
  if (others.size() > kNamed) names += fmt::format(" and {} more", others.size() - kNamed);
  std::cerr << fmt::format("chokepoint: warning: {} also holds what is not of the run: {}\n",
                           directory.string(), names);
}

/// The figures of years of a run and of its draws, as comparisons call them.
YearlyRun yearly_run_of(const fs::path& directory, const Figures& itself, const Ensemble& draws) {
  YearlyRun run{name_of_run(directory.string()), itself, {}};
  for (std::size_t i = 0; i < draws.yearly.size(); ++i) {
    run.draws["draw_" + std::to_string(draws.numbers[i])] = draws.yearly[i];
  }
  return run;
}

void print_results(const fs::path& directory, const pb::Manifest& manifest,
                   const RunAccount& account, const AnsweredRun& answered,
                   const std::string& beside) {
  const pb::Scenario& scenario = manifest.scenario();
  const std::string summary =
      answered.yearly.itself.empty() ? run_summary(account) : years_text(answered.yearly);
  std::cout << answer_text(answer(answered))
            << fmt::format("\n{}, {} .. {}, seed {}\n{}\n\n{}\n", scenario.name(), scenario.start(),
                           scenario.end(), manifest.seed(), printable(scenario.question()),
                           summary);
  if (!beside.empty()) std::cout << beside << "\n";
  std::cout << fmt::format("trace   {}\ntables  {}\n", (directory / kTraceName).string(),
                           (directory / kTablesName).string());
}

/// What is printed for programs: the answer, and every figure of the run.
JsonValue json_of_run(const fs::path& directory, const pb::Manifest& manifest,
                      const AnsweredRun& answered) {
  JsonValue whole = JsonValue::list();
  for (const Indicator& one : answered.whole) {
    whole.push(JsonValue::object()
                   .add("indicator", one.name)
                   .add("split", one.split)
                   .add("subject", one.subject)
                   .add("unit", one.unit)
                   .add("value", one.value));
  }
  return JsonValue::object()
      .add("schema", "chokepoint.run.answer/1")
      .add("scenario", manifest.scenario().name())
      .add("question", answered.question)
      .add("start", manifest.scenario().start())
      .add("end", manifest.scenario().end())
      .add("seed", static_cast<double>(manifest.seed()))
      .add("draws", static_cast<double>(answered.yearly.draws.size()))
      .add("trace", (directory / kTraceName).string())
      .add("tables", (directory / kTablesName).string())
      .add("answer", answer_json(answer(answered)))
      .add("years", to_json(yearly_table({answered.yearly.itself}, {"value"})))
      .add("whole", std::move(whole));
}

int run_scenario(const RunOptions& options, const fs::path& root, bool quiet) {
  const fs::path file = locate_scenario(options.scenario, root);
  const auto assignments =
      scenario_edits(options.sets, options.seed, options.as_of, options.until, options.saltelli);
  const auto prepared = prepare(file, assignments, options);
  if (!prepared) return kBadInput;
  ZoomOfRun zoom(options.zoom);
  if (const int code = zoom.ask(prepared->world); code != 0) return code;

  const fs::path directory = options.directory.value_or(
      fmt::format("runs/{}-{}", prepared->world.name, prepared->world.seed));
  const Interruptible told(*prepared, directory);
  RunFolder folder(directory);
  warn_of_others(folder, directory);
  // Draws first: a process that has run a simulation cannot fork for another.
  const Ensemble draws = run_draws(prepared->composed, options, quiet, told);
  const World& world = prepared->world;
  const TraceLevel level = trace_level(options.level).value();
  const pb::Manifest manifest =
      manifest_of(prepared->composed, world.seed, level, prepared->folder);
  Ledger ledger(world);
  RunAccount account(world);
  ObstacleFinder obstacles = mainland_obstacles(world);
  const Effort effort = simulate(world, manifest, level, quiet, folder.growing_trace(), told,
                                 {&ledger, &account, &obstacles}, zoom.watch());
  told.at("its zoom");
  if (const int code = zoom.play(prepared->composed, world); code != 0) return code;
  told.at("its tables");
  std::vector<TableFile> tables;
  std::string beside;
  Figures yearly;
  if (!world.buyers.empty()) {
    yearly = yearly_figures(world, ledger);
    tables = yearly_tables(yearly, draws);
    beside = middle_text(yearly, draws, last_published_year(manifest.scenario()));
  }
  if (const ShownFigures shown = shown_figures(world, ledger); !shown.empty()) {
    tables.push_back({"published.csv", to_csv(published_table(world, shown))});
    beside += (beside.empty() ? "" : "\n") + published_text(world, shown);
    const std::string& base = prepared->composed.base;
    if (!base.empty()) {
      beside += fmt::format("{} is a what-if of {}: what was published came without its changes\n",
                            world.name, base);
    }
  }
  for (const auto& table : run_tables(account)) {
    tables.push_back({table.name() + ".csv", to_csv(table)});
  }
  zoom.add_files(tables);
  pb::RunRecord record = record_of(manifest, effort, assignments);
  if (options.draw > 0) record.add_set(fmt::format("--draw={}", options.draw));
  if (options.draws > 0 && options.all_draws) record.add_set("--all-draws");
  folder.finish(tables, record, effort.trace_fingerprint);
  if (zoom.print(directory, options.json)) return 0;
  const AnsweredRun answered =
      answered_run(world, account, obstacles.obstacles(), yearly_run_of(directory, yearly, draws));
  if (options.json) {
    std::cout << json_of_run(directory, manifest, answered).text() << "\n";
  } else {
    print_results(directory, manifest, account, answered, beside);
  }
  return 0;
}

}  // namespace

void add_run_command(CLI::App& app, Outcome& outcome) {
  const auto options = std::make_shared<RunOptions>();
  auto* command = app.add_subcommand("run", "Run a scenario: trace, tables and a summary");
  command->add_option("SCENARIO", options->scenario, "A file, or the name of a shipped one")
      ->required();
  command->add_option("-o,--output", options->directory, "Folder [runs/<scenario>-<seed>]")
      ->check(is_named);
  command->add_option("--seed", options->seed, "Seed of every random stream")
      ->check(is_number(0, std::numeric_limits<std::uint64_t>::max()));
  command
      ->add_option("--draws", options->draws,
                   "Runs beside it with other numbers from the ranges of figures [0]")
      ->check(is_number(0, 1'000'000));
  command
      ->add_option("--draw", options->draw,
                   "Run this draw instead of what is written, with trace and tables")
      ->check(is_number(1, 1'000'000))
      ->excludes("--draws");
  command->add_flag("--all-draws", options->all_draws,
                    "Bands of all draws, also of those that do not agree with what was published");
  add_saltelli(*command, options->saltelli);
  add_zoom_option(*command, options->zoom);
  command->add_flag("--json", options->json, "Print JSON: the answer, and every figure");
  command->add_flag("--strict", options->strict, "An input that does nothing is an error");
  command
      ->add_option("--as-of", options->as_of,
                   "Leave out what was not known on this day, YYYY-MM-DD")
      ->check(day_complaint);
  command
      ->add_option("--until", options->until,
                   "First day, or moment, that is not simulated, such as 2025-04-09T13:05:00Z")
      ->check(moment_text_complaint);
  command->add_option("--set", options->sets, "PATH=VALUE: change one value; may be repeated")
      ->allow_extra_args(false)
      ->check(is_assignment);
  command->add_option("--trace-level", options->level, "How much detail the trace keeps [site]")
      ->check(CLI::IsMember({"site", "job"}));
  command->callback([options, command, &outcome] {
    outcome.exit_code = run_scenario(*options, root_of(*command), is_quiet(*command));
  });
}

}  // namespace chokepoint
