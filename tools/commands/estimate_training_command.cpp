#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <iostream>
#include <limits>
#include <memory>
#include <string>

#include "sim/files/regular_file.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/options/real_in.hpp"
#include "tools/console/locate.hpp"
#include "tools/estimate/training/mixed_training.hpp"
#include "tools/estimate/training/run_outlook.hpp"
#include "tools/estimate/training/training_answer.hpp"
#include "tools/estimate/training/training_rows.hpp"
#include "tools/estimate/training/training_search_text.hpp"
#include "tools/fleet/run_trace.hpp"
#include "tools/fleet/step_trace.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kShownTrainingPlans = 10, kShownMixes = 3;

struct TrainingOptions {
  TrainingQuestion question;
  RunQuestion run;
  std::string checkpoint = "async";
  std::optional<double> checkpoint_minutes, mttf_hours, storage_gb_s;
  std::string fleet, rows, output;
  bool json = false, search = false;
};

int answer_training_rows(const TrainingOptions& options, const TrainingWorld& world) {
  const FileBytes bytes = read_whole_file(options.rows);
  if (!bytes.complaint.empty()) {
    complain(options.rows + ": " + bytes.complaint, "");
    return kBadInput;
  }
  const auto made = training_rows_with_predictions(bytes.content, world);
  if (const auto* wrong = std::get_if<Misunderstanding>(&made)) {
    complain(options.rows + ": " + wrong->message, wrong->help);
    return kBadInput;
  }
  const auto& table = std::get<std::string>(made);
  if (options.output.empty()) {
    std::cout << table;
  } else {
    write_whole(options.output, table);
  }
  return 0;
}

