#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "tools/estimate/serving_question.hpp"
#include "tools/estimate/training/training_catalog.hpp"

namespace chokepoint {

/// A CSV of training runs with predicted_iteration_time_s, predicted_tokens_per_s,
/// predicted_mfu_pct, predicted_memory_gb (GiB), feasible and reason appended to each row. Columns
/// are those of scenarios/measured/training.csv; unknown ones are copied. What was measured is
/// never looked at. Columns that an earlier answer appended are made anew. A row with fewer or more
/// cells than there are columns, or with a cell that cannot be read, has a reason and nothing else.
/// A complaint where the text is no table: empty, binary, two columns alike, or none of those that
/// describe a run.
std::variant<std::string, Misunderstanding> training_rows_with_predictions(
    std::string_view csv, const TrainingWorld& world);

}  // namespace chokepoint
