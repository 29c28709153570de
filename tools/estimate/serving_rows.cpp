#include "tools/estimate/serving_rows.hpp"

#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "models/performance/serving_search.hpp"
#include "sim/measure/experiment_case.hpp"
#include "sim/measure/measured_table.hpp"
#include "tools/estimate/serving_answer.hpp"
#include "tools/estimate/serving_question.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

constexpr const char* kPredicted[] = {
    "predicted_ttft_ms", "predicted_tpot_ms", "predicted_output_tok_s",
    "predicted_value",   "feasible",          "reason"};

struct Prediction {
  Cell ttft_ms, tpot_ms, output, value, feasible;
  std::string reason;
};

/// A model that a row gives by its shape.
Transformer shape_in(const MeasuredRow& row) {
  Transformer shape;
  shape.name = "the shape of the row";
  const auto number = [&](const char* column) { return number_in(row, column, 0); };
  shape.layers = number("layers");
  shape.hidden = number("hidden");
  shape.heads = number("heads");
  shape.kv_heads = number_in(row, "kv_heads", shape.heads);
  shape.head_dim = number_in(row, "head_dim", shape.heads > 0 ? shape.hidden / shape.heads : 0);
  shape.ffn = number("ffn");
  shape.vocabulary = number("vocab");
  shape.experts = number("moe_experts");
  shape.experts_per_token = number("topk");
  shape.expert_ffn = number("moe_ffn");
  shape.shared_experts = number("shared_experts");
  shape.gated_mlp = number_in(row, "gated_mlp", 1) != 0;
  return shape;
}

std::string lack_of(const Transformer& shape) {
  if (shape.layers <= 0 || shape.hidden <= 0 || shape.heads <= 0 || shape.vocabulary <= 0) {
    return "it names no model_id, and no shape: layers, hidden, heads, vocab";
  }
  if (shape.ffn <= 0 && shape.experts <= 0) return "its shape has neither ffn nor moe_experts";
  const bool has_experts = shape.experts_per_token > 0 && shape.expert_ffn > 0;
  if (shape.experts > 0 && !has_experts) return "its shape has moe_experts without topk or moe_ffn";
  return {};
}

Cell value_of_metric(const MeasuredRow& row, const Prediction& p, double devices) {
  const auto metric = cell(row, "metric");
  const double per = cell(row, "unit") == "s" ? 1e3 : 1.0;
  if (metric.starts_with("ttft")) return std::get<double>(p.ttft_ms) / per;
  if (metric.starts_with("tpot")) return std::get<double>(p.tpot_ms) / per;
  if (metric == "output_throughput_total") return std::get<double>(p.output);
  if (metric.ends_with("per_chip")) return std::get<double>(p.output) / devices;
  return {};
}

Prediction predict(const MeasuredRow& row, const ServingCatalog& world) {
  Experiment experiment = configuration_of(row);
  const Transformer shape = shape_in(row);
  MeasuredCatalog catalog = world.measured();
  if (experiment.model.empty()) {
    if (const auto lack = lack_of(shape); !lack.empty()) return {{}, {}, {}, {}, {}, lack};
    experiment.model = shape.name;
    catalog.transformers = {&shape, 1};
  }
  const ExperimentCase known = experiment_case(experiment, catalog);
  if (!known.is_known()) return {{}, {}, {}, {}, {}, known.reason};
  const ServingEngine engine = engine_of(world, known);
  const Tokens request = known.load.prompt + known.load.output;
  ServingEstimate estimate;
  estimate.memory = memory_of(known, engine.coefficients);
  estimate.fit = fits(estimate.memory, request);
  Prediction made;
  made.feasible = std::string(name(estimate.fit.fit));
  if (estimate.fit.fit == MemoryFit::No) {
    made.reason = "does not fit: " + memory_text(estimate, request);
    return made;
  }
  const SteadyState state = predicted(known, engine.coefficients);
  made.ttft_ms = state.ttft.value * 1e3;
  made.tpot_ms = state.tpot.value * 1e3;
  made.output = state.output.value;
  made.value = value_of_metric(row, made, experiment.devices);
  return made;
}

}  // namespace

std::string rows_with_predictions(std::string_view csv, const ServingCatalog& world) {
  const auto names = columns_of_table(csv);
  std::vector<Column> columns;
  columns.reserve(names.size() + std::size(kPredicted));
  for (const auto& name : names) columns.emplace_back(name, Type::Text);
  for (const char* name : kPredicted) columns.emplace_back(name, Type::Text);
  Table table("rows", std::move(columns));
  for (const MeasuredRow& row : read_measured_table(csv)) {
    std::vector<Cell> cells;
    cells.reserve(names.size() + std::size(kPredicted));
    for (const auto& name : names) cells.emplace_back(std::string(cell(row, name)));
    const Prediction p = predict(row, world);
    cells.insert(cells.end(), {p.ttft_ms, p.tpot_ms, p.output, p.value, p.feasible, p.reason});
    table.add_row(std::move(cells));
  }
  return to_csv(table);
}

}  // namespace chokepoint
