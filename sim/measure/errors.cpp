#include "sim/measure/errors.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace chokepoint {
namespace {

// Requires: sorted, not empty.
double quantile(const std::vector<double>& sorted, double q) {
  const double at = q * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

ErrorSummary summary_of(std::vector<double> errors) {
  if (errors.empty()) return {};
  std::sort(errors.begin(), errors.end());
  return {static_cast<int>(errors.size()), quantile(errors, 0.5), quantile(errors, 0.9)};
}

ErrorSummary errors_of(std::span<const PredictedCase> cases, Metric metric,
                       const std::function<bool(const ExperimentCase&)>& is_in) {
  std::vector<double> errors;
  for (const auto& one : cases) {
    const auto value = measured(one.known->experiment, metric);
    if (!value || one.known->experiment.speculation == Speculation::Unknown) continue;
    if (!is_in(*one.known)) continue;
    errors.push_back(std::abs(value_of(one.state, metric) / *value - 1));
  }
  return summary_of(std::move(errors));
}

std::vector<PredictedCase> predict_all(std::span<const ExperimentCase* const> cases,
                                       const CoefficientSet& set) {
  std::array<Coefficients, kEngineFamilies> of_engine;
  for (std::size_t e = 0; e < kEngineFamilies; ++e) {
    of_engine[e] = set.of(static_cast<EngineFamily>(e));
  }
  std::vector<PredictedCase> made;
  for (const auto* one : cases) {
    if (!one->is_known() || !states_lengths(one->experiment)) continue;
    const auto engine = static_cast<std::size_t>(one->experiment.engine);
    made.push_back({one, predicted(*one, of_engine[engine])});
  }
  return made;
}

std::vector<PredictedCase> predict_left_out(std::span<const ExperimentCase* const> cases,
                                            const GroupOf& group, const CoefficientFit& how,
                                            const std::function<void(const std::string&)>& told) {
  std::set<std::string> groups;
  for (const auto* one : cases) groups.insert(group(*one));
  std::vector<PredictedCase> made;
  for (const auto& left_out : groups) {
    told(left_out);
    std::vector<const ExperimentCase*> others, these;
    for (const auto* one : cases) (group(*one) == left_out ? these : others).push_back(one);
    const auto found = predict_all(these, fit_coefficients(others, how).set);
    made.insert(made.end(), found.begin(), found.end());
  }
  return made;
}

}  // namespace chokepoint
