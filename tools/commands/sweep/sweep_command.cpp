#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "sim/study/causes/indicator_question.hpp"
#include "sim/sweep/replicas.hpp"
#include "sim/sweep/worker_process.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/options/scenario_edits.hpp"
#include "tools/commands/sweep/sweep_collection.hpp"
#include "tools/console/interruption.hpp"
#include "tools/console/locate.hpp"
#include "tools/console/progress.hpp"
#include "tools/print/whole_file.hpp"
#include "tools/sweep/cell_work.hpp"
#include "tools/sweep/sweep_engine.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFailuresShown = 5;

struct SweepOptions {
  std::string scenario, folder, engine = "local", shard = "0/1", as_of, until;
  std::vector<std::string> sets, grid, saltelli, engine_options;
  std::optional<std::uint64_t> seed;
  int draws = 0, workers = 0, shards = 0;
  bool json = false;
};

std::string axis_complaint(const std::string& text) {
  return parse_axis(text) ? "" : "'" + text + "' is not PATH=VALUE,VALUE,... with each value once";
}

std::optional<SweepShare> parse_share(const std::string& text) {
  const auto slash = text.find('/');
  if (slash == std::string::npos) return std::nullopt;
  constexpr std::uint64_t kMost = kMostCells;
  const std::string shard = text.substr(0, slash), of = text.substr(slash + 1);
  if (!number_complaint(shard, 0, kMost).empty() || !number_complaint(of, 1, kMost).empty()) {
    return std::nullopt;
  }
  const SweepShare share{std::stoul(shard), std::stoul(of)};
  if (share.shard >= share.of) return std::nullopt;
  return share;
}

std::string share_complaint(const std::string& text) {
  return parse_share(text) ? "" : "'" + text + "' is not SHARD/SHARDS, such as 0/4 to 3/4";
}

JsonValue count_json(const SweepPlan& plan, const SweepCount& count) {
  return JsonValue::object()
      .add("schema", "chokepoint.sweep.status/1")
      .add("points", static_cast<double>(plan.points.size()))
      .add("draws", static_cast<double>(plan.draws))
      .add("cells", static_cast<double>(count.all()))
      .add("whole", static_cast<double>(count.whole))
      .add("failed", static_cast<double>(count.failed))
      .add("missing", static_cast<double>(count.missing));
}

// What there is, on stdout, and why the rest is not, on stderr. The exit code of the command.
int tell_count(const SweepPlan& plan, const SweepOptions& options, const SweepCount& count) {
  std::cout << (options.json ? count_json(plan, count).text() + "\n" : count_text(count));
  if (count.failed == 0) return 0;
  const auto failures = failures_of(plan, options.folder);
  for (std::size_t i = 0; i < std::min(failures.size(), kFailuresShown); ++i) {
    complain(fmt::format("{} cells failed: {}", failures[i].second, failures[i].first), "");
  }
  return kSomeFailed;
}

int plan_of(const SweepOptions& options, const fs::path& root) {
  const auto sets =
      scenario_edits(options.sets, options.seed, options.as_of, options.until, options.saltelli);
  std::vector<GridAxis> axes;
  std::size_t points = 1;
  for (const auto& text : options.grid) {
    axes.push_back(parse_axis(text).value());
    points *= axes.back().values.size();
    if (points > kMostPoints) {
      return refuse(fmt::format("the grid has more than {} points", kMostPoints),
                    "leave out axes or values, or plan it in parts");
    }
  }
  if (points * (static_cast<std::size_t>(options.draws) + 1) > kMostCells) {
    return refuse(fmt::format("the sweep has more than {} cells", kMostCells),
                  "ask for fewer draws or points");
  }
  Diagnostics found;
  const fs::path file = locate_scenario(options.scenario, root);
  const auto plan = plan_sweep(file, sets, axes, options.draws, options.folder, found);
  if (!found.items().empty()) print(std::cerr, found, file.string());
  if (!plan) return kBadInput;
  std::cout << fmt::format("{} points, each as it is and with {} draws: {} cells in {}\n",
                           plan->points.size(), plan->draws, plan->cells(), options.folder);
  return tell_count(*plan, options, count_results(*plan, options.folder));
}

