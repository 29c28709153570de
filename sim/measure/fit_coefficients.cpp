#include "sim/measure/fit_coefficients.hpp"

#include <ceres/ceres.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace chokepoint {
namespace {

constexpr double kWeightOfTtft = 0.3, kWeightOfOutput = 1.2;
constexpr double kWorst = 50;  // Of a residual that is no number.

// Which coefficients an engine may have of its own: all, or those that differ within a stack.
std::vector<std::size_t> deviating(bool all) {
  std::vector<std::size_t> found;
  const auto listing = coefficient_listing();
  for (std::size_t i = 0; i < listing.size(); ++i) {
    if (all || listing[i].by_engine) found.push_back(i);
  }
  return found;
}

// What is known of an engine's design before any run: logarithm of what it spends over what others
// do.
struct EnginePrior {
  EngineFamily engine;
  double Coefficients::*member;
  double log;
};

// TensorRT-LLM lets a kernel begin before the one it waits for has ended (programmatic dependent
// launch, on where devices have it) and fuses all-reduce, residual and norm: of some ten kernels of
// a dense layer at 2 us eight remain, at 1.9.
const double kFusedLaunches = std::log(0.75);
const std::array kEnginePriors = {
    EnginePrior{EngineFamily::TensorRt, &Coefficients::layer_launch_us, kFusedLaunches},
    EnginePrior{EngineFamily::TensorRt, &Coefficients::expert_launch_us, kFusedLaunches},
    EnginePrior{EngineFamily::TensorRt, &Coefficients::latent_launch_us, kFusedLaunches}};

double prior_deviation(EngineFamily engine, std::size_t coefficient) {
  for (const EnginePrior& prior : kEnginePriors) {
    if (prior.engine == engine && prior.member == coefficient_listing()[coefficient].member) {
      return prior.log;
    }
  }
  return 0;
}

Coefficients coefficients_at(const double* shared, const double* deviations,
                             const std::vector<std::size_t>& deviating) {
  const auto listing = coefficient_listing();
  Coefficients made;
  std::size_t next = 0;
  for (std::size_t i = 0; i < listing.size(); ++i) {
    double log = shared[i];
    if (deviations && next < deviating.size() && deviating[next] == i) log += deviations[next++];
    made.*listing[i].member = capped(listing[i].prior * std::exp(log), listing[i].cap);
  }
  return made;
}

double weight(ServingMetric metric) {
  switch (metric) {
    case ServingMetric::Tpot:
      return 1.0;
    case ServingMetric::Ttft:
      return kWeightOfTtft;
    case ServingMetric::OutputRate:
      return kWeightOfOutput;
  }
  assert(false);
  return 1.0;
}

// How a residual's parameters make coefficients: what is shared, then the deviations of the engine,
// if there are any.
struct Deviations {
  const std::vector<std::size_t>* deviating;
  bool are_any;

  Coefficients at(double const* const* parameters) const {
    return coefficients_at(parameters[0], are_any ? parameters[1] : nullptr, *deviating);
  }
};

// One measured value against its prediction.
class MetricResidual {
public:
  MetricResidual(const ExperimentCase& known, ServingMetric metric, double tolerance,
                 const Deviations& deviations)
      : known_(&known),
        deviations_(deviations),
        metric_(metric),
        measured_(*measured(known.experiment, metric)),
        scale_(weight(metric) / tolerance) {}

  bool operator()(double const* const* parameters, double* residual) const {
    const Coefficients at = deviations_.at(parameters);
    const double log = std::log(value_of(predicted(*known_, at), metric_) / measured_);
    residual[0] = std::isfinite(log) ? log * scale_ : kWorst;
    return true;
  }

private:
  const ExperimentCase* known_;
  Deviations deviations_;
  ServingMetric metric_;
  double measured_, scale_;
};

// What the engine said that its cache holds, against its prediction.
class CacheResidual {
public:
  CacheResidual(const ExperimentCase& known, double tolerance, const Deviations& deviations)
      : known_(&known), tolerance_(tolerance), deviations_(deviations) {}

  bool operator()(double const* const* parameters, double* residual) const {
    const Coefficients at = deviations_.at(parameters);
    const double log = std::log(kv_tokens_of(*known_, at) / *known_->experiment.kv_tokens);
    residual[0] = std::isfinite(log) ? log / tolerance_ : kWorst;
    return true;
  }

private:
  const ExperimentCase* known_;
  double tolerance_;
  Deviations deviations_;
};

// A logarithm pulled to where it started.
struct Pull {
  std::size_t index;
  double start, sigma;

