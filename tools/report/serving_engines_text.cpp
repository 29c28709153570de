#include "tools/report/serving_engines_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "models/performance/serving_engine.hpp"

namespace chokepoint {
namespace {

// Of which the catalogue has no measured run, but the eight of a 910B2.
constexpr const char* kOtherStacks =
    "stacks: [\"rocm\", \"synapseai\", \"hanguangai\", \"cann\", \"cann_950\", \"musa\", "
    "\"neuware\", "
    "\"ppu_sdk\",\n           \"xpu_kunlun\", \"supa\", \"topsrider\", \"corex\", \"mxmaca\", "
    "\"dtk\"]";

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

std::string engine_text(const std::string& name, const std::string& stacks,
                        const std::string& fitted_to, int runs, const Coefficients& coefficients) {
  return fmt::format(
             "serving_engines {{\n  name: \"{}\"\n{}  fitted_to: \"{}\"\n  experiments: {}\n", name,
             stacks.empty() ? "" : "  " + stacks + "\n", fitted_to, runs) +
         coefficients_of(coefficients) + "}\n\n";
}

int runs_of(std::span<const PredictedCase> cases, EngineFamily engine) {
  return static_cast<int>(std::count_if(cases.begin(), cases.end(), [&](const PredictedCase& one) {
    return one.known->experiment.engine == engine;
  }));
}

using IsIn = std::function<bool(const ExperimentCase&)>;

/// The errors of one group; nothing where it has no runs.
std::string error_text(std::span<const PredictedCase> cases, const char* basis,
                       const std::string& device, const ModelFamily* family, Metric metric) {
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

}  // namespace

std::string serving_errors_scenario_text(std::span<const PredictedCase> cases, const char* basis,
                                         const std::string& device) {
  std::string text;
  for (const Metric metric : kMetricsOfServing) {
    if (device.empty()) text += error_text(cases, basis, device, nullptr, metric);
    for (std::size_t f = 0; f < kModelFamilies; ++f) {
      const auto family = static_cast<ModelFamily>(f);
      text += error_text(cases, basis, device, &family, metric);
    }
  }
  return text;
}

std::string serving_engines_text(const CoefficientSet& set, const FittedPredictions& predictions,
                                 const std::string& rows) {
  const auto in_sample = predictions.in_sample;
  std::string text = fmt::format(
      "# What serving engines attain, and how far predictions were from measurements.\n"
      "# Written by tools/fit performance: do not edit.\n\n"
      "sources {{\n  name: \"fit_serving\"\n  what: \"Robust least squares on measured runs, "
      "priors "
      "as one run each\"\n  location: \"tools/fit performance {}\"\n  confidence: "
      "ESTIMATED\n}}\n\n",
      rows);
  for (std::size_t e = 0; e < kEngineFamilies; ++e) {
    const auto engine = static_cast<EngineFamily>(e);
    text += engine_text(std::string(name(engine)),
                        engine == EngineFamily::Vllm ? "stacks: \"cuda\"" : "", rows,
                        runs_of(in_sample, engine), set.of(engine));
  }
  text += engine_text("shared", kOtherStacks, rows + ", what all engines share",
                      static_cast<int>(in_sample.size()), set.shared_coefficients());
  std::set<std::string> devices;
  for (const auto& one : in_sample) devices.insert(one.known->experiment.device);
  for (const auto& device : devices)
    text += serving_errors_scenario_text(in_sample, "IN_SAMPLE", device);
  text += serving_errors_scenario_text(predictions.model_left_out, "MODEL_LEFT_OUT", "");
  return text + serving_errors_scenario_text(predictions.device_left_out, "DEVICE_LEFT_OUT", "");
}

}  // namespace chokepoint
