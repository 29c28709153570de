#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "sim/measure/errors.hpp"
#include "sim/measure/training_case.hpp"

namespace chokepoint {

/// How to fit coefficients of training.
struct TrainingFitting {
  double tolerance = 0.05;  ///< Relative error of a step that counts as one.
  int iterations = 60;
  double least_gain = 1e-6;    ///< Relative, of an iteration, below which the fit has ended.
  TrainingFigures start = {};  ///< To start from; priors pull all the same.
  bool with_spread = false;    ///< Whether to say how narrow each figure is.
};

/// Figures and how the fit went.
struct FittedTraining {
  TrainingFigures figures;
  double cost = 0;
  int iterations = 0;
  bool has_converged = false;
};

/// Whether a fit looks at a case: all is known, its step was measured, nothing leaves it out.
bool is_fitted_to(const TrainingCase& one);

/// Figures that explain the cases best, by robust least squares: residuals are logarithms of
/// predicted over measured over `tolerance`, their loss 2 (sqrt(1 + r^2) - 1); priors pull each
/// logarithm. One figure for each key that cases have in the scope of a coefficient. `rows` and, if
/// asked for, `spread` are those of the result. Deterministic. Cases that is_fitted_to() does not
/// hold for are not looked at.
FittedTraining fit_training(std::span<const TrainingCase* const> cases, const TrainingFitting& how);

/// A case beside what was predicted of it.
struct PredictedTraining {
  const TrainingCase* known;
  Seconds step;

  /// Logarithm of predicted over measured. Requires: measured.
  double log_error() const;
};

/// Time of a step. Requires: is_known().
Seconds predicted_step(const TrainingCase& known, const TrainingFigures& figures);

std::vector<PredictedTraining> predict_training(std::span<const TrainingCase* const> cases,
                                                const TrainingFigures& figures);

/// Predictions of every case by figures that were fitted to the cases of all other groups.
std::vector<PredictedTraining> predict_training_left_out(
    std::span<const TrainingCase* const> cases,
    const std::function<std::string(const TrainingCase&)>& group, const TrainingFitting& how);

/// Errors |predicted / measured - 1| of those that `is_in`.
ErrorSummary training_errors(std::span<const PredictedTraining> cases,
                             const std::function<bool(const TrainingCase&)>& is_in);

/// Median of the logarithms of predicted over measured: positive where too slow.
double training_bias(std::span<const PredictedTraining> cases,
                     const std::function<bool(const TrainingCase&)>& is_in);

/// Mean over groups of the medians and of the 90th percentiles within each.
ErrorSummary macro_errors(std::span<const PredictedTraining> cases,
                          const std::function<std::string(const TrainingCase&)>& group);

}  // namespace chokepoint
