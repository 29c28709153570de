#include "sim/study/causes/attribution.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <utility>

#include "sim/engine/engine.hpp"
#include "sim/indicators/ledger.hpp"
#include "sim/indicators/yearly.hpp"
#include "sim/study/causes/bindings.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/sweep/replicas.hpp"

namespace chokepoint {

namespace {

constexpr double kRounding = 1e-9;  // Of the greatest number that a sum holds.

using HeldBack = std::map<Binding, double>;

void add_held_back(const HeldBack& usd, pb::RunFigures& found) {
  for (const auto& [binding, held] : usd) {
    pb::HeldBack& one = *found.add_held_back();
    one.set_kind(static_cast<pb::HeldBack::Kind>(static_cast<int>(binding.kind) + 1));
    one.set_name(binding.name);
    one.set_usd(held);
  }
}

HeldBack held_back_in(const pb::RunFigures& found) {
  HeldBack usd;
  for (const pb::HeldBack& one : found.held_back()) {
    usd[{static_cast<Binding::Kind>(one.kind() - 1), one.name()}] = one.usd();
  }
  return usd;
}

pb::RunFigures figures_and_bindings(const v1::Scenario& scenario, const std::string& name) {
  const World world = world_from(composed_from(scenario, name), {});
  Ledger ledger(world);
  Bindings bindings(world);
  Tee sinks({&ledger, &bindings});
  run(world, sinks);
  pb::RunFigures found;
  add_yearly(yearly_figures(world, ledger), found);
  add_held_back(bindings.held_back_usd(), found);
  return found;
}

/// One run of one trial.
struct TrialRun {
  Trial* trial;
  std::size_t run;
};

/// The trials of which something has to be run again.
std::vector<TrialRun> runs_of(Attribution& attribution,
                              const std::vector<v1::Scenario>& scenarios) {
  std::vector<TrialRun> runs;
  const auto add = [&](Trial& trial, std::size_t run) {
    const v1::Scenario without = switched_off(trial.off, scenarios, run);
    if (without.SerializeAsString() != scenarios[run].SerializeAsString()) {
      runs.push_back({&trial, run});
    }
  };
  for (std::size_t run = 0; run < scenarios.size(); ++run) {
    for (Trial& trial : attribution.bindings) add(trial, run);
  }
  return runs;
}

/// Runs every scenario as it is; gives what held back in each.
std::vector<HeldBack> run_as_they_are(const std::vector<v1::Scenario>& scenarios, int workers,
                                      const std::function<void(int done, int all)>& told,
                                      Attribution& into) {
  const int all = static_cast<int>(scenarios.size());
  const auto results = run_replicas(
      all, workers,
      [&](int i) {
        const auto run = static_cast<std::size_t>(i);
        return figures_and_bindings(scenarios[run], into.names[run]);
      },
      [&](int done) { told(done, all); });
  std::vector<HeldBack> held_back;
  for (const pb::RunFigures& found : results) {
    into.itself.push_back(yearly_in(found));
    held_back.push_back(held_back_in(found));
  }
  return held_back;
}

void run_trials(const std::vector<v1::Scenario>& scenarios, int workers,
                const std::function<void(int done, int all)>& told, Attribution& into) {
  const auto runs = runs_of(into, scenarios);
  const int all = static_cast<int>(runs.size());
  const auto results = run_replicas(
      all, workers,
      [&](int i) {
        const TrialRun& asked = runs[static_cast<std::size_t>(i)];
        return figures_or_contradiction(switched_off(asked.trial->off, scenarios, asked.run));
      },
      [&](int done) { told(done, all); });
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (results[i].contradicts_itself()) {
      runs[i].trial->is_readable = false;
    } else {
      runs[i].trial->figures[runs[i].run] = yearly_in(results[i]);
    }
  }
}

/// The bindings to try, which are yet to run.
std::vector<Trial> trials_of(const std::vector<HeldBack>& held_back,
                             const std::vector<v1::Scenario>& scenarios, std::size_t most,
                             Attribution& into) {
  auto bindings = binding_switches(held_back, scenarios);
  if (bindings.size() > most) {
    into.untried = bindings.size() - most;
    bindings.resize(most);
  }
  std::vector<Trial> trials;
  trials.reserve(bindings.size());
  for (Switch& off : bindings) trials.push_back({std::move(off), true, into.itself});
  return trials;
}

}  // namespace

double difference_of(const Attribution& attribution, std::size_t run, const Measured& measured) {
  return measured(attribution.itself[run]) - measured(attribution.itself[0]);
}

std::vector<ShapleyValue> parts_of(const Attribution& attribution, std::size_t run,
                                   const Measured& measured) {
  const LeverRuns& between = attribution.between[run];
  return shapley_values(between.orders,
                        [&](LeverSet set) { return measured(between.figures.at(set)); });
}

double remainder_of(const Attribution& attribution, std::size_t run, const Measured& measured,
                    const std::vector<ShapleyValue>& parts) {
  double rest = difference_of(attribution, run, measured);
  double greatest = std::max(std::abs(measured(attribution.itself[run])),
                             std::abs(measured(attribution.itself[0])));
  for (const ShapleyValue& part : parts) {
    rest -= part.value;
    greatest = std::max(greatest, std::abs(part.value));
  }
  return std::abs(rest) > kRounding * greatest ? rest : 0.0;
}

double accounted_for(const Attribution& attribution, const Trial& trial, std::size_t run,
                     const Measured& measured) {
  return difference_of(attribution, run, measured) -
         (measured(trial.figures[run]) - measured(trial.figures[0]));
}

Attribution attribute(const std::vector<ComparedScenario>& runs, const AttributionEffort& effort,
                      const std::function<void(int done, int all)>& told) {
  assert(runs.size() >= 2);
  Attribution result;
  std::vector<v1::Scenario> scenarios;
  for (const ComparedScenario& run : runs) {
    result.names.push_back(run.name);
    scenarios.push_back(run.scenario);
  }
  const auto held_back = run_as_they_are(scenarios, effort.workers, told, result);
  result.between.resize(runs.size());
  for (std::size_t run = 1; run < runs.size(); ++run) {
    result.between[run] = lever_runs({scenarios[0], result.itself[0]},
                                     {scenarios[run], result.itself[run]}, effort, told);
  }
  result.bindings = trials_of(held_back, scenarios, effort.bindings, result);
  run_trials(scenarios, effort.workers, told, result);
  return result;
}

}  // namespace chokepoint