  template <class T>
  bool operator()(T const* const* at, T* residual) const {
    residual[0] = (at[0][index] - start) / sigma;
    return true;
  }
};

template <class Residual>
using Difference = ceres::DynamicNumericDiffCostFunction<Residual, ceres::FORWARD>;

// The problem to solve, and the numbers that it moves.
class CoefficientProblem {
public:
  CoefficientProblem(std::span<const ExperimentCase* const> cases, const CoefficientFit& how)
      : how_(how),
        sigma_(how.deviation),
        deviating_(deviating(false)),
        shared_(coefficient_listing().size(), 0.0) {
    if (!how_.start.empty()) shared_ = how_.start;
    add_all(cases);
    add_priors();
    hold_what_may_not_move();
  }

  // What is shared stays as `others` has it.
  CoefficientProblem(std::span<const ExperimentCase* const> cases, const CoefficientFit& how,
                     const CoefficientSet& others)
      : how_(how),
        sigma_(how.stack_deviation),
        deviating_(deviating(true)),
        shared_(others.shared) {
    add_all(cases);
    add_priors();
    problem_.SetParameterBlockConstant(shared_.data());
  }

  FittedSet solve() {
    ceres::Solver::Options options;
    options.linear_solver_type = ceres::DENSE_NORMAL_CHOLESKY;
    options.max_num_iterations = how_.iterations;
    options.function_tolerance = how_.least_gain;
    options.logging_type = ceres::SILENT;
    ceres::Solver::Summary summary;
    ceres::Solve(options, &problem_, &summary);
    FittedSet fitted{set(),
                     summary.final_cost,
                     static_cast<int>(summary.iterations.size()) - 1,
                     summary.termination_type == ceres::CONVERGENCE,
                     {}};
    if (how_.with_spread) fitted.spread = spread();
    return fitted;
  }

private:
  void add_all(std::span<const ExperimentCase* const> cases) {
    for (std::size_t e = 0; e < kEngineFamilies; ++e) {
      for (const std::size_t i : deviating_) {
        const double prior =
            how_.by_engine ? prior_deviation(static_cast<EngineFamily>(e), i) : 0.0;
        deviations_[e].push_back(prior);
      }
    }
    for (const auto* one : cases) {
      if (!is_fitted_to(*one)) continue;
      for (const ServingMetric metric : kMetricsOfServing) {
        if (states_lengths(one->experiment) && measured(one->experiment, metric)) add(*one, metric);
      }
      if (one->experiment.kv_tokens) add_cache(*one);
    }
  }

  void add(const ExperimentCase& one, ServingMetric metric) {
    add_residual(one, new MetricResidual(one, metric, how_.tolerance, deviations()));
  }

  void add_cache(const ExperimentCase& one) {
    add_residual(one, new CacheResidual(one, how_.cache_tolerance, deviations()));
  }

  Deviations deviations() const { return {&deviating_, how_.by_engine}; }

  // Takes the residual over: the problem owns it.
  template <class Residual>
  void add_residual(const ExperimentCase& one, Residual* residual) {
    auto* cost = new Difference<Residual>(residual);
    std::vector<double*> parameters = {shared_.data()};
    cost->AddParameterBlock(static_cast<int>(shared_.size()));
    if (how_.by_engine) {
      auto& of_engine = deviations_[static_cast<std::size_t>(one.experiment.engine)];
      cost->AddParameterBlock(static_cast<int>(of_engine.size()));
      parameters.push_back(of_engine.data());
    }
    cost->SetNumResiduals(1);
    problem_.AddResidualBlock(cost, new ceres::SoftLOneLoss(1.0), parameters);
  }

  void add_prior(std::vector<double>& of, std::size_t index, double sigma) {
    auto* cost = new ceres::DynamicAutoDiffCostFunction<Pull>(new Pull{index, of[index], sigma});
    cost->AddParameterBlock(static_cast<int>(of.size()));
    cost->SetNumResiduals(1);
    problem_.AddResidualBlock(cost, nullptr, std::vector<double*>{of.data()});
  }

  void add_priors() {
    const auto listing = coefficient_listing();
    for (std::size_t i = 0; i < listing.size(); ++i) add_prior(shared_, i, listing[i].sigma);
    if (!how_.by_engine) return;
    for (auto& each : deviations_) {
      for (std::size_t i = 0; i < each.size(); ++i) add_prior(each, i, sigma_);
    }
  }

  void hold_what_may_not_move() {
    std::vector<int> held;
    for (std::size_t i = 0; i < how_.is_free.size(); ++i) {
      if (!how_.is_free[i]) held.push_back(static_cast<int>(i));
    }
    if (held.empty()) return;
    const int size = static_cast<int>(shared_.size());
    if (held.size() == shared_.size()) {
      problem_.SetParameterBlockConstant(shared_.data());
    } else {
      problem_.SetManifold(shared_.data(), new ceres::SubsetManifold(size, held));
    }
  }

