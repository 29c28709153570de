#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "models/performance/coefficients.hpp"
#include "sim/measure/experiment_case.hpp"

namespace chokepoint {

/// What is measured of an experiment, and predicted.
inline constexpr std::array kMetricsOfServing = {ServingMetric::Tpot, ServingMetric::Ttft,
                                                 ServingMetric::OutputRate};

/// The measured value in seconds or tokens per second; nothing where it was not measured.
std::optional<double> measured(const Experiment& experiment, ServingMetric metric);
/// The same of a prediction.
double value_of(const SteadyState& state, ServingMetric metric);

/// Whether a fit looks at a case: it is known, and so is whether it speculated.
bool is_fitted_to(const ExperimentCase& one);

/// Coefficients shared by all engines and devices, and what each engine deviates by. Both are
/// logarithms on the priors of coefficient_listing(), in its order: a coefficient is
///
///   capped(prior * exp(shared + deviation), cap)
struct CoefficientSet {
  std::vector<double> shared;
  std::array<std::vector<double>, kEngineFamilies> deviations;  ///< 0 where none is allowed.

  /// All at their priors.
  static CoefficientSet of_priors();
  /// One for all engines that gives `coefficients`, but for what is within 0.1 % of its cap or
  /// above, which gives that. Requires: all > 0.
  static CoefficientSet of(const Coefficients& coefficients);
  Coefficients shared_coefficients() const;
  Coefficients of(EngineFamily engine) const;
  /// What lies `share` of the way from what is shared to that engine: on all logarithms.
  Coefficients towards(EngineFamily engine, double share) const;
};

/// How to fit.
struct CoefficientFit {
  bool by_engine = true;    ///< Engines may deviate; else one set for all.
  double deviation = 0.25;  ///< Standard deviation of an engine's logarithm from what is shared.
  /// The same of engines on a stack of their own, which deviate in all coefficients.
  double stack_deviation = 0.5;
  double tolerance = 0.10;  ///< Relative error of TPOT that counts as one; throughput 1.2 times
                            ///< as much weight, TTFT 0.3 times.
  int iterations = 60;
  double least_gain = 1e-5;  ///< Relative, of an iteration, below which the fit has ended.
  /// Shared logarithms to start from, to which priors pull; empty: zeros.
  std::vector<double> start;
  /// Which coefficients may move, in the order of coefficient_listing(); empty: all.
  std::vector<bool> is_free;
  /// Relative error of a stated cache size that counts as one. Engines repeat it to 3 %, and report
  /// it to a block of tokens.
  double cache_tolerance = 0.03;
  bool with_spread = false;  ///< Whether to say how narrow the result is.
};

/// Fitted coefficients and how the fit went.
struct FittedSet {
  CoefficientSet set;
  double cost = 0;
  int iterations = 0;
  bool has_converged = false;
  /// Standard deviation of each shared logarithm that is left, by the curvature at the end; 0 where
  /// it may not move. Empty unless asked for. Source: Laplace's approximation.
  std::vector<double> spread;
};

/// Coefficients that explain the cases best, by robust least squares: residuals are logarithms of
/// predicted over measured over `tolerance`, their loss 2 (sqrt(1 + r^2) - 1); priors pull as one
/// measurement each. A stated cache size counts as well, and moves what the metrics of its engine
/// move. Deterministic: starts from the priors. Cases that are not known, or of which nothing is
/// known about speculation, are not looked at.
///
/// Engines on a stack of their own come second: what is shared stays as the others have it, and
/// they deviate from that. So the few runs of a stack move nobody else. Requires: nobody else
/// changes the cases meanwhile.
FittedSet fit_coefficients(std::span<const ExperimentCase* const> cases, const CoefficientFit& how);

}  // namespace chokepoint
