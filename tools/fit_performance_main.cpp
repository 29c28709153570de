// Fits the coefficients of serving speed to measured rows, and says how well they predict. Called
// by tools/fit performance.

#include <algorithm>
#include <exception>
#include <filesystem>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/files/regular_file.hpp"
#include "sim/scenario/read_world.hpp"
#include "tools/report/serving_engines_text.hpp"
#include "tools/report/serving_errors_text.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kWorstShown = 10;

/// The catalogue without engines: what they attain is to be found.
std::optional<World> catalog_below(const std::filesystem::path& scenarios) {
  const auto file = scenarios / "catalog" / "catalog.textproto";
  Diagnostics found;
  const auto composed = compose(file, {}, false, found);
  auto world = composed ? read_catalog(*composed, found) : std::nullopt;
  if (!found.items().empty()) print(std::cerr, found, file.string());
  return world;
}

std::vector<const ExperimentCase*> known_of(const std::vector<ExperimentCase>& cases,
                                            std::ostream& reasons) {
  std::vector<const ExperimentCase*> known;
  for (const auto& one : cases) {
    if (one.is_known()) {
      known.push_back(&one);
    } else {
      reasons << one.experiment.id << ": " << one.reason << "\n";
    }
  }
  return known;
}

void tell(const std::string& title, const FittedSet& fitted) {
  std::cout << "\n"
            << title << ": cost " << fitted.cost << " after " << fitted.iterations
            << " iterations, " << (fitted.has_converged ? "converged" : "not converged") << "\n";
}

std::string model_of(const ExperimentCase& one) {
  return one.experiment.model;
}

std::string device_of(const ExperimentCase& one) {
  return one.experiment.device;
}

std::vector<PredictedCase> left_out(std::span<const ExperimentCase* const> cases,
                                    const GroupOf& group) {
  const auto told = [](const std::string& name) { std::cerr << "without " << name << "\n"; };
  return predict_left_out(cases, group, {}, told);
}

/// Predictions of runs on every stack but the one with most runs, by fits to the others.
std::vector<PredictedCase> lesser_stacks_left_out(std::span<const ExperimentCase* const> cases,
                                                  const World& world) {
  const auto stack_of = [&](const ExperimentCase& one) {
    return world.stacks[one.device->stack.value].name;
  };
  std::map<std::string, int> runs;
  for (const auto* one : cases) ++runs[stack_of(*one)];
  const auto most = std::max_element(
      runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  auto predicted = left_out(cases, stack_of);
  std::erase_if(predicted, [&](const auto& one) { return stack_of(*one.known) == most->first; });
  return predicted;
}

/// The fit as scenario text, and nothing else.
void print_engines(std::span<const ExperimentCase* const> cases, const World& world,
                   const std::string& rows) {
  const FittedSet fitted = fit_coefficients(cases, {});
  const auto in_sample = predict_all(cases, fitted.set);
  const auto by_model = left_out(cases, model_of), by_device = left_out(cases, device_of);
  const auto by_stack = lesser_stacks_left_out(cases, world);
  std::cout << serving_engines_text(fitted.set, {in_sample, by_model, by_device, by_stack}, world,
                                    rows);
}

std::string rows_csv(const std::string& fitted_on, std::span<const PredictedCase> cases) {
  Table table = predictions_table();
  add_predictions(fitted_on, cases, table);
  return to_csv(table);
}

void leave_out(std::span<const ExperimentCase* const> cases, const std::string& what,
               const GroupOf& group, bool prints_rows) {
  const auto predicted = left_out(cases, group);
  std::cout << "\n" << errors_text("each " + what + " left out", predicted);
  if (prints_rows) std::cout << rows_csv("no " + what, predicted);
}

struct FitRequest {
  std::filesystem::path scenarios;
  std::vector<std::filesystem::path> rows;
  std::string extent;  ///< "leave-out", "rows", "engines", or empty: the fit alone.
};

std::vector<ExperimentCase> cases_of(const FitRequest& request, const MeasuredCatalog& catalog) {
  std::vector<ExperimentCase> cases;
  for (const auto& file : request.rows) {
    for (const auto& one : experiments_of(read_measured_table(content_of(file)))) {
      cases.push_back(experiment_case(one, catalog));
    }
  }
  return cases;
}

std::string names_of(const std::vector<std::filesystem::path>& files) {
  std::string names;
  for (const auto& file : files) names += (names.empty() ? "" : ", ") + file.filename().string();
  return names;
}

int run(const FitRequest& request) {
  const std::string& extent = request.extent;
  auto world = catalog_below(request.scenarios);
  if (!world) return 3;
  const auto presumed =
      read_presumed_settings(content_of(request.scenarios / "measured" / "run_settings.csv"));
  const auto cases = cases_of(request, {world->devices, world->transformers, presumed});
  const bool prints_rows = extent == "rows";
  const auto known = known_of(cases, extent == "engines" ? std::cerr : std::cout);
  if (extent == "engines") {
    print_engines(known, *world, names_of(request.rows));
    return 0;
  }
  std::cout << known.size() << " experiments are used\n";
  CoefficientFit shared_by_all;
  shared_by_all.by_engine = false;
  const FittedSet shared = fit_coefficients(known, shared_by_all);
  tell("one set for all engines", shared);
  std::cout << errors_text("one set", predict_all(known, shared.set));
  const FittedSet fitted = fit_coefficients(known, {});
  tell("engines deviate", fitted);
  const auto in_sample = predict_all(known, fitted.set);
  std::cout << errors_text("engines deviate", in_sample) << "\n" << coefficients_text(fitted.set);
  for (const ServingMetric metric : kMetricsOfServing) {
    std::cout << "\n" << worst_text(in_sample, metric, kWorstShown);
  }
  if (prints_rows) std::cout << "\n" << rows_csv("all", in_sample);
  if (extent.empty()) return 0;
  leave_out(known, "model", model_of, prints_rows);
  leave_out(known, "device", device_of, prints_rows);
  return 0;
}

}  // namespace
}  // namespace chokepoint

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  chokepoint::FitRequest request;
  const auto is_extent = [](const std::string& word) {
    return word == "leave-out" || word == "rows" || word == "engines";
  };
  if (!words.empty() && is_extent(words.back())) {
    request.extent = words.back();
    words.pop_back();
  }
  if (words.size() < 2) {
    std::cerr
        << "usage: chokepoint_fit_performance SCENARIOS ROWS... [leave-out | rows | engines]\n";
    return 2;
  }
  request.scenarios = words.front();
  request.rows.assign(words.begin() + 1, words.end());
  try {
    return chokepoint::run(request);
  } catch (const std::exception& failure) {
    std::cerr << "chokepoint_fit_performance: " << failure.what() << "\n";
    return 5;
  }
}
