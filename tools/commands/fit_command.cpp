#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "sim/files/regular_file.hpp"
#include "sim/measure/logs/read_log.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/options/real_in.hpp"
#include "tools/estimate/own_serving.hpp"
#include "tools/estimate/own_training.hpp"
#include "tools/estimate/serving_catalog.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = std::size_t{128} << 20U;

struct FitOptions {
  std::vector<std::string> files;
  std::string output, format;
  StatedFacts facts;
  bool all = false;
};

Measurements read_measurements(const FitOptions& options, MeasuredWork kind, Diagnostics& found) {
  Measurements read;
  for (const std::string& file : options.files) {
    FileBytes bytes = read_whole_file(file, kMostBytes);
    if (!bytes.complaint.empty()) {
      found.error({file, 0, 0}, bytes.complaint);
      continue;
    }
    read_log(file, bytes.content, kind, format_named(options.format), options.facts, read, found);
    found.remember(file, std::move(bytes.content));
  }
  return read;
}

/// "3 files: a.json, b.json, c.log": what the overlay says that it was fitted to.
std::string files_text(const std::vector<std::string>& files) {
  std::vector<std::string> names;
  names.reserve(files.size());
  for (const auto& file : files) names.push_back(fs::path(file).filename().string());
  return listed(names);
}

/// The catalogue as the overlay finds it from where it will lie.
std::string base_seen_from(const std::string& overlay, const fs::path& catalog) {
  const fs::path folder = fs::weakly_canonical(fs::absolute(overlay)).parent_path();
  return fs::weakly_canonical(catalog).lexically_proximate(folder).generic_string();
}

void say(const Diagnostics& found, const FitOptions& options) {
  if (found.items().empty()) return;
  print(std::cerr, found,
        options.files.size() == 1 ? options.files.front()
                                  : std::to_string(options.files.size()) + " files");
}

std::optional<Composed> composed_catalog(const fs::path& file) {
  Diagnostics found;
  auto composed = compose(file, {}, false, found);
  if (!found.items().empty()) print(std::cerr, found, file.string());
  return composed;
}

std::optional<World> world_of(const Composed& composed, const fs::path& file) {
  Diagnostics found;
  auto world = read_catalog(composed, found);
  if (!found.items().empty()) print(std::cerr, found, file.string());
  return world;
}

int fit_serving(const FitOptions& options, const fs::path& root) {
  const fs::path catalog = root / "scenarios" / "catalog" / "serving.textproto";
  Diagnostics found;
  Measurements read = read_measurements(options, MeasuredWork::Serving, found);
  const auto world = load_serving_catalog(root, "", std::cerr);
  if (!world) return kBadInput;
  const OwnServing own = fit_own_serving(std::move(read.serving), *world, found);
  say(found, options);
  if (found.has_errors()) return kBadInput;
  std::cout << own_serving_text(own, options.all);
  if (!is_anything_identified(own)) {
    complain("these measurements identify no coefficient; nothing was written",
             "add runs of other loads, or of other numbers of devices");
    return kFinding;
  }
  if (options.output.empty()) return 0;
  write_whole(options.output,
              own_serving_overlay(own, *world, base_seen_from(options.output, catalog),
                                  files_text(options.files)));
  std::cout << "\nwritten to " << options.output << "\n";
  return 0;
}

int fit_training(const FitOptions& options, const fs::path& root) {
  const fs::path catalog = root / "scenarios" / "catalog" / "catalog.textproto";
  Diagnostics found;
  const Measurements read = read_measurements(options, MeasuredWork::Training, found);
  const auto composed = composed_catalog(catalog);
  const auto world = composed ? world_of(*composed, catalog) : std::nullopt;
  if (!world) return kBadInput;
  const auto steps = fit_own_training(read.training, *world, found);
  say(found, options);
  if (found.has_errors()) return kBadInput;
  std::cout << own_training_text(steps, *world);
  if (options.output.empty()) return 0;
  write_whole(options.output, own_training_overlay(steps, *world, composed->scenario,
                                                   base_seen_from(options.output, catalog),
                                                   files_text(options.files)));
  std::cout << "\nwritten to " << options.output << "\n";
  return 0;
}

