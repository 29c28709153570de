#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "tools/commands/commands.hpp"
#include "tools/commands/real_in.hpp"
#include "tools/estimate/training/training_answer.hpp"
#include "tools/estimate/training/training_rows.hpp"
#include "tools/estimate/training/training_search_text.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kShownTrainingPlans = 10;

struct TrainingOptions {
  TrainingQuestion question;
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

int answer_training(const TrainingOptions& options, const TrainingWorld& world) {
  const auto subject = understand(options.question, world);
  if (const auto* wrong = std::get_if<Misunderstanding>(&subject)) {
    return refuse(wrong->message, wrong->help);
  }
  const auto& known = std::get<TrainingSubject>(subject);
  const TrainingSystem system = known.known.system(world.figures);
  const TrainingEstimate estimate = estimate_training(system, known.known.plan);
  const auto tokens = options.question.tokens;
  std::cout << (options.json ? answer_json(known, estimate, world, tokens).text() + "\n"
                             : answer_text(known, estimate, world, tokens));
  return estimate.memory.fit() == TrainingFit::No ? kInfeasible : 0;
}

int answer_training_search(const TrainingOptions& options, const TrainingWorld& world) {
  const auto subject = understand(without_degrees(options.question), world);
  if (const auto* wrong = std::get_if<Misunderstanding>(&subject)) {
    return refuse(wrong->message, wrong->help);
  }
  const auto& known = std::get<TrainingSubject>(subject);
  const TrainingSystem system = known.known.system(world.figures);
  const TrainingTask task = task_of(options.question, known);
  const TrainingSearch found = search_training(system, task, kShownTrainingPlans);
  const Table table = search_table(known, found);
  if (options.json) {
    JsonValue json = JsonValue::object();
    json.add("schema", "chokepoint.estimate.training.search/1")
        .add("tried", static_cast<double>(found.tried))
        .add("too_large", static_cast<double>(found.too_large))
        .add("plans", to_json(table));
    std::cout << json.text() << "\n";
  } else {
    std::cout << fmt::format("{} on {} x {}, a batch of {}: {} plans, {} of them too large\n\n",
                             known.known.model_name, task.devices, known.known.device_name,
                             task.global_batch, found.tried, found.too_large)
              << to_text(table);
  }
  return found.plans.empty() ? kInfeasible : 0;
}

int estimate_training_command(const TrainingOptions& options, const std::filesystem::path& root) {
  if (options.rows.empty() && (options.question.model.empty() || options.question.device.empty())) {
    return refuse("nothing to estimate", "name --model and --device, or --rows FILE");
  }
  const auto world = load_training_world(root, std::cerr);
  if (!world) return kBadInput;
  if (!options.rows.empty()) return answer_training_rows(options, *world);
  return options.search ? answer_training_search(options, *world)
                        : answer_training(options, *world);
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
  app.add_option("--tokens", question.tokens, "Of a whole run, such as 15e12")
      ->check(RealIn(1.0, 1e18));
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

}  // namespace

void add_estimate_training(CLI::App& estimate, Outcome& outcome) {
  auto* training = estimate.add_subcommand(
      "training", "Training a model: memory, time of a step and where it goes, energy, money");
  const auto options = std::make_shared<TrainingOptions>();
  add_training_question(*training, options->question);
  auto* rows =
      training
          ->add_option("--rows", options->rows, "A CSV of configurations; predictions are appended")
          ->type_name("FILE");
  for (const char* other : {"--model", "--device", "--tokens", "--stack-version"}) {
    rows->excludes(training->get_option(other));
  }
  training->add_option("-o", options->output, "Where the rows go; else to standard output")
      ->type_name("FILE")
      ->needs(rows);
  training
      ->add_flag("--search", options->search, "The fastest plans of all, and what others lose on")
      ->excludes(rows);
  training->add_flag("--json", options->json, "For programs")->excludes(rows);
  training->callback([=, &outcome] {
    outcome.exit_code = estimate_training_command(*options, root_of(*training));
  });
}

}  // namespace chokepoint
