#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/measure/errors.hpp"
#include "sim/measure/fit_coefficients.hpp"

namespace chokepoint {

/// How well measurements identify a coefficient: by its spread over that of its prior.
enum class Identified { No, Weakly, Well };
/// At most this is Weakly: the data say half as much as the prior, and together they are narrower
/// by a fifth.
inline constexpr double kWeakly = 0.8;
/// At most this is Well: the data say three times as much as the prior.
inline constexpr double kWell = 0.5;

/// One coefficient before and after a fit to own measurements.
struct OwnCoefficient {
  const CoefficientInfo* info = nullptr;
  double before = 0, after = 0;  ///< In the unit of the listing; equal where it stays prior.
  /// Standard deviations of the logarithm; that after is with all coefficients free.
  double prior_spread = 0, spread = 0;
  Identified identified = Identified::No;

  /// The 5 % and 95 % points of what it may be after the fit, within its cap.
  double low() const;
  double high() const;
};

/// Coefficients of one system, fitted to what its owner measured of it. Predictions refer to the
/// cases.
struct OwnFit {
  std::vector<OwnCoefficient> coefficients;  ///< All, in the order of the listing.
  Coefficients before, after;
  std::vector<PredictedCase> predicted_before, predicted_after, left_out;
  int parts = 0;  ///< In which cases were left out; 0: too few to leave any out.

  bool is_anything_identified() const;
};

/// Cases that say something: those of is_fitted_to().
std::vector<const ExperimentCase*> usable_cases(std::span<const ExperimentCase> cases);

/// Fits twice: all coefficients, from `start` with the spreads of the listing as priors, to see
/// which ones the data identify; then these alone, the rest staying at `start`. Predictions that
/// are left out are by the second fit to the other cases: one case at a time, or where there are
/// more than 20 in 20 parts of every 20th case. Deterministic. Requires: usable cases; nobody
/// changes them meanwhile.
OwnFit fit_own(std::span<const ExperimentCase* const> cases, const Coefficients& start);

}  // namespace chokepoint
