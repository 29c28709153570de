#pragma once

#include <string>
#include <string_view>

#include "tools/estimate/training/training_catalog.hpp"

namespace chokepoint {

/// A CSV of training runs with predicted_iteration_time_s, predicted_tokens_per_s,
/// predicted_mfu_pct, predicted_memory_gb (GiB), feasible and reason appended to each row. Columns
/// are those of scenarios/measured/training.csv; unknown ones are copied. What was measured is
/// never looked at.
std::string training_rows_with_predictions(std::string_view csv, const TrainingWorld& world);

}  // namespace chokepoint
