#include "tools/report/serving_engines_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

#include "models/performance/serving_engine.hpp"

namespace chokepoint {
namespace {

// The engine that is assumed on a stack, among those that were measured there.
constexpr const char* kStackOfAscend = "cann";
constexpr std::array kAssumedOn = {std::pair{EngineFamily::Vllm, "cuda"},
                                   std::pair{EngineFamily::VllmAscend, kStackOfAscend}};

// Deviations of a stack from what all share are half its architecture's, as long as one stack of an
// architecture is known: both halves have the same prior.
constexpr double kShareOfArchitecture = 0.5;

constexpr std::array<const char*, 3> kMetricWords = {"TPOT", "TTFT", "OUTPUT_RATE"};
constexpr std::array<const char*, kModelFamilies> kFamilyWords = {"DENSE", "EXPERTS", "LATENT"};

std::string coefficients_of(const Coefficients& coefficients) {
  std::string text;
  for (const CoefficientInfo& info : coefficient_listing()) {
    text += fmt::format(
        "  coefficients {{\n    name: \"{}\"\n    figure {{ value: {:.4g} source: \"fit_serving\" "
        "confidence: ESTIMATED }}\n  }}\n",
        info.name, coefficients.*info.member);
  }
  return text;
}

struct EngineWords {
  std::string name, fitted_to;
  std::vector<std::string> stacks;
  int runs = 0;
  bool is_unmeasured = false;
  double towards_ascend = 0;  ///< Share of the way from what all share.
};

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& one : names) text += fmt::format("{}\"{}\"", text.empty() ? "" : ", ", one);
  return "[" + text + "]";
}

std::string towards_text(double share) {
  if (share <= 0) return "";
  return fmt::format("  towards_stack: \"{}\"\n  towards_share: {}\n", kStackOfAscend, share);
}

std::string engine_text(const EngineWords& words, const Coefficients& coefficients) {
  return fmt::format(
             "serving_engines {{\n  name: \"{}\"\n{}  fitted_to: \"{}\"\n  experiments: {}\n{}",
             words.name, words.stacks.empty() ? "" : "  stacks: " + list_of(words.stacks) + "\n",
             words.fitted_to, words.runs, words.is_unmeasured ? "  unmeasured: true\n" : "") +
         towards_text(words.towards_ascend) + coefficients_of(coefficients) + "}\n\n";
}

bool is_assumed_on(const std::string& stack) {
  return std::any_of(kAssumedOn.begin(), kAssumedOn.end(),
                     [&](const auto& one) { return one.second == stack; });
}

/// Stacks that no engine is assumed on: of devices that run threads, or of the others.
std::vector<std::string> unmeasured_stacks(const World& world, bool has_threads) {
  std::vector<std::string> names;
  for (std::uint32_t s = 0; s < world.stacks.size(); ++s) {
    if (is_assumed_on(world.stacks[s].name)) continue;
    const auto device =
        std::find_if(world.devices.begin(), world.devices.end(),
                     [&](const DeviceSpec& one) { return one.stack == StackId{s}; });
    const bool threads = device == world.devices.end() || device->kind == DeviceKind::Gpu ||
                         device->kind == DeviceKind::Ppu;
    if (threads == has_threads) names.push_back(world.stacks[s].name);
  }
  return names;
}

int runs_of(std::span<const PredictedCase> cases, EngineFamily engine) {
  return static_cast<int>(std::count_if(cases.begin(), cases.end(), [&](const PredictedCase& one) {
    return one.known->experiment.engine == engine;
  }));
}

using IsIn = std::function<bool(const ExperimentCase&)>;