RunQuestion run_asked(const TrainingOptions& options) {
  RunQuestion run = options.run;
  LongRunSettings& settings = run.settings;
  if (options.checkpoint == "blocking") settings.checkpoint_mode = CheckpointMode::Blocking;
  if (options.checkpoint_minutes)
    settings.checkpoint_every = Seconds{60 * *options.checkpoint_minutes};
  if (options.mttf_hours) settings.mean_to_interruption = Seconds{3'600 * *options.mttf_hours};
  if (options.storage_gb_s) settings.storage = BytesPerSecond{1e9 * *options.storage_gb_s};
  return run;
}

using AskedRun = std::variant<std::monostate, RunOutlook, Misunderstanding>;

AskedRun run_of(const TrainingOptions& options, const TrainingSubject& subject, Seconds step,
                const TrainingWorld& world) {
  auto outlook = outlook_of(run_asked(options), subject, step, world);
  return std::visit([](auto& made) -> AskedRun { return std::move(made); }, outlook);
}

// Writes where -o says the run that was played or, where none was asked for, one step of
// `subject`. Refuses where it cannot be told as a trace.
int write_if_asked(const TrainingOptions& options, const TrainingSubject& subject,
                   const RunOutlook* run, const TrainingWorld& world,
                   const std::vector<Table>& tables, const std::filesystem::path& root) {
  if (options.output.empty()) return 0;
  if (run == nullptr && subject.known.plan.directions() > 1) {
    return refuse("a step whose microbatches come from both ends is not told pass by pass",
                  "say --schedule 1f1b or zero-bubble, or leave out -o");
  }
  const TrainingSystem system = subject.known.system(world.figures);
  const PlayedStep step = run == nullptr ? play_step(system, subject.known.plan) : PlayedStep{};
  const auto scene =
      run == nullptr ? scene_of_step(subject, step.ends, root) : scene_of(*run, subject, root);
  if (const auto* wrong = std::get_if<Misunderstanding>(&scene)) {
    return refuse(wrong->message, wrong->help);
  }
  if (run == nullptr) {
    write_played_step(options.output, std::get<RunScene>(scene), subject.known.plan, step);
  } else {
    write_played_run(options.output, std::get<RunScene>(scene), *run, tables);
  }
  return 0;
}

int answer_training(const TrainingOptions& options, const TrainingWorld& world,
                    const std::filesystem::path& root) {
  const auto subject = understand(options.question, world);
  if (const auto* wrong = std::get_if<Misunderstanding>(&subject)) {
    return refuse(wrong->message, wrong->help);
  }
  const auto& known = std::get<TrainingSubject>(subject);
  const TrainingSystem system = known.known.system(world.figures);
  const TrainingEstimate estimate = estimate_training(system, known.known.plan);
  const bool is_run = options.run.tokens > 0 && estimate.memory.fit() != TrainingFit::No;
  const auto run = is_run ? run_of(options, known, estimate.time.total(), world) : AskedRun{};
  if (const auto* wrong = std::get_if<Misunderstanding>(&run)) {
    return refuse(wrong->message, wrong->help);
  }
  const auto* of_run = std::get_if<RunOutlook>(&run);
  std::cout << (options.json ? answer_json(known, estimate, world, of_run).text() + "\n"
                             : answer_text(known, estimate, world, of_run));
  if (estimate.memory.fit() == TrainingFit::No) return kInfeasible;
  return write_if_asked(options, known, of_run, world, estimate_tables(known, estimate), root);
}

std::string search_words(const TrainingSubject& subject, const TrainingTask& task,
                         const TrainingSearch& found, const RunOutlook* run) {
  std::string text;
  if (!found.plans.empty()) {
    TrainingSubject best = subject;
    best.known.plan = found.plans.front().plan;
    text = fmt::format("The best plan is {}.\n", plan_text(best.known.plan)) +
           training_sentences(best, found.plans.front().time, run) + "\n";
  }
  text += fmt::format(
              "{} on {} x {}, a batch of {}: {} plans; those that no bound rules out were "
              "estimated, {}; {} too large\n\n",
              subject.known.model_name, task.devices, subject.known.device_name, task.global_batch,
              found.tried, found.estimated, found.too_large) +
          to_text(search_table(subject, task, found));
  if (run != nullptr) text += "\nThe first of these\n" + outlook_text(*run, subject.upkeep);
  return text;
}

JsonValue search_json(const TrainingSubject& subject, const TrainingTask& task,
                      const TrainingSearch& found, const RunOutlook* run) {
  JsonValue json = JsonValue::object();
  json.add("schema", "chokepoint.estimate.training.search/1")
      .add("tried", static_cast<double>(found.tried))
      .add("estimated", static_cast<double>(found.estimated))
      .add("too_large", static_cast<double>(found.too_large))
      .add("plans", to_json(search_table(subject, task, found)));
  if (run != nullptr) json.add("run", outlook_json(*run, subject.upkeep));
  return json;
}

int answer_training_search(const TrainingOptions& options, const TrainingWorld& world,
                           const std::filesystem::path& root) {
  const auto subject = understand(without_degrees(options.question), world);
  if (const auto* wrong = std::get_if<Misunderstanding>(&subject)) {
    return refuse(wrong->message, wrong->help);
  }
  const auto& known = std::get<TrainingSubject>(subject);
  const TrainingSystem system = known.known.system(world.figures);
  const TrainingTask task = task_of(options.question, known);
  const TrainingSearch found = search_training(system, task, kShownTrainingPlans);
  AskedRun run;
  TrainingSubject with_best = known;
  if (!found.plans.empty()) with_best.known.plan = found.plans.front().plan;
  if (options.run.tokens > 0 && !found.plans.empty()) {
    run = run_of(options, with_best, found.plans.front().time.total(), world);
  }
  if (const auto* wrong = std::get_if<Misunderstanding>(&run)) {
    return refuse(wrong->message, wrong->help);
  }
  const auto* of_run = std::get_if<RunOutlook>(&run);
  std::cout << (options.json ? search_json(known, task, found, of_run).text() + "\n"
                             : search_words(known, task, found, of_run));
  if (found.plans.empty()) return kInfeasible;
  const auto tables = estimate_tables(with_best, estimate_training(system, with_best.known.plan));
  return write_if_asked(options, with_best, of_run, world, tables, root);
}

// The fleet of --fleet, or of --device where that names several kinds; none after complaints.
std::optional<std::vector<CountedKind>> fleet_asked(const TrainingOptions& options,
                                                    const std::filesystem::path& root) {
  const bool is_named = !options.fleet.empty();
  const std::string& text = is_named ? options.fleet : options.question.device;
  const std::string option = is_named ? "--fleet" : "--device";
  const bool is_list = text.find(':') != std::string::npos;
  Diagnostics found;
  auto read =
      is_list ? read_fleet(text, found, option) : fleet_in(locate_scenario(text, root), found);
  if (!found.items().empty()) print(std::cerr, found, is_list ? option : text);
  return read;
}

bool asks_fleet(const TrainingOptions& options) {
  return !options.fleet.empty() || options.question.device.find(':') != std::string::npos;
}

int answer_training_fleet(const TrainingOptions& options, const TrainingWorld& world,
                          const std::vector<CountedKind>& fleet) {
  const auto subject = understand_mixed(options.question, fleet, world);
  if (const auto* wrong = std::get_if<Misunderstanding>(&subject)) {
    return refuse(wrong->message, wrong->help);
  }
  const auto& known = std::get<MixedSubject>(subject);
  const MixedSearch found = search_fleet(known, world, kShownMixes);
  std::cout << (options.json ? mixed_json(known, found).text() + "\n" : mixed_text(known, found));
  return found.mixes.empty() && !found.best_alone() ? kInfeasible : 0;
}

// What a question about several kinds may not ask beside; 0 where all is well.
int check_fleet_question(const TrainingOptions& options) {
  if (!options.search) {
    return refuse("several kinds of devices and no --search",
                  "say --search: layers are divided among kinds by the search");
  }
  if (!options.output.empty()) {
    return refuse("-o with several kinds of devices",
                  "ask about one kind to have its step written");
  }
  if (options.run.tokens > 0) {
    return refuse("--tokens with several kinds of devices",
                  "ask about the run on one kind, or divide tokens by the answer's tokens_per_s");
  }
  return 0;
}

int estimate_training_command(const TrainingOptions& options, const std::filesystem::path& root) {
  const bool is_fleet = asks_fleet(options);
  if (options.rows.empty() &&
      (options.question.model.empty() || (options.question.device.empty() && !is_fleet))) {
    return refuse("nothing to estimate", "name --model and --device, or --rows FILE");
  }
  if (const int wrong = is_fleet ? check_fleet_question(options) : 0; wrong != 0) return wrong;
  if (!options.output.empty() && options.run.tokens > 0 && !options.run.seed) {
    return refuse("-o, and nothing that is written there",
                  "say --seed to play the run, or leave out --tokens for one step");
  }
  const auto world = load_training_world(root, std::cerr);
  if (!world) return kBadInput;
  if (!options.rows.empty()) return answer_training_rows(options, *world);
  if (is_fleet) {
    const auto fleet = fleet_asked(options, root);
    const bool is_list = options.fleet.empty() || options.fleet.find(':') != std::string::npos;
    if (!fleet) return is_list ? kUsage : kBadInput;
    if (fleet->size() > 1) return answer_training_fleet(options, *world, *fleet);
    TrainingOptions alone = options;
    alone.question.device = fleet->front().device;
    alone.question.devices = static_cast<int>(fleet->front().count);
    return answer_training_search(alone, *world, root);
  }
  return options.search ? answer_training_search(options, *world, root)
                        : answer_training(options, *world, root);
}

void add_plan(CLI::App& app, TrainingQuestion& question) {
  const auto degree = [&](const char* flag, std::optional<int>& value, const char* what) {
    app.add_option(flag, value, what)->check(CLI::Range(1, 1'000'000));
  };
  degree("--tp", question.tensor, "Devices that divide each layer; 1 unless given");
  degree("--pp", question.pipeline, "Pipeline stages; 1 unless given");
  degree("--vpp", question.chunks, "Chunks of layers per stage; 1 unless given");
  degree("--dp", question.data, "Groups with sequences of their own; else what is left");
  degree("--ep", question.expert, "Devices that whole experts are spread over; 1 unless given");
  degree("--cp", question.context, "Devices that divide a sequence; 1 unless given");
  degree("--microbatch", question.microbatch, "Sequences; 1 unless given");
  degree("--global-batch", question.global_batch, "Sequences of a step; else near 4 Mi tokens");
  app.add_option("--zero", question.zero, "0 to 3; 1 unless given, 0 without data parallelism")
      ->check(CLI::Range(0, 3));
  app.add_option("--seq", question.sequence, "Tokens of a sequence; 4096 unless given")
      ->check(CLI::Range(1, 100'000'000));
  app.add_option("--recompute", question.recompute, "none, selective or full; none unless given")
      ->check(CLI::IsMember({"none", "selective", "full"}));
  app.add_option("--precision", question.precision, "bf16, fp8, mxfp8, nvfp4; bf16 unless given");
  auto* schedule =
      app.add_option("--schedule", question.schedule,
                     "1f1b (interleaved with --vpp), zero-bubble (gradients of weights fill what "
                     "would be idle) or dualpipe (from both ends); else as the stack has it")
          ->check(CLI::IsMember({"1f1b", "zero-bubble", "dualpipe"}));
  app.add_flag_callback(
         "--zero-bubble", [&question] { question.schedule = "zero-bubble"; },
         "The same as --schedule zero-bubble")
      ->excludes(schedule);
}

void add_training_question(CLI::App& app, TrainingQuestion& question) {
  app.add_option("--model", question.model, "Of the catalogue, such as Llama-3.1-405B");
  app.add_option("--device", question.device,
                 "Of the catalogue, such as nv_h100_sxm; with --search several kinds, each with "
                 "how many: th_ppu_810e:512,mt_s5000:512");
  app.add_option("--devices", question.devices, "In all; 1 unless given")
      ->check(CLI::Range(1, 1'000'000));
  add_plan(app, question);
  app.add_option("--stack-version", question.stack_version,
                 "Such as mbridge_dense; else the newest of the device's stack");
  app.add_option("--pue", question.pue, "Site power over server power; 1.3 unless given")
      ->check(RealIn(1.0, 10.0));
  app.add_option("--usd-per-kwh", question.usd_per_kwh, "0.08 unless given")
      ->check(RealIn(0.0, 10.0));
  app.add_option("--life-years", question.life_years, "Of a device; 4 unless given")
      ->check(RealIn(0.1, 50.0));
  app.add_option("--device-usd", question.device_price_usd,
                 "With its share of the server; else the catalogue's price of the device")
      ->check(RealIn(0.0, 1e9));
}

// What a whole run may be asked; each needs its tokens.
void add_run(CLI::App& app, TrainingOptions& options) {
  LongRunSettings& settings = options.run.settings;
  auto* tokens = app.add_option("--tokens", options.run.tokens,
                                "Of a whole run, such as 15T: what it takes with all that stops it")
                     ->check(RealIn(1.0, 1e18))
                     ->transform(without_suffix);
  app.add_option("--spares", settings.spares,
                 "Servers that take the place of broken ones; else so many that few wait")
      ->check(CLI::Range(0, 1'000'000))
      ->needs(tokens);
  app.add_option("--checkpoint-every", options.checkpoint_minutes,
                 "Minutes of training; else as Young and Daly have it")
      ->check(RealIn(1e-3, 1e6))
      ->needs(tokens);
  app.add_option("--checkpoint", options.checkpoint,
                 "async: written while training goes on; or blocking; async unless given")
      ->check(CLI::IsMember({"async", "blocking"}))
      ->needs(tokens);
  app.add_option("--storage-gb-s", options.storage_gb_s,
                 "That all servers together write; else as many as the catalogue says")
      ->check(RealIn(1e-3, 1e9))
      ->needs(tokens);
  app.add_option("--mttf-hours", options.mttf_hours,
                 "From one interruption of the whole run to the next; else by what fails")
      ->check(RealIn(1e-3, 1e9))
      ->needs(tokens);
  app.add_option("--reliability", options.run.reliability,
                 "Whose rates of failures; else those for the device's stack")
      ->needs(tokens);
  app.add_option("--recovery", options.run.recovery, "automatic or manual; automatic unless given")
      ->needs(tokens);
  app.add_flag("--lemon-nodes", settings.with_lemons,
               "Servers that fail again and again are not sought")
      ->needs(tokens);
  app.add_flag("--slow-nodes", settings.with_slow_nodes, "Servers that are slow are not sought")
      ->needs(tokens);
  app.add_option("--seed", options.run.seed, "Play one run with these draws")
      ->check(is_number(0, std::numeric_limits<std::int64_t>::max()))
      ->needs(tokens);
}

}  // namespace

