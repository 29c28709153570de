#include "sim/measure/training_fit.hpp"

#include <ceres/ceres.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "models/performance/coefficients.hpp"

namespace chokepoint {
namespace {

constexpr double kNoNumber = 50;  // A residual that is none.
constexpr double kMoves = 0.1, kMoved = 0.001;

// What one figure is of, and the logarithm of its value over its prior.
struct Parameter {
  const TrainingCoefficientInfo* info = nullptr;
  TrainingScope scope = TrainingScope::Everywhere;
  std::string key;
  double prior = 1, sigma = 1;
  double log = 0;
};

using ParameterKey = std::tuple<std::string_view, TrainingScope, std::string>;

// A case and the parameters that its coefficients are made of: of each coefficient one, and a
// second one where it deviates by another scope.
struct ParametersOfCase {
  const TrainingCase* known = nullptr;
  std::vector<std::size_t> parameters;
};

TrainingCoefficients coefficients_at(const std::vector<Parameter>& all,
                                     const std::vector<std::size_t>& used,
                                     double const* const* logs) {
  TrainingCoefficients made;
  for (std::size_t i = 0; i < used.size(); ++i) {
    const Parameter& one = all[used[i]];
    double& member = made.*one.info->member;
    const double value = one.prior * std::exp(*logs[i]);
    member = one.scope == one.info->scope ? value : member * value;
  }
  for (const auto& info : training_coefficient_listing()) {
    made.*info.member = capped(made.*info.member, info.cap);
  }
  return made;
}

Seconds step_at(const TrainingCase& known, const TrainingCoefficients& coefficients) {
  const TrainingSystem system{known.model,   *known.device, known.links,
                              known.is_mesh, known.traits,  coefficients};
  return TrainingEstimator(system).step(known.plan).total();
}

class StepResidual {
public:
  StepResidual(const ParametersOfCase& one, const std::vector<Parameter>& all, double tolerance)
      : one_(&one), all_(&all), tolerance_(tolerance) {}

  bool operator()(double const* const* logs, double* residual) const {
    const auto at = coefficients_at(*all_, one_->parameters, logs);
    const double log = std::log(step_at(*one_->known, at) / *one_->known->step);
    residual[0] = std::isfinite(log) ? log / tolerance_ : kNoNumber;
    return true;
  }

private:
  const ParametersOfCase* one_;
  const std::vector<Parameter>* all_;
  double tolerance_;
};

struct PullOfPrior {
  double sigma;

  template <class T>
  bool operator()(const T* log, T* residual) const {
    residual[0] = log[0] / sigma;
    return true;
  }
};

class TrainingProblem {
public:
  TrainingProblem(std::span<const TrainingCase* const> cases, const TrainingFitting& how)
      : how_(how) {
    for (const TrainingCase* one : cases) {
      if (is_fitted_to(*one)) cases_.push_back(of_case(*one));
    }
    for (const ParametersOfCase& one : cases_) add_case(one);
    for (Parameter& one : parameters_) {
      problem_.AddResidualBlock(
          new ceres::AutoDiffCostFunction<PullOfPrior, 1, 1>(new PullOfPrior{one.sigma}), nullptr,
          &one.log);
    }
  }

  FittedTraining solve() {
    ceres::Solver::Options options;
    options.linear_solver_type = ceres::DENSE_NORMAL_CHOLESKY;
    options.max_num_iterations = how_.iterations;
    options.function_tolerance = how_.least_gain;
    options.logging_type = ceres::SILENT;
    options.num_threads = 1;
    ceres::Solver::Summary summary;
    ceres::Solve(options, &problem_, &summary);
    FittedTraining fitted;
    fitted.figures = TrainingFigures(figures());
    fitted.cost = summary.final_cost;
    fitted.iterations = static_cast<int>(summary.iterations.size()) - 1;
    fitted.has_converged = summary.termination_type == ceres::CONVERGENCE;
    return fitted;
  }

private:
  std::size_t parameter(const TrainingCoefficientInfo& info, TrainingScope scope,
                        const std::string& key, double sigma) {
    const auto [at, is_new] =
        index_.try_emplace(ParameterKey{info.name, scope, key}, parameters_.size());
    if (is_new) {
      Parameter made{&info, scope, key, scope == info.scope ? training_prior(info, key) : 1.0,
                     sigma, 0};
      if (const auto* begun = how_.start.find(info.name, scope, key)) {
        made.log = std::log(begun->value / made.prior);
      }
      parameters_.push_back(made);
    }
    return at->second;
  }

  ParametersOfCase of_case(const TrainingCase& one) {
    ParametersOfCase made{&one, {}};
    const auto key = [&](TrainingScope scope) { return one.keys[static_cast<std::size_t>(scope)]; };
    for (const auto& info : training_coefficient_listing()) {
      made.parameters.push_back(
          parameter(info, info.scope, key(info.scope), training_sigma(info, key(info.scope))));
      for (const auto& second : training_deviations()) {
        if (second.coefficient != info.name) continue;
        made.parameters.push_back(parameter(info, second.scope, key(second.scope), second.sigma));
      }
    }
    return made;
  }

