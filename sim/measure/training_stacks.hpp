#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/training/training_system.hpp"
#include "sim/measure/measured_table.hpp"

namespace chokepoint {

/// A version of a stack that trains: what it does, and which of its parts coefficients go by.
struct TrainingStack {
  std::string name;   ///< "mcore08".
  std::string stack;  ///< Of the catalogue: "cuda".
  std::string attention, fusion, recomputation, tensor_overlap, data_overlap, expert_release;
  TrainingTraits traits;
  std::string known_on;                  ///< Date of its oldest run or paper, "2024-07-01".
  std::vector<std::string> measured_on;  ///< Devices with runs that coefficients are fitted to.
  double kept_gradient_bytes_fp16 = 4;   ///< Instead of that of `traits`, in runs in fp16.

  bool is_measured_on(std::string_view device) const;
};

/// Rows of scenarios/catalog/training_stacks.csv; devices of measured_on are parted by spaces.
/// Throws std::runtime_error, which names the row and the column, where a cell is no number.
std::vector<TrainingStack> read_training_stacks(std::string_view csv);

/// What runs of a kind are presumed to have in a column that they leave empty.
struct PresumedCell {
  std::string stack_version, model;  ///< The latter by how it begins; empty: any.
  std::string layers;                ///< Empty: any number.
  std::string column, value;
};

/// Rows of scenarios/measured/training_settings.csv.
std::vector<PresumedCell> read_presumed_cells(std::string_view csv);

/// The row with its empty cells filled by what is presumed; the first that holds counts.
MeasuredRow filled(const MeasuredRow& row, std::span<const PresumedCell> presumed);

/// Rows of scenarios/catalog/training_coefficients.csv: coefficient, scope, key, value, rows,
/// spread. Throws std::runtime_error where one names no coefficient or scope, or no number.
TrainingFigures read_training_figures(std::string_view csv);

/// The same as text, with unit, meaning and confidence: `estimated` where fewer than five rows
/// stand behind a figure, `reported` for others.
std::string training_figures_csv(const TrainingFigures& figures, std::string_view fitted_to);

}  // namespace chokepoint
