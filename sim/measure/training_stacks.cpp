#include "sim/measure/training_stacks.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace chokepoint {
namespace {

constexpr int kEnoughRows = 5;  // Behind a figure that is not merely estimated.

[[noreturn]] void complain(const MeasuredRow& row, std::string_view key, std::string_view column) {
  throw std::runtime_error(std::string(cell(row, key)) + ": column " + std::string(column) +
                           " has '" + std::string(cell(row, column)) + "'");
}

double stated_number(const MeasuredRow& row, std::string_view key, std::string_view column) {
  constexpr double kNone = -1e300;
  const double value = number_in(row, column, kNone);
  if (value == kNone) complain(row, key, column);
  return value;
}

std::optional<TrainingScope> scope_named(std::string_view word) {
  for (std::size_t i = 0; i < kTrainingScopes; ++i) {
    if (name(static_cast<TrainingScope>(i)) == word) return static_cast<TrainingScope>(i);
  }
  return std::nullopt;
}

const TrainingCoefficientInfo* coefficient_named(std::string_view word) {
  for (const auto& info : training_coefficient_listing()) {
    if (info.name == word) return &info;
  }
  return nullptr;
}

std::string shown(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

}  // namespace

bool TrainingStack::is_measured_on(std::string_view device) const {
  return std::ranges::find(measured_on, device) != measured_on.end();
}

std::vector<TrainingStack> read_training_stacks(std::string_view csv) {
  std::vector<TrainingStack> stacks;
  for (const MeasuredRow& row : read_measured_table(csv)) {
    const auto text = [&](std::string_view column) { return std::string(cell(row, column)); };
    const auto is_set = [&](std::string_view column) {
      return stated_number(row, "stack_version", column) != 0;
    };
    TrainingStack made{text("stack_version"),
                       text("stack"),
                       text("attention"),
                       text("fusion"),
                       text("recomputation"),
                       text("tensor_overlap"),
                       text("data_overlap"),
                       text("expert_release"),
                       {},
                       {},
                       {}};
    made.traits.keeps_scores = is_set("keeps_scores");
    made.traits.overlaps_tensor = !made.tensor_overlap.empty();
    made.traits.gathers_each_microbatch = is_set("gathers_each_microbatch");
    made.traits.recomputes_products = is_set("recomputes_products");
    made.traits.broadcasts_parameters = is_set("broadcasts_parameters");
    made.traits.dispatches_once = is_set("dispatches_once");
    made.traits.divides_experts = is_set("divides_experts");
    made.traits.hides_dispatch = is_set("hides_dispatch");
    made.traits.pads_vocabulary = is_set("pads_vocabulary");
    made.traits.keeps_stage_outputs = is_set("keeps_stage_outputs");
    made.traits.keeps_placeholders = is_set("keeps_placeholders");
    made.traits.has_dual_pipe = is_set("has_dual_pipe");
    made.traits.kept_narrow_bytes = stated_number(row, "stack_version", "kept_narrow_bytes");
    made.traits.state_bytes = stated_number(row, "stack_version", "state_bytes");
    made.traits.gradient_bytes = stated_number(row, "stack_version", "gradient_bytes");
    made.traits.dispatch_bytes = stated_number(row, "stack_version", "dispatch_bytes");
    made.traits.dispatch_domains = stated_number(row, "stack_version", "dispatch_domains");
    made.traits.logit_memory_bytes = stated_number(row, "stack_version", "logit_memory_bytes");
    made.traits.kept_gradient_bytes = stated_number(row, "stack_version", "kept_gradient_bytes");
    made.kept_gradient_bytes_fp16 = stated_number(row, "stack_version", "kept_gradient_bytes_fp16");
    made.known_on = text("known_on");
    std::istringstream devices(text("measured_on"));
    for (std::string device; devices >> device;) made.measured_on.push_back(device);
    stacks.push_back(std::move(made));
  }
  return stacks;
}

std::vector<PresumedCell> read_presumed_cells(std::string_view csv) {
  std::vector<PresumedCell> cells;
  for (const MeasuredRow& row : read_measured_table(csv)) {
    const auto text = [&](std::string_view column) { return std::string(cell(row, column)); };
    cells.push_back(
        {text("stack_version"), text("model"), text("layers"), text("column"), text("value")});
  }
  return cells;
}

MeasuredRow filled(const MeasuredRow& row, std::span<const PresumedCell> presumed) {
  MeasuredRow made = row;
  for (const PresumedCell& one : presumed) {
    const bool holds =
        (one.stack_version.empty() || one.stack_version == cell(row, "stack_version")) &&
        (one.layers.empty() || one.layers == cell(row, "layers")) &&
        cell(row, "model").starts_with(one.model);
    if (holds && cell(made, one.column).empty()) made[one.column] = one.value;
  }
  return made;
}

TrainingFigures read_training_figures(std::string_view csv) {
  std::vector<TrainingFigure> figures;
  for (const MeasuredRow& row : read_measured_table(csv)) {
    const auto scope = scope_named(cell(row, "scope"));
    if (!scope) complain(row, "coefficient", "scope");
    if (coefficient_named(cell(row, "coefficient")) == nullptr) {
      complain(row, "coefficient", "coefficient");
    }
    figures.push_back({std::string(cell(row, "coefficient")), *scope, std::string(cell(row, "key")),
                       stated_number(row, "coefficient", "value"),
                       static_cast<int>(stated_number(row, "coefficient", "rows")),
                       stated_number(row, "coefficient", "spread")});
  }
  return TrainingFigures(std::move(figures));
}

std::string training_figures_csv(const TrainingFigures& figures, std::string_view fitted_to) {
  std::string text = "coefficient,scope,key,value,unit,rows,spread,confidence,fitted_to,meaning\n";
  for (const TrainingFigure& one : figures.all()) {
    const auto* info = coefficient_named(one.coefficient);
    const bool is_factor = info->scope != one.scope;
    text += one.coefficient + "," + std::string(name(one.scope)) + "," + one.key + "," +
            shown(one.value) + "," + std::string(is_factor ? "factor" : info->unit) + "," +
            std::to_string(one.rows) + "," + shown(one.spread) + "," +
            (one.rows < kEnoughRows ? "estimated" : "reported") + "," + std::string(fitted_to) +
            ",\"" + std::string(info->meaning) + "\"\n";
  }
  return text;
}

}  // namespace chokepoint