/// The errors of one group; nothing where it has no runs.
std::string error_text(std::span<const PredictedCase> cases, const char* basis,
                       const std::string& device, const ModelFamily* family, ServingMetric metric) {
  const IsIn is_in = [&](const ExperimentCase& one) {
    return (device.empty() || one.experiment.device == device) &&
           (family == nullptr || family_of(*one.model) == *family);
  };
  const ErrorSummary errors = errors_of(cases, metric, is_in);
  if (errors.count == 0) return {};
  const char* metric_word = kMetricWords[static_cast<std::size_t>(metric)];
  std::string name = fmt::format("{}_{}", basis, metric_word);
  std::string about;
  if (!device.empty()) {
    name += "_" + device;
    about += fmt::format(" device: \"{}\"", device);
  }
  if (family != nullptr) {
    const char* word = kFamilyWords[static_cast<std::size_t>(*family)];
    name += std::string("_") + word;
    about += std::string(" family: ") + word;
  }
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return fmt::format(
      "serving_errors {{\n  name: \"{}\" metric: {} basis: {}{}\n  count: {} median: {:.4f} p90: "
      "{:.4f}\n}}\n",
      name, metric_word, basis, about, errors.count, errors.median, errors.p90);
}

/// Engines of stacks that nobody measured, by what their devices are.
std::string unmeasured_text(const CoefficientSet& set, const World& world, const std::string& rows,
                            int runs) {
  const Coefficients as_ascend = set.towards(EngineFamily::VllmAscend, kShareOfArchitecture);
  return engine_text({"threads_prior", rows + ": what all engines share",
                      unmeasured_stacks(world, true), runs, true},
                     set.shared_coefficients()) +
         engine_text({"npu_prior", rows + ": half way from what all engines share to vllm_ascend",
                      unmeasured_stacks(world, false), runs, true, kShareOfArchitecture},
                     as_ascend);
}

std::string measured_text(const CoefficientSet& set, std::span<const PredictedCase> cases,
                          const std::string& rows) {
  std::string text;
  for (std::size_t e = 0; e < kEngineFamilies; ++e) {
    const auto engine = static_cast<EngineFamily>(e);
    EngineWords words{std::string(name(engine)), rows, {}, runs_of(cases, engine)};
    for (const auto& [family, stack] : kAssumedOn) {
      if (family == engine) words.stacks.emplace_back(stack);
    }
    text += engine_text(words, set.of(engine));
  }
  return text;
}

}  // namespace

std::string serving_errors_scenario_text(std::span<const PredictedCase> cases, const char* basis,
                                         const std::string& device) {
  std::string text;
  for (const ServingMetric metric : kMetricsOfServing) {
    if (device.empty()) text += error_text(cases, basis, device, nullptr, metric);
    for (std::size_t f = 0; f < kModelFamilies; ++f) {
      const auto family = static_cast<ModelFamily>(f);
      text += error_text(cases, basis, device, &family, metric);
    }
  }
  return text;
}

std::string serving_engines_text(const CoefficientSet& set, const FittedPredictions& predictions,
                                 const World& world, const std::string& rows) {
  const auto in_sample = predictions.in_sample;
  std::string text = fmt::format(
      "# What serving engines attain, and how far predictions were from measurements.\n"
      "# Written by tools/fit performance: do not edit.\n\n"
      "sources {{\n  name: \"fit_serving\"\n  what: \"Robust least squares on measured runs, "
      "priors "
      "as one run each\"\n  location: \"tools/fit performance: {}\"\n  confidence: "
      "ESTIMATED\n}}\n\n",
      rows);
  text += measured_text(set, in_sample, rows) +
          unmeasured_text(set, world, rows, static_cast<int>(in_sample.size()));
  std::set<std::string> devices;
  for (const auto& one : in_sample) devices.insert(one.known->experiment.device);
  for (const auto& device : devices)
    text += serving_errors_scenario_text(in_sample, "IN_SAMPLE", device);
  return text + serving_errors_scenario_text(predictions.model_left_out, "MODEL_LEFT_OUT", "") +
         serving_errors_scenario_text(predictions.device_left_out, "DEVICE_LEFT_OUT", "") +
         serving_errors_scenario_text(predictions.stack_left_out, "STACK_LEFT_OUT", "");
}

}  // namespace chokepoint
