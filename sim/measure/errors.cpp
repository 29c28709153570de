#include "sim/measure/errors.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "models/scoring/scores.hpp"

namespace chokepoint {
namespace {

// What two runs agree in: not their source, the version of their engine, nor how experts are
// spread.
auto configuration(const Experiment& e) {
  return std::tuple(e.device, e.model, e.precision, e.engine, e.devices, e.attention_dp, e.prompt,
                    e.output, e.concurrency, e.speculation, e.mode);
}

}  // namespace

ErrorSummary summary_of(std::vector<double> errors) {
  if (errors.empty()) return {};
  std::sort(errors.begin(), errors.end());
  return {static_cast<int>(errors.size()), quantile(errors, 0.5), quantile(errors, 0.9)};
}

ErrorSummary errors_of(std::span<const PredictedCase> cases, ServingMetric metric,
                       const std::function<bool(const ExperimentCase&)>& is_in) {
  return errors_of_any(cases, metric, [&](const ExperimentCase& one) {
    return one.experiment.speculation != Speculation::Unknown && is_in(one);
  });
}

ErrorSummary errors_of_any(std::span<const PredictedCase> cases, ServingMetric metric,
                           const std::function<bool(const ExperimentCase&)>& is_in) {
  std::vector<double> errors;
  for (const auto& one : cases) {
    const auto value = measured(one.known->experiment, metric);
    if (!value || !is_in(*one.known)) continue;
    errors.push_back(std::abs(value_of(one.state, metric) / *value - 1));
  }
  return summary_of(std::move(errors));
}

ErrorSummary spread_of_repeats(std::span<const PredictedCase> cases, ServingMetric metric) {
  std::map<decltype(configuration(cases[0].known->experiment)), double> last;
  std::vector<double> spreads;
  for (const auto& one : cases) {
    const Experiment& e = one.known->experiment;
    const auto value = measured(e, metric);
    if (!value || e.speculation == Speculation::Unknown) continue;
    const auto [found, is_first] = last.emplace(configuration(e), *value);
    if (is_first) continue;
    spreads.push_back(std::abs(found->second - *value) / (found->second + *value));
    found->second = *value;
  }
  return summary_of(std::move(spreads));
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
  return left_out_in_turn(cases, group,
                          [&](const std::string& left_out, const auto& others, const auto& these) {
                            told(left_out);
                            return predict_all(these, fit_coefficients(others, how).set);
                          });
}

}  // namespace chokepoint
