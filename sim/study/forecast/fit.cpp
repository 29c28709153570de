#include "sim/study/forecast/fit.hpp"

#include <exception>
#include <nlopt.hpp>
#include <stdexcept>
#include <utility>

#include "models/random.hpp"
#include "sim/scenario/text/path.hpp"
#include "sim/study/forecast/shown_figures.hpp"
#include "sim/sweep/draw.hpp"
#include "sim/sweep/replicas.hpp"

namespace chokepoint {

namespace {

// In standard deviations of the priors.
constexpr double kFirstStep = 0.5, kLastStep = 0.01;

/// The figure at a path such as "maturities[cann].speed_start".
const pb::Sourced& figure_at(const pb::Scenario& scenario, const std::string& path) {
  const auto* figure = dynamic_cast<const pb::Sourced*>(find_message(scenario, path));
  if (figure == nullptr || !figure->has_low()) {
    throw std::runtime_error(path + " names no figure with a range");
  }
  return *figure;
}

std::vector<double> values_of(const Composed& composed, const FitMethod& method,
                              const std::vector<double>& z) {
  std::vector<double> values;
  for (std::size_t i = 0; i < z.size(); ++i) {
    values.push_back(value_at(figure_at(composed.scenario, method.paths[i]), z[i]));
  }
  return values;
}

double objective_of(double misfit, const std::vector<double>& z, double trust) {
  double away = 0.0;
  for (const double at : z) away += at * at;
  return misfit * misfit + trust * away;
}

/// Runs candidates and judges them.
class Judge {
public:
  Judge(const Composed& composed, const FitMethod& method,
        const std::function<void(int, const Fit&)>& told)
      : composed_(composed), method_(method), told_(told) {}

  /// What the search makes least of, with the figures at `z`.
  double operator()(const std::vector<double>& z) {
    const double misfit = misfit_at(z);
    const double objective = objective_of(misfit, z, method_.trust);
    if (runs_ == 0 || objective < best_.objective) {
      best_ = {z, values_of(composed_, method_, z), misfit, objective};
    }
    told_(runs_++, best_);
    return objective;
  }

  const Fit& best() const { return best_; }

private:
  double misfit_at(const std::vector<double>& z) const {
    Composed spent = composed_;
    const auto values = values_of(composed_, method_, z);
    InformationSet information;
    for (std::size_t k = 0; k < z.size(); ++k) {
      information.instead[&figure_at(spent.scenario, method_.paths[k])] = values[k];
    }
    information.as_of = method_.origin;
    information.until = add_months(method_.origin, kFitMonths);
    const auto run = run_apart([&] {
      const World world = world_from(std::move(spent), information);
      pb::RunFigures found;
      found.set_misfit(misfit(world, shown_figures(world, ledger_of(world)), method_.origin,
                              HeldAgainst::Calibration));
      return found;
    });
    return run.misfit();
  }

  const Composed& composed_;
  const FitMethod& method_;
  const std::function<void(int, const Fit&)>& told_;
  int runs_ = 0;
  Fit best_;
};

}  // namespace

Fit fit(const Composed& composed, const FitMethod& method,
        const std::function<void(int, const Fit&)>& told) {
  Judge judge(composed, method, told);
  std::vector<double> z(method.paths.size(), 0.0);
  if (z.empty() || method.runs <= 1) {
    judge(z);
    return judge.best();
  }
  nlopt::opt search(nlopt::LN_BOBYQA, static_cast<unsigned>(z.size()));
  search.set_lower_bounds(-kNormal95);
  search.set_upper_bounds(kNormal95);
  search.set_initial_step(kFirstStep);
  search.set_xtol_abs(kLastStep);
  search.set_maxeval(method.runs);
  // The library would turn an exception into one of its own.
  std::exception_ptr failure;
  auto judged = [&](const std::vector<double>& at) {
    try {
      return judge(at);
    } catch (...) {
      failure = std::current_exception();
      throw nlopt::forced_stop();
    }
  };
  search.set_min_objective([](const std::vector<double>& at, std::vector<double>&,
                              void* by) { return (*static_cast<decltype(&judged)>(by))(at); },
                           &judged);
  double least = 0.0;
  try {
    search.optimize(z, least);
  } catch (const nlopt::roundoff_limited&) {  // No step makes it better: what was found is it.
  } catch (const nlopt::forced_stop&) {
    std::rethrow_exception(failure);
  }
  return judge.best();
}

}  // namespace chokepoint
