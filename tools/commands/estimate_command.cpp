#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "sim/files/regular_file.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/options/real_in.hpp"
#include "tools/commands/options/serving_options.hpp"
#include "tools/estimate/serving_answer.hpp"
#include "tools/estimate/serving_catalog.hpp"
#include "tools/estimate/serving_question.hpp"
#include "tools/estimate/serving_rows.hpp"
#include "tools/estimate/serving_search_text.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kShownPlans = 10;

struct EstimateOptions {
  ServingQuestion question;
  std::string rows, output, overlay;
  bool search = false, all = false, json = false;
};

int answer_rows(const EstimateOptions& options, const ServingCatalog& world) {
  const FileBytes bytes = read_whole_file(options.rows);
  if (!bytes.complaint.empty()) {
    complain(options.rows + ": " + bytes.complaint, "");
    return kBadInput;
  }
  const std::string table = rows_with_predictions(bytes.content, world);
  if (options.output.empty()) {
    std::cout << table;
  } else {
    write_whole(options.output, table);
  }
  return 0;
}

int answer_search(const EstimateOptions& options, const ServingCatalog& world) {
  ServingQuestion base = options.question;
  base.tensor = base.pipeline = base.attention_dp = 1;
  const auto subject = understand(base, world);
  if (const auto* wrong = std::get_if<Misunderstanding>(&subject)) {
    complain(wrong->message, wrong->help);
    return kUsage;
  }
  if (const auto wrong = context_complaint(base, world)) {
    complain(wrong->message, wrong->help);
    return kInfeasible;
  }
  ServingTarget target;
  if (base.ttft_ms) target.ttft = Seconds{*base.ttft_ms * 1e-3};
  if (base.tpot_ms) target.tpot = Seconds{*base.tpot_ms * 1e-3};
  const auto& known = std::get<ServingSubject>(subject);
  const auto formats = formats_to_try(options.question, world);
  const auto plans = search_serving(known.task, base.devices, target, formats);
  const bool is_found = !plans.empty() && plans.front().keeps_target;
  const Table table = search_table(known, plans, options.all ? plans.size() : kShownPlans);
  if (options.json) {
    JsonValue json = JsonValue::object();
    json.add("schema", "chokepoint.estimate.serving.search/1")
        .add("tried", static_cast<double>(plans.size()))
        .add("plans", to_json(table));
    std::cout << json.text() << "\n";
  } else {
    std::cout << fmt::format("{} on {} x {}: {} plans\n\n", known.model->name, base.devices,
                             known.device->name, plans.size())
              << to_text(table);
  }
  return is_found ? 0 : kInfeasible;
}

int answer_one(const EstimateOptions& options, const ServingCatalog& world) {
  const auto subject = understand(options.question, world);
  if (const auto* wrong = std::get_if<Misunderstanding>(&subject)) {
    complain(wrong->message, wrong->help);
    return kUsage;
  }
  if (const auto wrong = context_complaint(options.question, world)) {
    complain(wrong->message, wrong->help);
    return kInfeasible;
  }
  const auto& known = std::get<ServingSubject>(subject);
  const double replicas = known.replicas;
  std::optional<ServingEstimate> estimate =
      options.question.rate
          ? estimate_at_rate(known.task, known.plan, known.replicas,
                             *options.question.rate / replicas)
          : estimate_serving(known.task, known.plan, known.replicas,
                             options.question.concurrency.value_or(replicas) / replicas);
  if (!estimate) {
    const auto most = estimate_serving(known.task, known.plan, known.replicas,
                                       std::max(1.0, known.plan.attention_dp * 256.0));
    complain(fmt::format("{} requests a second are more than this serves", *options.question.rate),
             fmt::format("it serves about {:.3g} a second",
                         most.output().value / known.task.output.value));
    return kInfeasible;
  }
  std::cout << (options.json ? answer_json(known, *estimate, world).text() + "\n"
                             : answer_text(known, *estimate, world));
  return estimate->fit.fit == MemoryFit::No ? kInfeasible : 0;
}

int estimate_serving_command(const EstimateOptions& options, const std::filesystem::path& root) {
  if (options.rows.empty() && (options.question.model.empty() || options.question.device.empty())) {
    complain("nothing to estimate", "name --model and --device, or --rows FILE");
    return kUsage;
  }
  const auto world = load_serving_catalog(root, options.overlay, std::cerr);
  if (!world) return kBadInput;
  if (!options.rows.empty()) return answer_rows(options, *world);
  return options.search ? answer_search(options, *world) : answer_one(options, *world);
}

void add_question(CLI::App& app, ServingQuestion& question) {
  add_model_options(app, question);
  app.add_option("--device", question.device, "Of the catalogue, such as nv_h20_96");
  app.add_option("--devices", question.devices, "In all; 1 unless given")
      ->check(CLI::Range(1, 65536));
  add_plan_options(app, question);
  add_length_options(app, question);
  auto* concurrency = app.add_option("--concurrency", question.concurrency,
                                     "Requests in flight, all replicas together")
                          ->check(RealIn(1.0, 1e6));
  app.add_option("--rate", question.rate, "Requests a second instead")
      ->check(RealIn(1e-6, 1e6))
      ->excludes(concurrency);
  app.add_option("--ttft-ms", question.ttft_ms, "Target of a search, mean")->check(positive());
  app.add_option("--tpot-ms", question.tpot_ms, "Target of a search, mean")->check(positive());
  add_upkeep_options(app, question);
}

}  // namespace

void add_estimate_command(CLI::App& app, Outcome& outcome) {
  add_estimate_command(app, outcome, nullptr);
}

void add_estimate_command(CLI::App& app, Outcome& outcome, PlayCollectives play) {
  auto* estimate = app.add_subcommand(
      "estimate", "How fast, how large and how dear a model is on devices, or a collective");
  estimate->require_subcommand(1);
  add_estimate_training(*estimate, outcome);
  add_estimate_collective(*estimate, outcome, play);
  auto* serving = estimate->add_subcommand(
      "serving", "Serving a model: memory, TTFT, TPOT, tokens, energy, money");
  const auto options = std::make_shared<EstimateOptions>();
  add_question(*serving, options->question);
  auto* rows =
      serving
          ->add_option("--rows", options->rows, "A CSV of configurations; predictions are appended")
          ->type_name("FILE");
  serving->add_option("-o", options->output, "Where the rows go; else to standard output")
      ->type_name("FILE")
      ->needs(rows);
  serving->add_flag("--search", options->search, "The best plans under the targets")
      ->excludes(rows);
  serving->add_flag("--all", options->all, "Every plan of the search");
  serving
      ->add_option("--catalog", options->overlay,
                   "Scenario text that patches the catalogue, as fit writes it")
      ->type_name("FILE");
  serving->add_flag("--json", options->json, "For programs")->excludes(rows);
  serving->callback(
      [=, &outcome] { outcome.exit_code = estimate_serving_command(*options, root_of(*serving)); });
}

}  // namespace chokepoint
