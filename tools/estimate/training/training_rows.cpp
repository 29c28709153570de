#include "tools/estimate/training/training_rows.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "models/find_named.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
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

bool is_appended(const std::string& column) {
  return std::ranges::any_of(kAppended, [&](std::string_view one) { return one == column; });
}

template <class T>
std::string unknown_name(const char* kind, std::string_view name, const std::vector<T>& all) {
  if (name.empty() || find_named(all, name) != nullptr) return "";
  std::vector<std::string> names;
  for (const T& one : all) names.push_back(one.name);
  const std::string word(name);
  const std::string near = did_you_mean(word, names, "");
  return concat("no ", kind, " ", in_quotes(word), " in the catalogue", near.empty() ? "" : ": ",
                near);
}

std::string name_reason(const MeasuredRow& row, const TrainingWorld& world) {
  std::string reason = unknown_name("device", cell(row, "chip_id"), world.devices);
  if (reason.empty()) {
    reason = unknown_name("stack version", cell(row, "stack_version"), world.versions);
  }
  if (reason.empty() && cell(row, "layers").empty()) {
    reason = unknown_name("model", cell(row, "model_id"), world.transformers);
  }
  return reason;
}

std::vector<Cell> predicted_cells(const MeasuredRow& row, const TrainingWorld& world) {
  if (auto reason = name_reason(row, world); !reason.empty()) {
    return {{}, {}, {}, {}, {}, std::move(reason)};
  }
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

std::optional<Misunderstanding> table_complaint(std::string_view csv,
                                                const std::vector<std::string>& names) {
  constexpr std::string_view kDescribe[] = {"chip_id", "model_id", "layers", "chips"};
  if (csv.find('\0') != std::string_view::npos) {
    return Misunderstanding{"this is no text", "give a CSV whose first line names columns"};
  }
  std::set<std::string> seen;
  for (const std::string& name : names) {
    if (!seen.insert(name).second) {
      return Misunderstanding{"two columns are named " + in_quotes(name), "rename one"};
    }
  }
  const bool describes = std::ranges::any_of(
      kDescribe, [&](std::string_view one) { return seen.contains(std::string(one)); });
  if (describes) return std::nullopt;
  return Misunderstanding{"no column describes a run",
                          "see scenarios/measured/README.md: chip_id, model_id, chips, tp ..."};
}

}  // namespace

std::variant<std::string, Misunderstanding> training_rows_with_predictions(
    std::string_view csv, const TrainingWorld& world) {
  const auto all_names = columns_of_table(csv);
  if (auto wrong = table_complaint(csv, all_names)) return *wrong;
  auto names = all_names;
  std::erase_if(names, is_appended);
  std::vector<Column> columns;
  columns.reserve(names.size() + std::size(kAppended));
  for (const auto& name : names) columns.emplace_back(name, Type::Text);
  for (const char* name : kAppended) columns.emplace_back(name, Type::Text);
  Table table("rows", std::move(columns));
  const auto counts = cells_in_rows(csv);
  std::size_t at = 0;
  for (const MeasuredRow& row : read_measured_table(csv)) {
    const std::size_t count = counts[at++];
    std::vector<Cell> cells;
    cells.reserve(names.size() + std::size(kAppended));
    for (const auto& name : names) cells.emplace_back(std::string(cell(row, name)));
    std::vector<Cell> predicted =
        count == all_names.size()
            ? predicted_cells(row, world)
            : std::vector<Cell>{{},
                                {},
                                {},
                                {},
                                {},
                                "the row has " + std::to_string(count) + " cells, and there are " +
                                    std::to_string(all_names.size()) + " columns"};
    for (Cell& one : predicted) cells.push_back(std::move(one));
    table.add_row(std::move(cells));
  }
  return to_csv(table);
}

}  // namespace chokepoint