void add_estimate_training(CLI::App& estimate, Outcome& outcome) {
  auto* training = estimate.add_subcommand(
      "training", "Training a model: memory, time of a step and where it goes, energy, money");
  const auto options = std::make_shared<TrainingOptions>();
  add_training_question(*training, options->question);
  add_run(*training, *options);
  auto* rows =
      training
          ->add_option("--rows", options->rows, "A CSV of configurations; predictions are appended")
          ->type_name("FILE");
  for (const char* other : {"--model", "--device", "--tokens", "--stack-version"}) {
    rows->excludes(training->get_option(other));
  }
  training
      ->add_option(
          "-o", options->output,
          "Where rows go, else to standard output; or the folder of a played run, or of one step")
      ->type_name("PATH");
  training
      ->add_option("--fleet", options->fleet,
                   "Devices of several kinds that there are, as D:N,... or the pools of a "
                   "scenario: the best plan over all and on each alone")
      ->type_name("D:N,...|FILE")
      ->excludes("--device")
      ->excludes("--devices")
      ->excludes(rows);
  training
      ->add_flag("--search", options->search, "The fastest plans of all, and what others lose on")
      ->excludes(rows);
  training->add_flag("--json", options->json, "For programs")->excludes(rows);
  training->callback([=, &outcome] {
    outcome.exit_code = estimate_training_command(*options, root_of(*training));
  });
}

}  // namespace chokepoint
