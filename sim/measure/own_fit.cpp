#include "sim/measure/own_fit.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint {
namespace {

constexpr std::size_t kMostParts = 20;
constexpr double kFivePercent = 1.645;  // Standard deviations from the median.

/// A coefficient `deviations` standard deviations beside where it is, within its cap.
double beside(const OwnCoefficient& one, double deviations) {
  const double moved = one.after * std::exp(deviations * one.spread);
  return one.info->cap > 0 ? std::min(moved, one.info->cap) : moved;
}

Identified how_well(double spread, double prior_spread) {
  if (spread <= kWell * prior_spread) return Identified::Well;
  return spread <= kWeakly * prior_spread ? Identified::Weakly : Identified::No;
}

std::vector<PredictedCase> predict_parts(std::span<const ExperimentCase* const> cases,
                                         const CoefficientFit& how, std::size_t parts) {
  std::vector<PredictedCase> made;
  for (std::size_t part = 0; part < parts; ++part) {
    std::vector<const ExperimentCase*> others, these;
    for (std::size_t i = 0; i < cases.size(); ++i) {
      (i % parts == part ? these : others).push_back(cases[i]);
    }
    const auto found = predict_all(these, fit_coefficients(others, how).set);
    made.insert(made.end(), found.begin(), found.end());
  }
  return made;
}

}  // namespace

double OwnCoefficient::low() const {
  return beside(*this, -kFivePercent);
}

double OwnCoefficient::high() const {
  return beside(*this, kFivePercent);
}

bool OwnFit::is_anything_identified() const {
  return std::any_of(coefficients.begin(), coefficients.end(),
                     [](const OwnCoefficient& one) { return one.identified != Identified::No; });
}

std::vector<const ExperimentCase*> usable_cases(std::span<const ExperimentCase> cases) {
  std::vector<const ExperimentCase*> usable;
  for (const ExperimentCase& one : cases) {
    if (is_fitted_to(one)) usable.push_back(&one);
  }
  return usable;
}

OwnFit fit_own(std::span<const ExperimentCase* const> cases, const Coefficients& start) {
  const auto listing = coefficient_listing();
  const CoefficientSet before = CoefficientSet::of(start);
  CoefficientFit how;
  how.by_engine = false;
  how.start = before.shared;
  how.with_spread = true;
  const FittedSet all_free = fit_coefficients(cases, how);
  how.with_spread = false;
  OwnFit made;
  for (std::size_t i = 0; i < listing.size(); ++i) {
    const Identified identified = how_well(all_free.spread[i], listing[i].sigma);
    how.is_free.push_back(identified != Identified::No);
    made.coefficients.push_back(
        {&listing[i], 0, 0, listing[i].sigma, all_free.spread[i], identified});
  }
  const CoefficientSet after =
      made.is_anything_identified() ? fit_coefficients(cases, how).set : before;
  made.before = before.shared_coefficients();
  made.after = after.shared_coefficients();
  for (OwnCoefficient& one : made.coefficients) {
    one.before = made.before.*one.info->member;
    one.after = made.after.*one.info->member;
  }
  made.predicted_before = predict_all(cases, before);
  made.predicted_after = predict_all(cases, after);
  if (cases.size() > 1) {
    const std::size_t parts = std::min(cases.size(), kMostParts);
    made.parts = static_cast<int>(parts);
    made.left_out = predict_parts(cases, how, parts);
  }
  return made;
}

}  // namespace chokepoint
