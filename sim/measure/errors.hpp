#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "sim/measure/fit_coefficients.hpp"

namespace chokepoint {

/// Relative errors |predicted / measured - 1| of one group of cases.
struct ErrorSummary {
  int count = 0;
  double median = 0, p90 = 0;
};

/// Quantiles interpolate linearly between errors in order. No errors: count 0.
ErrorSummary summary_of(std::vector<double> errors);

/// A case beside what was predicted of it.
struct PredictedCase {
  const ExperimentCase* known;
  SteadyState state;
};

/// Of all cases that `is_in`, and of which `metric` was measured and speculation is known.
ErrorSummary errors_of(std::span<const PredictedCase> cases, ServingMetric metric,
                       const std::function<bool(const ExperimentCase&)>& is_in);

/// The same, speculation known or not.
ErrorSummary errors_of_any(std::span<const PredictedCase> cases, ServingMetric metric,
                           const std::function<bool(const ExperimentCase&)>& is_in);

/// How far runs of one configuration in several sources or versions are from the mean of two that
/// follow each other, |a - b| / (a + b); how experts are spread does not count. Nothing that knows
/// no more than the configuration predicts them better.
ErrorSummary spread_of_repeats(std::span<const PredictedCase> cases, ServingMetric metric);

/// Predictions of all known cases that state lengths, each by its engine's coefficients.
std::vector<PredictedCase> predict_all(std::span<const ExperimentCase* const> cases,
                                       const CoefficientSet& set);

/// For each group of `cases`, what `predict(left_out, others, these)` predicts of its cases from
/// all others; one after the other, in the groups' order.
template <class Case, class Group, class Predict>
auto left_out_in_turn(std::span<const Case* const> cases, const Group& group,
                      const Predict& predict) {
  using Cases = std::vector<const Case*>;
  std::set<std::string> groups;
  for (const Case* one : cases) groups.insert(group(*one));
  decltype(predict(std::string(), Cases(), Cases())) made;
  for (const std::string& left_out : groups) {
    Cases others, these;
    for (const Case* one : cases) (group(*one) == left_out ? these : others).push_back(one);
    const auto found = predict(left_out, others, these);
    made.insert(made.end(), found.begin(), found.end());
  }
  return made;
}

/// What a case is left out by.
using GroupOf = std::function<std::string(const ExperimentCase&)>;

/// Predictions of every case by coefficients that were fitted to the cases of all other groups.
/// `told` hears of each group as it begins.
std::vector<PredictedCase> predict_left_out(std::span<const ExperimentCase* const> cases,
                                            const GroupOf& group, const CoefficientFit& how,
                                            const std::function<void(const std::string&)>& told);

}  // namespace chokepoint
