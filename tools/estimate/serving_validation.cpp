#include "tools/estimate/serving_validation.hpp"

#include <fmt/format.h>

#include <vector>

#include "sim/measure/errors.hpp"
#include "sim/measure/measured_table.hpp"
#include "tools/estimate/serving_question.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/table.hpp"
#include "tools/report/serving_errors_text.hpp"

namespace chokepoint {
namespace {

/// Cases of a table and what is predicted of those that are known. Predictions refer to cases.
struct Validated {
  std::vector<ExperimentCase> cases;
  std::vector<PredictedCase> predictions;
};

Validated validated(const std::string& rows, const World& world) {
  Validated made;
  for (const Experiment& one : experiments_of(read_measured_table(rows))) {
    made.cases.push_back(experiment_case(one, {world.devices, world.transformers}));
  }
  for (const ExperimentCase& one : made.cases) {
    if (!one.is_known()) continue;
    const auto engine = engine_on(world, one.experiment.engine, *one.device);
    made.predictions.push_back({&one, predicted(one, engine.coefficients)});
  }
  return made;
}

std::string unknown_text(const Validated& of) {
  std::string text;
  for (const ExperimentCase& one : of.cases) {
    if (!one.is_known()) text += "  " + one.experiment.id + ": " + one.reason + "\n";
  }
  return text.empty() ? "" : "\nnot predicted\n" + text;
}

/// Errors that were measured when coefficients were fitted to other models or devices alone.
Table left_out_table(const World& world) {
  Table table("left_out", {Column("left out", Type::Text), Column("metric", Type::Text),
                           Column("family", Type::Text), Column("runs", Type::Count),
                           Column("median", Type::Text), Column("p90", Type::Text)});
  constexpr const char* kMetrics[] = {"TPOT", "TTFT", "throughput"};
  for (const ServingError& error : world.serving_errors) {
    if (error.basis == ErrorBasis::InSample) continue;
    table.add_row({error.basis == ErrorBasis::ModelLeftOut ? "each model" : "each device",
                   kMetrics[static_cast<std::size_t>(error.metric)],
                   error.family ? std::string(name(*error.family)) : "all", error.count,
                   format_share<1>(error.median), format_share<1>(error.p90)});
  }
  return table;
}

}  // namespace

std::string serving_validation_text(const std::string& fitted_rows, const std::string& ascend_rows,
                                    const World& world, std::size_t worst) {
  const Validated fitted = validated(fitted_rows, world), ascend = validated(ascend_rows, world);
  std::string text = errors_text("measured and fitted", fitted.predictions) + "\n" +
                     errors_text("vLLM-Ascend, never fitted", ascend.predictions) + "\n" +
                     to_text(left_out_table(world));
  for (const Metric metric : kMetricsOfServing) {
    text += "\n" + worst_text(fitted.predictions, metric, worst);
  }
  return text + unknown_text(fitted) + unknown_text(ascend);
}

std::string serving_validation_csv(const std::string& fitted_rows, const std::string& ascend_rows,
                                   const World& world) {
  const Validated fitted = validated(fitted_rows, world), ascend = validated(ascend_rows, world);
  return predictions_csv("these", fitted.predictions, true) +
         predictions_csv("others", ascend.predictions, false);
}

}  // namespace chokepoint