  void add_case(const ParametersOfCase& one) {
    auto* cost = new ceres::DynamicNumericDiffCostFunction<StepResidual, ceres::FORWARD>(
        new StepResidual(one, parameters_, how_.tolerance));
    std::vector<double*> logs;
    for (const std::size_t index : one.parameters) {
      cost->AddParameterBlock(1);
      logs.push_back(&parameters_[index].log);
    }
    cost->SetNumResiduals(1);
    problem_.AddResidualBlock(cost, new ceres::SoftLOneLoss(1.0), logs);
  }

  std::vector<int> rows_behind() const {
    std::vector<int> rows(parameters_.size(), 0);
    for (const ParametersOfCase& one : cases_) {
      std::vector<double> logs;
      for (const std::size_t index : one.parameters) logs.push_back(parameters_[index].log);
      std::vector<const double*> at;
      at.reserve(logs.size());
      for (const double& log : logs) at.push_back(&log);
      const Seconds now =
          step_at(*one.known, coefficients_at(parameters_, one.parameters, at.data()));
      for (std::size_t i = 0; i < logs.size(); ++i) {
        const double before = std::exchange(logs[i], logs[i] + std::log1p(kMoves));
        const Seconds then =
            step_at(*one.known, coefficients_at(parameters_, one.parameters, at.data()));
        logs[i] = before;
        if (std::abs(then / now - 1) > kMoved) ++rows[one.parameters[i]];
      }
    }
    return rows;
  }

  // Laplace's approximation: the curvature at the end, priors included.
  std::vector<double> spreads() {
    std::vector<double> made(parameters_.size(), 0);
    if (!how_.with_spread) return made;
    std::vector<std::pair<const double*, const double*>> blocks;
    for (const Parameter& one : parameters_) blocks.emplace_back(&one.log, &one.log);
    ceres::Covariance::Options options;
    options.algorithm_type = ceres::DENSE_SVD;
    ceres::Covariance estimate(options);
    const bool is_found = estimate.Compute(blocks, &problem_);
    for (std::size_t i = 0; i < made.size(); ++i) {
      const double* log = &parameters_[i].log;
      double variance = 0;
      const bool is_known = is_found && estimate.GetCovarianceBlock(log, log, &variance);
      made[i] = is_known ? std::sqrt(variance) : parameters_[i].sigma;
    }
    return made;
  }

  std::vector<TrainingFigure> figures() {
    const std::vector<int> rows =
        how_.with_spread ? rows_behind() : std::vector<int>(parameters_.size(), 0);
    const std::vector<double> spread = spreads();
    std::vector<TrainingFigure> made;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      const Parameter& one = parameters_[i];
      made.push_back({std::string(one.info->name), one.scope, one.key,
                      one.prior * std::exp(one.log), rows[i], spread[i]});
    }
    return made;
  }

  const TrainingFitting& how_;
  std::map<ParameterKey, std::size_t> index_;
  std::vector<Parameter> parameters_;
  std::vector<ParametersOfCase> cases_;
  ceres::Problem problem_;
};

}  // namespace

bool is_fitted_to(const TrainingCase& one) {
  return one.is_known() && one.step && one.left_out.empty();
}

FittedTraining fit_training(std::span<const TrainingCase* const> cases,
                            const TrainingFitting& how) {
  return TrainingProblem(cases, how).solve();
}

double PredictedTraining::log_error() const {
  assert(known->step);
  return std::log(step / *known->step);
}

Seconds predicted_step(const TrainingCase& known, const TrainingFigures& figures) {
  assert(known.is_known());
  return step_at(known, figures.of(known.keys));
}

std::vector<PredictedTraining> predict_training(std::span<const TrainingCase* const> cases,
                                                const TrainingFigures& figures) {
  std::vector<PredictedTraining> made;
  for (const TrainingCase* one : cases) made.push_back({one, predicted_step(*one, figures)});
  return made;
}

std::vector<PredictedTraining> predict_training_left_out(
    std::span<const TrainingCase* const> cases,
    const std::function<std::string(const TrainingCase&)>& group, const TrainingFitting& how) {
  return left_out_in_turn(cases, group,
                          [&](const std::string&, const auto& others, const auto& these) {
                            return predict_training(these, fit_training(others, how).figures);
                          });
}

ErrorSummary training_errors(std::span<const PredictedTraining> cases,
                             const std::function<bool(const TrainingCase&)>& is_in) {
  std::vector<double> errors;
  for (const PredictedTraining& one : cases) {
    if (is_in(*one.known)) errors.push_back(std::abs(std::expm1(one.log_error())));
  }
  return summary_of(std::move(errors));
}

double training_bias(std::span<const PredictedTraining> cases,
                     const std::function<bool(const TrainingCase&)>& is_in) {
  std::vector<double> logs;
  for (const PredictedTraining& one : cases) {
    if (is_in(*one.known)) logs.push_back(one.log_error());
  }
  return summary_of(std::move(logs)).median;
}

ErrorSummary macro_errors(std::span<const PredictedTraining> cases,
                          const std::function<std::string(const TrainingCase&)>& group) {
  std::set<std::string> groups;
  for (const PredictedTraining& one : cases) groups.insert(group(*one.known));
  ErrorSummary mean;
  for (const std::string& each : groups) {
    const auto of_group =
        training_errors(cases, [&](const TrainingCase& one) { return group(one) == each; });
    mean.median += of_group.median / static_cast<double>(groups.size());
    mean.p90 += of_group.p90 / static_cast<double>(groups.size());
  }
  mean.count = static_cast<int>(groups.size());
  return mean;
}

}  // namespace chokepoint