  std::vector<double> spread() {
    const std::size_t n = shared_.size();
    std::vector<double> covariance(n * n), made(n);
    ceres::Covariance::Options options;
    options.algorithm_type = ceres::DENSE_SVD;
    ceres::Covariance estimate(options);
    const std::vector<std::pair<const double*, const double*>> blocks = {
        {shared_.data(), shared_.data()}};
    const bool is_found =
        estimate.Compute(blocks, &problem_) &&
        estimate.GetCovarianceBlock(shared_.data(), shared_.data(), covariance.data());
    // Priors keep the curvature positive; where it is too uneven to invert, nothing is identified.
    for (std::size_t i = 0; i < n; ++i) {
      made[i] = is_found ? std::sqrt(covariance[i * n + i]) : coefficient_listing()[i].sigma;
    }
    return made;
  }

  CoefficientSet set() const {
    CoefficientSet made = CoefficientSet::of_priors();
    made.shared = shared_;
    for (std::size_t e = 0; e < kEngineFamilies; ++e) {
      for (std::size_t k = 0; k < deviating_.size(); ++k) {
        made.deviations[e][deviating_[k]] = deviations_[e][k];
      }
    }
    return made;
  }

  CoefficientFit how_;
  double sigma_;
  std::vector<std::size_t> deviating_;
  std::vector<double> shared_;
  std::array<std::vector<double>, kEngineFamilies> deviations_;
  ceres::Problem problem_;
};

}  // namespace

bool is_fitted_to(const ExperimentCase& one) {
  return one.is_known() && one.experiment.speculation != Speculation::Unknown;
}

std::optional<double> measured(const Experiment& experiment, ServingMetric metric) {
  const auto plain = [](const auto& quantity) {
    return quantity ? std::optional(quantity->value) : std::nullopt;
  };
  switch (metric) {
    case ServingMetric::Tpot:
      return plain(experiment.tpot);
    case ServingMetric::Ttft:
      return plain(experiment.ttft);
    case ServingMetric::OutputRate:
      return plain(experiment.output_rate);
  }
  assert(false);
  return std::nullopt;
}

double value_of(const SteadyState& state, ServingMetric metric) {
  switch (metric) {
    case ServingMetric::Tpot:
      return state.tpot.value;
    case ServingMetric::Ttft:
      return state.ttft.value;
    case ServingMetric::OutputRate:
      return state.output.value;
  }
  assert(false);
  return 0.0;
}

CoefficientSet CoefficientSet::of_priors() {
  CoefficientSet made;
  made.shared.assign(coefficient_listing().size(), 0.0);
  for (auto& each : made.deviations) each.assign(made.shared.size(), 0.0);
  return made;
}

CoefficientSet CoefficientSet::of(const Coefficients& coefficients) {
  CoefficientSet made = of_priors();
  const auto listing = coefficient_listing();
  for (std::size_t i = 0; i < listing.size(); ++i) {
    double value = coefficients.*listing[i].member;
    assert(value > 0);
    if (listing[i].cap > 0) {  // capped() the other way round.
      value = std::min(value, 0.999 * listing[i].cap);
      value /= std::pow(1 - std::pow(value / listing[i].cap, 8), 0.125);
    }
    made.shared[i] = std::log(value / listing[i].prior);
  }
  return made;
}

Coefficients CoefficientSet::shared_coefficients() const {
  return coefficients_at(shared.data(), nullptr, {});
}

Coefficients CoefficientSet::of(EngineFamily engine) const {
  return towards(engine, 1.0);
}

Coefficients CoefficientSet::towards(EngineFamily engine, double share) const {
  std::vector<double> logs = shared;
  const auto& own = deviations[static_cast<std::size_t>(engine)];
  for (std::size_t i = 0; i < logs.size(); ++i) logs[i] += share * own[i];
  return coefficients_at(logs.data(), nullptr, {});
}

FittedSet fit_coefficients(std::span<const ExperimentCase* const> cases,
                           const CoefficientFit& how) {
  if (!how.by_engine) return CoefficientProblem(cases, how).solve();
  std::vector<const ExperimentCase*> together, apart;
  for (const auto* one : cases) {
    (has_own_stack(one->experiment.engine) ? apart : together).push_back(one);
  }
  FittedSet fitted = CoefficientProblem(together, how).solve();
  if (apart.empty()) return fitted;
  const FittedSet second = CoefficientProblem(apart, how, fitted.set).solve();
  for (std::size_t e = 0; e < kEngineFamilies; ++e) {
    if (!has_own_stack(static_cast<EngineFamily>(e))) continue;
    fitted.set.deviations[e] = second.set.deviations[e];
  }
  fitted.cost += second.cost;
  fitted.iterations += second.iterations;
  fitted.has_converged = fitted.has_converged && second.has_converged;
  return fitted;
}

}  // namespace chokepoint