int workers_of(const SweepOptions& options) {
  return options.workers > 0 ? options.workers : cores();
}

void work_here(const SweepPlan& plan, const SweepOptions& options, SweepShare share, bool quiet) {
  work_on(plan, options.folder, share, workers_of(options), [&](std::size_t done, std::size_t all) {
    set_interrupted_task(fmt::format("the sweep after {} of {} cells, which are kept in {}", done,
                                     all, options.folder));
    tell_tenth(std::cerr, progress_style(quiet), static_cast<int>(done), static_cast<int>(all),
               "cells");
  });
}

// Shards that have a cell without a whole result.
std::vector<std::size_t> lacking_shards(const SweepPlan& plan, const fs::path& folder,
                                        std::size_t of) {
  std::vector<bool> lacks(of, false);
  for (std::size_t i = 0; i < plan.cells(); ++i) {
    if (!lacks[i % of] && !read_result(result_path(plan, plan.cell(i), folder))) {
      lacks[i % of] = true;
    }
  }
  std::vector<std::size_t> shards;
  for (std::size_t i = 0; i < of; ++i) {
    if (lacks[i]) shards.push_back(i);
  }
  return shards;
}

// Hands the shards to another engine and waits. Its word is not asked: results are counted.
void hand_out(const SweepPlan& plan, const SweepOptions& options, SweepEngine engine,
              const fs::path& root) {
  constexpr std::size_t kShards = 16;
  ShardOrder order;
  order.program = running_program().replace_filename("chokepoint");
  order.root = fs::absolute(root);
  order.folder = fs::absolute(options.folder);
  order.of = options.shards > 0 ? static_cast<std::size_t>(options.shards)
                                : std::min(kShards, plan.cells());
  order.workers = options.workers > 0 ? options.workers : 1;
  order.options = options.engine_options;
  order.shards = lacking_shards(plan, options.folder, order.of);
  if (order.shards.empty()) return;
  std::vector<std::string> command = parallel_command(order);
  if (engine == SweepEngine::Slurm) {
    const fs::path script = order.folder / "slurm.sh";
    write_whole(script, slurm_script(order));
    command = slurm_command(order, script);
  }
  set_interrupted_task(
      fmt::format("waiting for {}; what is whole is kept in {}", name(engine), options.folder));
  const int code = run_command(command);
  if (code != 0) {
    std::cerr << fmt::format(
        "chokepoint: warning: {} ended with exit code {}; results are counted "
        "all the same\n",
        command.front(), code);
  }
}

int run_of(const SweepOptions& options, const fs::path& root, bool quiet) {
  const SweepPlan plan = read_sweep_plan(options.folder);
  const SweepEngine engine = *sweep_engine_named(options.engine);
  if (engine == SweepEngine::Local) {
    work_here(plan, options, {}, quiet);
  } else {
    hand_out(plan, options, engine, root);
  }
  const SweepCount count = count_results(plan, options.folder);
  const int code = tell_count(plan, options, count);
  if (code != 0 || count.missing == 0) return code;
  complain("cells are missing", "run it again: what is whole stays");
  return kFailed;
}

int work_of(const SweepOptions& options, bool quiet) {
  const SweepPlan plan = read_sweep_plan(options.folder);
  work_here(plan, options, *parse_share(options.shard), quiet);
  return 0;
}

void add_folder(CLI::App& command, std::string& folder) {
  command.add_option("DIR", folder, "Folder of the sweep")->required();
}

void add_workers(CLI::App& command, SweepOptions& options) {
  command.add_option("--workers", options.workers, "Cells at a time [as many as there are cores]")
      ->check(is_number(1, kMostWorkers));
}

