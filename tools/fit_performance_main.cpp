// Fits the coefficients of serving speed to measured rows, and says how well they predict. Called
// by tools/fit performance.

#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/files/regular_file.hpp"
#include "sim/measure/errors.hpp"
#include "sim/scenario/read_world.hpp"

namespace chokepoint {
namespace {

World catalog_at(const std::string& file) {
  Diagnostics found;
  const auto composed = compose(file, {}, false, found);
  auto world = composed ? read_catalog(*composed, found) : std::nullopt;
  if (!found.items().empty()) print(std::cerr, found, file);
  if (!world) throw std::runtime_error(file + " cannot be read");
  return std::move(*world);
}

std::string text_of(const std::string& file) {
  FileBytes bytes = read_whole_file(file);
  if (!bytes.complaint.empty()) throw std::runtime_error(file + ": " + bytes.complaint);
  return std::move(bytes.content);
}

std::string family_of(const ExperimentCase& one) {
  if (one.model->attention == Transformer::Attention::Mla) return "mla";
  return one.model->experts > 0 ? "moe" : "dense";
}

std::string cell_of(const ErrorSummary& errors) {
  if (errors.count == 0) return fmt::format("{:>22}", "-");
  return fmt::format("{:>6.1f} /{:>6.1f} ({:>4})  ", 100 * errors.median, 100 * errors.p90,
                     errors.count);
}

void print_row(const std::string& label, std::span<const PredictedCase> cases,
               const std::function<bool(const ExperimentCase&)>& is_in) {
  std::string line = fmt::format("{:<24}", label);
  for (const Metric metric : kMetricsOfServing) line += cell_of(errors_of(cases, metric, is_in));
  std::cout << line << "\n";
}

void print_groups(std::span<const PredictedCase> cases, const GroupOf& group) {
  std::set<std::string> groups;
  for (const auto& one : cases) groups.insert(group(*one.known));
  for (const auto& name : groups) {
    print_row("  " + name, cases, [&](const ExperimentCase& c) { return group(c) == name; });
  }
}

void print_errors(const std::string& title, std::span<const PredictedCase> cases) {
  std::cout << fmt::format("\n{:<24}{:<22}{:<22}{:<22}\n", title, "  TPOT med/p90 %", "  TTFT",
                           "  throughput");
  print_row("all", cases, [](const ExperimentCase&) { return true; });
  print_groups(cases, [](const ExperimentCase& c) {
    return "engine " + std::string(name(c.experiment.engine));
  });
  print_groups(cases, [](const ExperimentCase& c) { return "device " + c.experiment.device; });
  print_groups(cases, [](const ExperimentCase& c) { return "family " + family_of(c); });
  print_groups(cases, [](const ExperimentCase& c) { return "model " + c.experiment.model; });
}

void print_coefficients(const CoefficientSet& set) {
  std::cout << fmt::format("\n{:<26}{:>10}", "coefficient", "shared");
  for (std::size_t e = 0; e < kEngineFamilies; ++e) {
    std::cout << fmt::format("{:>10}", name(static_cast<EngineFamily>(e)));
  }
  std::cout << fmt::format("{:>10}  unit\n", "prior");
  const Coefficients shared = set.shared_coefficients();
  for (const auto& info : coefficient_listing()) {
    std::cout << fmt::format("{:<26}{:>10.4g}", info.name, shared.*info.member);
    for (std::size_t e = 0; e < kEngineFamilies; ++e) {
      if (info.by_engine) {
        const Coefficients own = set.of(static_cast<EngineFamily>(e));
        std::cout << fmt::format("{:>10.4g}", own.*info.member);
      } else {
        std::cout << fmt::format("{:>10}", "");
      }
    }
    std::cout << fmt::format("{:>10.4g}  {}: {}\n", info.prior, info.unit, info.meaning);
  }
}

void print_worst(std::span<const PredictedCase> cases, Metric metric, std::size_t count) {
  struct Error {
    double error;
    const PredictedCase* one;
  };
  std::vector<Error> errors;
  for (const auto& one : cases) {
    const auto value = measured(one.known->experiment, metric);
    if (!value || one.known->experiment.speculation == Speculation::Unknown) continue;
    errors.push_back({std::abs(std::log(value_of(one.state, metric) / *value)), &one});
  }
  std::sort(errors.begin(), errors.end(),
            [](const Error& a, const Error& b) { return a.error > b.error; });
  std::cout << "\nworst of metric " << static_cast<int>(metric) << "\n";
  for (std::size_t i = 0; i < std::min(count, errors.size()); ++i) {
    const auto& e = errors[i].one->known->experiment;
    std::cout << fmt::format("{:8.4g} for {:8.4g}  {} {} {} n{} dp{} ep{} {}x{} c{} {} {}\n",
                             value_of(errors[i].one->state, metric), *measured(e, metric), e.device,
                             e.model, e.precision, e.devices, e.attention_dp, e.expert, e.prompt,
                             e.output, e.concurrency, e.framework,
                             e.speculation == Speculation::Mtp ? "mtp" : "");
  }
}

int run(const std::string& rows, const std::string& catalog_file, bool leaves_out) {
  const World world = catalog_at(catalog_file);
  // The catalogue of this commit knows no windows yet. TODO: gone once it does.
  std::vector<Transformer> transformers = world.transformers;
  for (auto& model : transformers) {
    if (model.name != "GPT-OSS-120B" || model.window_layers > 0) continue;
    model.sliding_window = 128;
    model.window_layers = 18;
    std::cout << "note: " << model.name << " is given windows of 128 tokens in 18 layers\n";
  }
  const auto table = read_measured_table(text_of(rows));
  std::vector<ExperimentCase> cases;
  for (const auto& one : experiments_of(table)) {
    cases.push_back(experiment_case(one, {world.devices, transformers}));
  }
  std::vector<const ExperimentCase*> all;
  for (const auto& one : cases) {
    if (!one.is_known())
      std::cout << "left out " << one.experiment.id << ": " << one.reason << "\n";
    if (one.is_known()) all.push_back(&one);
  }
  std::cout << fmt::format("{} rows, {} experiments, {} usable\n", table.size(), cases.size(),
                           all.size());
  CoefficientFit how;
  how.by_engine = false;
  const FittedSet shared = fit_coefficients(all, how);
  std::cout << fmt::format("shared: cost {:.1f}, {} iterations, converged {}\n", shared.cost,
                           shared.iterations, shared.has_converged);
  print_errors("shared", predict_all(all, shared.set));
  how.by_engine = true;
  const FittedSet fitted = fit_coefficients(all, how);
  std::cout << fmt::format("\nby engine: cost {:.1f}, {} iterations, converged {}\n", fitted.cost,
                           fitted.iterations, fitted.has_converged);
  const auto in_sample = predict_all(all, fitted.set);
  print_errors("by engine", in_sample);
  print_coefficients(fitted.set);
  for (const Metric metric : kMetricsOfServing) print_worst(in_sample, metric, 10);
  if (std::getenv("SHOW_ALL")) {
    for (const auto& one : in_sample) {
      const auto& e = one.known->experiment;
      for (const Metric metric : kMetricsOfServing) {
        if (!measured(e, metric)) continue;
        std::cout << fmt::format("ALL,{},{:.3f},{:.4g},{},{},{},{},n{},dp{},ep{},pp{},{}x{},c{},{},{},b{:.1f},r{:.1f},{}\n",
                                 static_cast<int>(metric),
                                 std::log(value_of(one.state, metric) / *measured(e, metric)),
                                 *measured(e, metric), e.device, e.model, e.precision,
                                 name(e.engine), e.devices, e.attention_dp, e.expert, e.pipeline,
                                 e.prompt, e.output, e.concurrency, e.framework,
                                 static_cast<int>(e.speculation), one.state.batch,
                                 one.state.residents, e.mode);
      }
    }
  }
  if (!leaves_out) return 0;
  const auto told = [](const std::string& group) { std::cerr << "without " << group << "\n"; };
  print_errors("model left out",
               predict_left_out(
                   all, [](const ExperimentCase& c) { return c.experiment.model; }, how, told));
  print_errors("device left out",
               predict_left_out(
                   all, [](const ExperimentCase& c) { return c.experiment.device; }, how, told));
  return 0;
}

}  // namespace
}  // namespace chokepoint

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) {
    std::cerr << "usage: chokepoint_fit_performance ROWS CATALOG [leave-out]\n";
    return 2;
  }
  try {
    return chokepoint::run(argv[1], argv[2], argc == 4);
  } catch (const std::exception& failure) {
    std::cerr << "chokepoint_fit_performance: " << failure.what() << "\n";
    return 5;
  }
}
