#include "tools/estimate/serving_validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "models/ecosystem/region.hpp"
#include "sim/measure/errors.hpp"
#include "sim/measure/measured_table.hpp"
#include "tools/estimate/serving_question.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/table.hpp"
#include "tools/report/serving_errors_text.hpp"

namespace chokepoint {
namespace {

/// Cases of tables and what is predicted of those that are known. Predictions refer to cases.
struct Validated {
  std::vector<ExperimentCase> cases, left_out;
  std::vector<PredictedCase> predictions, ungraded;
};

std::vector<ExperimentCase> cases_of(const std::vector<Experiment>& experiments,
                                     const ServingCatalog& world) {
  std::vector<ExperimentCase> cases;
  cases.reserve(experiments.size());
  for (const Experiment& one : experiments) {
    cases.push_back(experiment_case(one, world.measured()));
  }
  return cases;
}

std::vector<PredictedCase> predictions_of(const std::vector<ExperimentCase>& cases,
                                          const World& world) {
  std::vector<PredictedCase> made;
  for (const ExperimentCase& one : cases) {
    if (!one.is_known() || !states_lengths(one.experiment)) continue;
    made.push_back({&one, predicted(one, engine_of(world, one).coefficients)});
  }
  return made;
}

// What is taken for one engine may be several, or have part of the model each.
bool holds_a_request(const ExperimentCase& one, const World& world) {
  const auto memory = memory_of(one, engine_of(world, one).coefficients);
  return memory.requests(one.load.prompt + one.load.output) >= 1;
}

Validated validated(std::span<const std::string> tables, const ServingCatalog& world) {
  std::vector<Experiment> graded, left_out;
  for (const std::string& table : tables) {
    const auto rows = read_measured_table(table);
    for (auto& one : experiments_of(rows)) graded.push_back(std::move(one));
    for (auto& one : left_out_experiments(rows)) left_out.push_back(std::move(one));
  }
  Validated made{cases_of(graded, world), cases_of(left_out, world), {}, {}};
  for (ExperimentCase& one : made.left_out) {
    if (one.is_known() && !holds_a_request(one, world)) {
      one.reason = "one engine of its devices does not hold a request";
    }
  }
  made.predictions = predictions_of(made.cases, world);
  made.ungraded = predictions_of(made.left_out, world);
  return made;
}

bool is_known(const ExperimentCase& one) {
  return one.experiment.speculation != Speculation::Unknown;
}

/// The device and engine that most runs are of.
std::pair<std::string, EngineFamily> dominating(std::span<const PredictedCase> cases) {
  std::map<std::pair<std::string, EngineFamily>, int> runs;
  for (const auto& one : cases)
    ++runs[{one.known->experiment.device, one.known->experiment.engine}];
  const auto most = std::max_element(
      runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == runs.end() ? std::pair{std::string(), EngineFamily::Other} : most->first;
}

/// Groups that are graded apart from the rest.
std::string apart_text(const Validated& of, const World& world) {
  const auto [device, engine] = dominating(of.predictions);
  const auto is_most = [device = device, engine = engine](const ExperimentCase& one) {
    return one.experiment.device == device && one.experiment.engine == engine;
  };
  const auto is_domestic = [&](const ExperimentCase& one) {
    return is_known(one) && world.home_of(one.device->vendor) == kHomeCountry;
  };
  return errors_heading("apart") + errors_line("domestic devices", of.predictions, is_domestic) +
         errors_line("  the others", of.predictions,
                     [&](const auto& one) { return is_known(one) && !is_domestic(one); }) +
         errors_line(fmt::format("but {} {}", device, name(engine)), of.predictions,
                     [&](const auto& one) { return is_known(one) && !is_most(one); }) +
         errors_line("speculation unknown", of.predictions,
                     [](const auto& one) { return !is_known(one); }) +
         errors_line("disaggregated, as if not", of.ungraded,
                     [](const auto& one) {
                       return one.experiment.left_out.find("disaggregated") != std::string::npos;
                     }) +
         repeats_line("repeated runs, half apart", of.predictions);
}

std::string unknown_text(const std::vector<ExperimentCase>& cases) {
  std::string text;
  for (const ExperimentCase& one : cases) {
    if (!one.is_known()) text += "  " + one.experiment.id + ": " + one.reason + "\n";
  }
  return text.empty() ? "" : "\nnot predicted\n" + text;
}

/// "a; b" in parts.
std::vector<std::string> parts_of(std::string text) {
  std::vector<std::string> parts;
  for (auto at = text.find("; "); at != std::string::npos; at = text.find("; ")) {
    parts.push_back(text.substr(0, at));
    text.erase(0, at + 2);
  }
  parts.push_back(std::move(text));
  return parts;
}

std::string reasons_text(const Validated& of) {
  std::map<std::string, int> runs;
  for (const ExperimentCase& one : of.left_out) {
    for (const std::string& reason : parts_of(one.experiment.left_out)) {
      ++runs[reason.starts_with("copy of") ? "copy of another row" : reason];
    }
  }
  if (runs.empty()) return {};
  std::string text = "\nnot graded: runs, why, of one maybe several; --csv has each\n";
  for (const auto& [reason, count] : runs) text += fmt::format("  {:>4}  {}\n", count, reason);
  return text;
}

std::string words_of(ErrorBasis basis) {
  switch (basis) {
    case ErrorBasis::InSample:
      return "nothing";
    case ErrorBasis::ModelLeftOut:
      return "each model";
    case ErrorBasis::DeviceLeftOut:
      return "each device";
    case ErrorBasis::StackLeftOut:
      return "each stack but that with most runs";
  }
  return {};
}

/// Errors that were measured when coefficients were fitted to other models, devices or stacks
/// alone.
Table left_out_table(const World& world) {
  Table table("left_out", {Column("left out", Type::Text), Column("metric", Type::Text),
                           Column("family", Type::Text), Column("runs", Type::Count),
                           Column("median", Type::Text), Column("p90", Type::Text)});
  for (const ServingError& error : world.serving_errors) {
    if (error.basis == ErrorBasis::InSample) continue;
    table.add_row({words_of(error.basis), metric_name(error.metric),
                   error.family ? std::string(name(*error.family)) : "all", error.count,
                   format_share<1>(error.median), format_share<1>(error.p90)});
  }
  return table;
}

}  // namespace

std::string serving_validation_text(std::span<const std::string> tables,
                                    const ServingCatalog& world, std::size_t worst) {
  const Validated all = validated(tables, world);
  std::string text = errors_text("measured and fitted", all.predictions) + "\n" +
                     apart_text(all, world) + "\n" + to_text(left_out_table(world));
  for (const ServingMetric metric : kMetricsOfServing) {
    text += "\n" + worst_text(all.predictions, metric, worst);
  }
  return text + reasons_text(all) + unknown_text(all.cases);
}

Table serving_validation_table(std::span<const std::string> tables, const ServingCatalog& world) {
  const Validated all = validated(tables, world);
  Table table = predictions_table();
  add_predictions("these", all.predictions, table);
  add_predictions("not these", all.ungraded, table);
  for (const auto* cases : {&all.cases, &all.left_out}) {
    for (const ExperimentCase& one : *cases) {
      if (!one.is_known()) add_unpredicted(one, table);
    }
  }
  return table;
}

}  // namespace chokepoint
