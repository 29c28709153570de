#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <iostream>
#include <limits>
#include <memory>
#include <string>

#include "tools/commands/commands.hpp"
#include "tools/commands/options/real_in.hpp"
#include "tools/estimate/training/run_outlook.hpp"
#include "tools/estimate/training/training_answer.hpp"
#include "tools/estimate/training/training_rows.hpp"
#include "tools/estimate/training/training_search_text.hpp"
#include "tools/fleet/run_trace.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kShownTrainingPlans = 10;

struct TrainingOptions {
  TrainingQuestion question;
  RunQuestion run;
  std::string checkpoint = "async";
  std::optional<double> checkpoint_minutes, mttf_hours, storage_gb_s;
  std::string rows, output;
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
  return std::visit([](auto&& made) -> AskedRun { return std::move(made); },
                    outlook_of(run_asked(options), subject, step, world));
}

// Writes the run that was played where -o says. Refuses where it cannot be told as a trace.
int write_if_asked(const TrainingOptions& options, const TrainingSubject& subject,
                   const RunOutlook* run, const std::vector<Table>& tables,
                   const std::filesystem::path& root) {
  if (options.output.empty() || run == nullptr) return 0;
  const auto scene = scene_of(*run, subject, root);
  if (const auto* wrong = std::get_if<Misunderstanding>(&scene)) {
    return refuse(wrong->message, wrong->help);
  }
  write_played_run(options.output, std::get<RunScene>(scene), *run, tables);
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
  return write_if_asked(options, known, of_run, estimate_tables(known, estimate), root);
}

std::string search_words(const TrainingSubject& subject, const TrainingTask& task,
                         const TrainingSearch& found, const RunOutlook* run) {
  std::string text = fmt::format("{} on {} x {}, a batch of {}: {} plans, {} of them too large\n\n",
                                 subject.known.model_name, task.devices, subject.known.device_name,
                                 task.global_batch, found.tried, found.too_large) +
                     to_text(search_table(subject, found));
  if (run != nullptr) text += "\nThe first of these\n" + outlook_text(*run, subject.upkeep);
  return text;
}

JsonValue search_json(const TrainingSubject& subject, const TrainingSearch& found,
                      const RunOutlook* run) {
  JsonValue json = JsonValue::object();
  json.add("schema", "chokepoint.estimate.training.search/1")
      .add("tried", static_cast<double>(found.tried))
      .add("too_large", static_cast<double>(found.too_large))
      .add("plans", to_json(search_table(subject, found)));
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
  if (options.run.tokens > 0 && !found.plans.empty()) {
    const RankedTrainingPlan& best = found.plans.front();
    TrainingSubject with_best = known;
    with_best.known.plan = best.plan;
    run = run_of(options, with_best, best.time.total(), world);
  }
  if (const auto* wrong = std::get_if<Misunderstanding>(&run)) {
    return refuse(wrong->message, wrong->help);
  }
  const auto* of_run = std::get_if<RunOutlook>(&run);
  std::cout << (options.json ? search_json(known, found, of_run).text() + "\n"
                             : search_words(known, task, found, of_run));
  if (found.plans.empty()) return kInfeasible;
  TrainingSubject best = known;
  best.known.plan = found.plans.front().plan;
  const TrainingSystem of_best = best.known.system(world.figures);
  const auto tables = estimate_tables(best, estimate_training(of_best, best.known.plan));
  return write_if_asked(options, known, of_run, tables, root);
}

int estimate_training_command(const TrainingOptions& options, const std::filesystem::path& root) {
  if (options.rows.empty() && (options.question.model.empty() || options.question.device.empty())) {
    return refuse("nothing to estimate", "name --model and --device, or --rows FILE");
  }
  if (!options.output.empty() && options.rows.empty() && !options.run.seed) {
    return refuse("-o, and nothing that is written there",
                  "say --rows FILE, or --tokens and --seed");
  }
  const auto world = load_training_world(root, std::cerr);
  if (!world) return kBadInput;
  if (!options.rows.empty()) return answer_training_rows(options, *world);
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
  app.add_flag("--zero-bubble", question.zero_bubble,
               "Gradients of weights fill what would be idle in the pipeline");
}

void add_training_question(CLI::App& app, TrainingQuestion& question) {
  app.add_option("--model", question.model, "Of the catalogue, such as Llama-3.1-405B");
  app.add_option("--device", question.device, "Of the catalogue, such as nv_h100_sxm");
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

// "15T" as "15e12"; else as it is.
std::string without_suffix(std::string text) {
  constexpr std::string_view kSuffixes = "KMBT";
  const auto found = text.empty() ? std::string_view::npos : kSuffixes.find(text.back());
  if (found == std::string_view::npos) return text;
  text.back() = 'e';
  return text + std::to_string(3 * (found + 1));
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
      ->add_option("-o", options->output,
                   "Where rows go, else to standard output; or the folder of a played run")
      ->type_name("PATH");
  training
      ->add_flag("--search", options->search, "The fastest plans of all, and what others lose on")
      ->excludes(rows);
  training->add_flag("--json", options->json, "For programs")->excludes(rows);
  training->callback([=, &outcome] {
    outcome.exit_code = estimate_training_command(*options, root_of(*training));
  });
}

}  // namespace chokepoint
