#include "sim/study/causes/attribution.hpp"

#include <cassert>
#include <map>
#include <utility>

#include "sim/engine/engine.hpp"
#include "sim/indicators/ledger.hpp"
#include "sim/indicators/yearly.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/study/causes/bindings.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/sweep/replicas.hpp"

namespace chokepoint {

namespace {

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

pb::RunFigures figures_without(const v1::Scenario& scenario) {
  pb::RunFigures found;
  Diagnostics wrong;
  const auto world = read_world(composed_from(scenario, "a scenario with a change undone"), wrong);
  if (world) {
    add_yearly(yearly_figures(*world, ledger_of(*world)), found);
  } else {
    found.set_contradicts_itself(true);
  }
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
    for (Trial& trial : attribution.changes[run]) add(trial, run);
    for (Trial& trial : attribution.bindings) add(trial, run);
  }
  return runs;
}

std::vector<Trial> trials_of(std::vector<Switch> switches, const std::vector<Figures>& itself) {
  std::vector<Trial> trials;
  trials.reserve(switches.size());
  for (Switch& off : switches) trials.push_back({std::move(off), true, itself});
  return trials;
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
        return figures_without(switched_off(asked.trial->off, scenarios, asked.run));
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

}  // namespace

double difference_of(const Attribution& attribution, std::size_t run, const Measured& measured) {
  return measured(attribution.itself[run]) - measured(attribution.itself[0]);
}

double accounted_for(const Attribution& attribution, const Trial& trial, std::size_t run,
                     const Measured& measured) {
  return difference_of(attribution, run, measured) -
         (measured(trial.figures[run]) - measured(trial.figures[0]));
}

Attribution attribute(const std::vector<ComparedScenario>& runs, std::size_t most, int workers,
                      const std::function<void(int done, int all)>& told) {
  assert(runs.size() >= 2);
  Attribution result;
  std::vector<v1::Scenario> scenarios;
  for (const ComparedScenario& run : runs) {
    result.names.push_back(run.name);
    scenarios.push_back(run.scenario);
  }
  const auto held_back = run_as_they_are(scenarios, workers, told, result);
  auto bindings = binding_switches(held_back, scenarios);
  if (bindings.size() > most) {
    result.untried = bindings.size() - most;
    bindings.resize(most);
  }
  result.bindings = trials_of(std::move(bindings), result.itself);
  for (const v1::Scenario& scenario : scenarios) {
    result.changes.push_back(trials_of(change_switches(scenarios[0], scenario), result.itself));
  }
  run_trials(scenarios, workers, told, result);
  return result;
}

}  // namespace chokepoint
