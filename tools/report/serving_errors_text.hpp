#pragma once

#include <span>
#include <string>

#include "sim/measure/errors.hpp"

namespace chokepoint {

/// "mla", "moe" or "dense": what a case's model is, as far as its speed depends on it. Requires:
/// the case is known.
std::string model_family(const ExperimentCase& known);

/// Median and 90th percentile of relative errors and their count, for TPOT, TTFT and throughput: of
/// all cases, the same as mean over devices, by engine, device, family and model.
std::string errors_text(const std::string& title, std::span<const PredictedCase> cases);

/// Every coefficient: shared, by engine where engines deviate, its prior, unit and meaning.
std::string coefficients_text(const CoefficientSet& set);

/// The `count` cases that are predicted worst in one metric, by logarithm.
std::string worst_text(std::span<const PredictedCase> cases, Metric metric, std::size_t count);

/// Every measured value beside its prediction, as CSV with `fitted_on` in its first column; a
/// heading where `with_heading`.
std::string predictions_csv(const std::string& fitted_on, std::span<const PredictedCase> cases,
                            bool with_heading);

}  // namespace chokepoint
