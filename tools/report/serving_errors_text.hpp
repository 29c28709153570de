#pragma once

#include <functional>
#include <span>
#include <string>

#include "sim/measure/errors.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// "TPOT", "TTFT" or "throughput".
std::string metric_name(ServingMetric metric);

/// "mla", "moe" or "dense": what a case's model is, as far as its speed depends on it. Requires:
/// the case is known.
std::string model_family(const ExperimentCase& known);

/// Median and 90th percentile of relative errors and their count, for TPOT, TTFT and throughput: of
/// all cases, the same as mean over devices, by engine, device, family and model.
std::string errors_text(const std::string& title, std::span<const PredictedCase> cases);

/// Every coefficient: shared, by engine where engines deviate, its prior, unit and meaning.
std::string coefficients_text(const CoefficientSet& set);

/// The `count` cases that are predicted worst in one metric, by logarithm, each with what the model
/// lacks.
std::string worst_text(std::span<const PredictedCase> cases, ServingMetric metric,
                       std::size_t count);

/// A line as those of errors_text, of the cases that `is_in`, speculation known or not.
std::string errors_line(const std::string& label, std::span<const PredictedCase> cases,
                        const std::function<bool(const ExperimentCase&)>& is_in);
/// The same of how far runs of one configuration are apart: see spread_of_repeats().
std::string repeats_line(const std::string& label, std::span<const PredictedCase> cases);
/// The line above these, with a title of its own.
std::string errors_heading(const std::string& title);

/// What the model lacks that explains most of an error on such a case, in words.
std::string missing_structure(const PredictedCase& one);

/// Measured values beside their predictions: a row for each metric of each run, with `fitted_on` in
/// the first column and why it is not graded, where it is not, in the last but one. Empty.
Table predictions_table();

/// Adds them, to such a table.
void add_predictions(const std::string& fitted_on, std::span<const PredictedCase> cases,
                     Table& table);
/// Adds what cannot be predicted, with the reason; "none" stands for what was fitted to.
void add_unpredicted(const ExperimentCase& one, Table& table);

}  // namespace chokepoint
