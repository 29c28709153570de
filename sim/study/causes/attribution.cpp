#include "sim/study/causes/attribution.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <optional>
#include <utility>

#include "sim/engine/engine.hpp"
#include "sim/indicators/ledger.hpp"
#include "sim/indicators/yearly.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/study/causes/bindings.hpp"
#include "sim/study/forecast/replica.hpp"
#include "sim/sweep/replicas.hpp"

namespace chokepoint {

namespace {

/// Stands among figures for a scenario that contradicts itself.
constexpr const char* kUnreadable = "unreadable";

/// Passes every fact on to the ledger and to what finds out what binds.
class LedgerAndBindings : public TraceSink {
public:
  explicit LedgerAndBindings(const World& world) : ledger(world), bindings(world) {}
  void record(const TraceEvent& event) override {
    ledger.record(event);
    bindings.record(event);
  }

  Ledger ledger;
  Bindings bindings;
};

Figures figures_and_bindings(const v1::Scenario& scenario, const std::string& name) {
  const World world = world_from(composed_from(scenario, name), {});
  LedgerAndBindings sinks(world);
  run(world, sinks, [](Seconds, Seconds) {});
  Figures figures = yearly_figures(world, sinks.ledger);
  add_bindings(sinks.bindings.held_back_usd(), figures);
  return figures;
}

Figures figures_without(const v1::Scenario& scenario) {
  Diagnostics found;
  const auto world = read_world(composed_from(scenario, "a scenario with a change undone"), found);
  if (!world) return {{kUnreadable, 1.0}};
  return yearly_figures(*world, ledger_of(*world));
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
std::vector<std::map<Binding, double>> run_as_they_are(
    const std::vector<v1::Scenario>& scenarios, int workers,
    const std::function<void(int done, int all)>& told, Attribution& into) {
  const int all = static_cast<int>(scenarios.size());
  into.itself = run_replicas(
      all, workers,
      [&](int i) {
        const auto run = static_cast<std::size_t>(i);
        return figures_and_bindings(scenarios[run], into.names[run]);
      },
      [&](int done) { told(done, all); });
  std::vector<std::map<Binding, double>> held_back;
  held_back.reserve(into.itself.size());
  for (Figures& figures : into.itself) held_back.push_back(take_bindings(figures));
  return held_back;
}

void run_trials(const std::vector<v1::Scenario>& scenarios, int workers,
                const std::function<void(int done, int all)>& told, Attribution& into) {
  const auto runs = runs_of(into, scenarios);
  const int all = static_cast<int>(runs.size());
  auto results = run_replicas(
      all, workers,
      [&](int i) {
        const TrialRun& asked = runs[static_cast<std::size_t>(i)];
        return figures_without(switched_off(asked.trial->off, scenarios, asked.run));
      },
      [&](int done) { told(done, all); });
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (results[i].count(kUnreadable) > 0) {
      runs[i].trial->is_readable = false;
    } else {
      runs[i].trial->figures[runs[i].run] = std::move(results[i]);
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