void add_shared_options(CLI::App& app, FitOptions& options, MeasuredWork kind) {
  app.add_option("MEASUREMENTS", options.files, "Files of measurements, of any of the formats")
      ->required()
      ->type_name("FILE");
  app.add_option("-o", options.output, "Where the overlay goes; else it is not written")
      ->type_name("FILE");
  app.add_option("--format", options.format, "Of all files; else recognized from their content")
      ->check(CLI::IsMember(format_names(kind)));
  app.add_option("--model", options.facts.model, "Of the catalogue; wins over names in results");
  app.add_option("--device", options.facts.device, "Of the catalogue, where files do not state it");
  app.add_option("--devices", options.facts.devices,
                 kind == MeasuredWork::Serving ? "Of one engine" : "In all")
      ->check(CLI::Range(1, 1'000'000));
}

void add_fit_serving(CLI::App& fit, Outcome& outcome) {
  const auto options = std::make_shared<FitOptions>();
  auto* serving = fit.add_subcommand(
      "serving",
      "Coefficients of a serving engine: from results of vLLM's or SGLang's benchmarks,\n"
      "inference-perf, GuideLLM or AIPerf, what an engine says when it starts, or a CSV as in\n"
      "scenarios/measured");
  add_shared_options(*serving, *options, MeasuredWork::Serving);
  StatedFacts& facts = options->facts;
  serving
      ->add_option("--engine", facts.engine,
                   "Where files do not state it; \"vllm\" on Ascend is \"vllm_ascend\"")
      ->check(CLI::IsMember(engine_names()));
  serving->add_option("--tp", facts.tensor, "Devices that divide attention")
      ->check(CLI::Range(1, 65536));
  serving->add_option("--pp", facts.pipeline, "Pipeline stages; 1 unless given")
      ->check(CLI::Range(1, 1024));
  serving->add_option("--dp", facts.attention_dp, "Groups of attention; 1 unless given")
      ->check(CLI::Range(1, 65536));
  serving->add_flag("--ep", facts.expert_parallel, "Whole experts are spread over devices");
  serving->add_option("--precision", facts.precision, "bf16, fp8, int8, int4, nvfp4, mxfp4");
  serving
      ->add_option("--speculation", facts.speculation,
                   "By layers of the model itself, or drafts from elsewhere; none unless given")
      ->check(CLI::IsMember({"none", "mtp", "drafts"}));
  serving->add_flag("--all", options->all, "Print what stays prior as well, and every run");
  serving->callback([options, serving, &outcome] {
    outcome.exit_code = fit_serving(*options, root_of(*serving));
  });
}

void add_fit_training(CLI::App& fit, Outcome& outcome) {
  const auto options = std::make_shared<FitOptions>();
  auto* training = fit.add_subcommand(
      "training",
      "What a training step attains on a device, TRAINING_STEP of its stack, and no more: from\n"
      "Megatron's iteration lines, MLPerf's :::MLLOG lines, or a CSV");
  add_shared_options(*training, *options, MeasuredWork::Training);
  training->add_option("--sequence", options->facts.sequence, "Tokens of a sequence")
      ->check(RealIn(1.0, 1e8));
  training->callback([options, training, &outcome] {
    outcome.exit_code = fit_training(*options, root_of(*training));
  });
}

}  // namespace

void add_fit_command(CLI::App& app, Outcome& outcome) {
  auto* fit = app.add_subcommand(
      "fit", "What your own systems attain, from their results and logs, as an overlay");
  fit->require_subcommand(1);
  add_fit_serving(*fit, outcome);
  add_fit_training(*fit, outcome);
}

}  // namespace chokepoint
