// Fits the coefficients of serving speed to measured rows, and says how well they predict. Called
// by tools/fit performance.

#include <exception>
#include <filesystem>
#include <iostream>
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

std::optional<World> catalog_at(const std::string& file) {
  Diagnostics found;
  const auto composed = compose(file, {}, false, found);
  auto world = composed ? read_catalog(*composed, found) : std::nullopt;
  if (!found.items().empty()) print(std::cerr, found, file);
  return world;
}

std::string text_of(const std::string& file) {
  FileBytes bytes = read_whole_file(file);
  if (!bytes.complaint.empty()) throw std::runtime_error(file + ": " + bytes.complaint);
  return std::move(bytes.content);
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

/// The fit as scenario text, and nothing else.
void print_engines(std::span<const ExperimentCase* const> cases, const std::string& rows) {
  const FittedSet fitted = fit_coefficients(cases, {});
  const auto in_sample = predict_all(cases, fitted.set);
  const auto by_model = left_out(cases, model_of), by_device = left_out(cases, device_of);
  std::cout << serving_engines_text(fitted.set, {in_sample, by_model, by_device}, rows);
}

void leave_out(std::span<const ExperimentCase* const> cases, const std::string& what,
               const GroupOf& group, bool prints_rows) {
  const auto predicted = left_out(cases, group);
  std::cout << "\n" << errors_text("each " + what + " left out", predicted);
  if (prints_rows) std::cout << predictions_csv("no " + what, predicted, false);
}

int run(const std::string& rows, const std::string& catalog_file, const std::string& extent) {
  auto world = catalog_at(catalog_file);
  if (!world) return 3;
  const bool prints_rows = extent == "rows";
  std::vector<ExperimentCase> cases;
  for (const auto& one : experiments_of(read_measured_table(text_of(rows)))) {
    cases.push_back(experiment_case(one, {world->devices, world->transformers}));
  }
  const auto known = known_of(cases, extent == "engines" ? std::cerr : std::cout);
  if (extent == "engines") {
    print_engines(known, std::filesystem::path(rows).filename().string());
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
  for (const Metric metric : kMetricsOfServing) {
    std::cout << "\n" << worst_text(in_sample, metric, kWorstShown);
  }
  if (prints_rows) std::cout << "\n" << predictions_csv("all", in_sample, true);
  if (extent.empty()) return 0;
  leave_out(known, "model", model_of, prints_rows);
  leave_out(known, "device", device_of, prints_rows);
  return 0;
}

}  // namespace
}  // namespace chokepoint

int main(int argc, char** argv) {
  const std::string extent = argc == 4 ? argv[3] : "";
  if (argc < 3 || argc > 4 ||
      (argc == 4 && extent != "leave-out" && extent != "rows" && extent != "engines")) {
    std::cerr << "usage: chokepoint_fit_performance ROWS CATALOG [leave-out | rows | engines]\n";
    return 2;
  }
  try {
    return chokepoint::run(argv[1], argv[2], extent);
  } catch (const std::exception& failure) {
    std::cerr << "chokepoint_fit_performance: " << failure.what() << "\n";
    return 5;
  }
}
