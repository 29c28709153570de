#pragma once

#include <string>
#include <string_view>

#include "tools/estimate/serving_catalog.hpp"

namespace chokepoint {

/// The rows of `csv` with what is predicted of each appended: predicted_ttft_ms, predicted_tpot_ms,
/// predicted_output_tok_s, predicted_value (of the row's own `metric`), feasible, reason. Columns
/// and order stay; of a row that cannot be predicted the cells stay empty and `reason` says why.
/// What was measured is never read.
std::string rows_with_predictions(std::string_view csv, const ServingCatalog& world);

}  // namespace chokepoint