void add_plan(CLI::App& sweep, Outcome& outcome) {
  auto* command =
      sweep.add_subcommand("plan", "Say what is to be run: draws, and a grid of values");
  const auto options = std::make_shared<SweepOptions>();
  command->add_option("SCENARIO", options->scenario, "A file, or the name of a shipped one")
      ->required();
  command->add_option("-o,--output", options->folder, "Folder of the sweep")->required();
  command->add_option("--draws", options->draws, "Of every point, beside the point as it is [0]")
      ->check(is_number(0, kMostCells));
  command
      ->add_option("--grid", options->grid,
                   "PATH=VALUE,VALUE,...: every value in turn; may be repeated: every combination")
      ->allow_extra_args(false)
      ->check(axis_complaint);
  command->add_option("--set", options->sets, "PATH=VALUE: change one value; may be repeated")
      ->allow_extra_args(false)
      ->check(is_assignment);
  add_saltelli(*command, options->saltelli);
  command->add_option("--seed", options->seed, "Seed of every random stream")
      ->check(is_number(0, std::numeric_limits<std::uint64_t>::max()));
  command->add_option("--as-of", options->as_of, "Leave out what was not known on this day")
      ->check(is_day);
  command->add_option("--until", options->until, "First day that is not simulated")->check(is_day);
  command->callback([=, &outcome] { outcome.exit_code = plan_of(*options, root_of(*command)); });
}

void add_run(CLI::App& sweep, Outcome& outcome) {
  auto* command = sweep.add_subcommand("run", "Run what has no whole result yet, and wait");
  const auto options = std::make_shared<SweepOptions>();
  add_folder(*command, options->folder);
  add_workers(*command, *options);
  command->add_option("--engine", options->engine, "local, slurm or parallel [local]")
      ->check(CLI::IsMember({"local", "slurm", "parallel"}));
  command
      ->add_option("--shards", options->shards,
                   "slurm, parallel: parts to hand out [16, or as many as there are cells]")
      ->check(is_number(1, kMostCells));
  command
      ->add_option(
          "--engine-option", options->engine_options,
          "For sbatch or parallel, as in --engine-option=--partition=long; may be repeated")
      ->allow_extra_args(false);
  command->add_flag("--json", options->json, "For programs");
  command->callback([=, &outcome] {
    outcome.exit_code = run_of(*options, root_of(*command), is_quiet(*command));
  });
}

void add_work(CLI::App& sweep, Outcome& outcome) {
  auto* command = sweep.add_subcommand("work", "Run one share of it here, as engines do");
  const auto options = std::make_shared<SweepOptions>();
  add_folder(*command, options->folder);
  add_workers(*command, *options);
  command->add_option("--shard", options->shard, "SHARD/SHARDS: which of them [0/1: all]")
      ->check(share_complaint);
  command->callback([=, &outcome] { outcome.exit_code = work_of(*options, is_quiet(*command)); });
}

void add_status(CLI::App& sweep, Outcome& outcome) {
  auto* command = sweep.add_subcommand("status", "Count whole results, each of which is read");
  const auto options = std::make_shared<SweepOptions>();
  add_folder(*command, options->folder);
  command->add_flag("--json", options->json, "For programs");
  command->callback([=, &outcome] {
    const SweepPlan plan = read_sweep_plan(options->folder);
    outcome.exit_code = tell_count(plan, *options, count_results(plan, options->folder));
  });
}

void add_collect(CLI::App& sweep, Outcome& outcome) {
  auto* command = sweep.add_subcommand(
      "collect", "Bands of every figure by point, as CSV, and all draws as SQLite");
  const auto options = std::make_shared<SweepCollection>();
  add_folder(*command, options->folder);
  command->add_flag("--all-draws", options->all_draws,
                    "Also draws that do not agree with what was published");
  command->add_flag("--sqlite", options->sqlite,
                    "Also sweep.sqlite: every figure and every input of every draw");
  command
      ->add_option("--show", options->show,
                   "INDICATOR@YEAR of every point, such as 'domestic_share value@2027'")
      ->check([](const std::string& text) {
        const auto question = parse_indicator_question(text);
        return question && question->period.is_year ? std::string()
                                                    : "'" + text + "' is not INDICATOR@YEAR";
      });
  command->callback(
      [=, &outcome] { outcome.exit_code = collect_sweep_of(*options, is_quiet(*command)); });
}

}  // namespace

void add_sweep_command(CLI::App& app, Outcome& outcome) {
  auto* sweep =
      app.add_subcommand("sweep", "Many runs of a scenario: draws and grids, here or on a cluster");
  sweep->require_subcommand(1);
  add_plan(*sweep, outcome);
  add_run(*sweep, outcome);
  add_work(*sweep, outcome);
  add_status(*sweep, outcome);
  add_collect(*sweep, outcome);
}

}  // namespace chokepoint
