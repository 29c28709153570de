#include "tools/estimate/training/training_rows.hpp"

#include <iterator>
#include <utility>
#include <vector>

#include "tools/estimate/training/training_answer.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

constexpr const char* kAppended[] = {"predicted_iteration_time_s",
                                     "predicted_tokens_per_s",
                                     "predicted_mfu_pct",
                                     "predicted_memory_gb",
                                     "feasible",
                                     "reason"};

std::vector<Cell> predicted_cells(const MeasuredRow& row, const TrainingWorld& world) {
  const TrainingCase known = training_case(row, world.catalog());
  if (!known.is_known()) return {{}, {}, {}, {}, {}, known.reason};
  const TrainingSystem system = known.system(world.figures);
  const TrainingEstimate made = estimate_training(system, known.plan);
  const Cell memory = made.memory.total().value / kBytesPerGib;
  const Cell feasible = std::string(name(made.memory.fit()));
  const bool fits = made.memory.fit() != TrainingFit::No;
  const Seconds step = made.time.total();
  return {step.value,
          tokens_per_second(known.plan, step).value,
          100 * model_flops_utilization(known.model, *known.device, known.plan, step),
          memory,
          feasible,
          fits ? "" : "does not fit: " + memory_text(made.memory)};
}

}  // namespace

std::string training_rows_with_predictions(std::string_view csv, const TrainingWorld& world) {
  const auto names = columns_of_table(csv);
  std::vector<Column> columns;
  columns.reserve(names.size() + std::size(kAppended));
  for (const auto& name : names) columns.emplace_back(name, Type::Text);
  for (const char* name : kAppended) columns.emplace_back(name, Type::Text);
  Table table("rows", std::move(columns));
  for (const MeasuredRow& row : read_measured_table(csv)) {
    std::vector<Cell> cells;
    cells.reserve(names.size() + std::size(kAppended));
    for (const auto& name : names) cells.emplace_back(std::string(cell(row, name)));
    for (Cell& one : predicted_cells(row, world)) cells.push_back(std::move(one));
    table.add_row(std::move(cells));
  }
  return to_csv(table);
}

}  // namespace chokepoint
