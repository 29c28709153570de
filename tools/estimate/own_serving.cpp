#include "tools/estimate/own_serving.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "models/find_named.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/estimate/serving_question.hpp"

namespace chokepoint {
namespace {

template <class T>
std::string help_with_name(const std::vector<T>& all, const std::string& name, const char* option,
                           const char* kind) {
  if (find_named(all, name) != nullptr) return {};
  std::vector<std::string> names;
  for (const T& one : all) names.push_back(one.name);
  const std::string near = nearest(name, names);
  return near.empty() ? concat("name one of 'chokepoint catalog list ", kind, "' by ", option)
                      : concat("did you mean ", in_quotes(near), "? name it by ", option);
}

/// A run that nothing can be said of is left out with a warning; it is an error where none is left.
void tell_left_out(const ExperimentCase& one, const LoggedExperiment& run, const World& world,
                   Diagnostic::Severity severity, Diagnostics& found) {
  std::string help =
      help_with_name(world.transformers, one.experiment.model, "--model", "transformers");
  if (help.empty())
    help = help_with_name(world.devices, one.experiment.device, "--device", "devices");
  if (help.empty() && one.reason.starts_with("no format")) {
    help = "formats are bf16, fp8, int8, int4, nvfp4, mxfp4";
  }
  const bool is_error = severity == Diagnostic::Severity::Error;
  found.add({severity, run.where, is_error ? one.reason : "left out: " + one.reason, help});
}

/// The engine that the overlay changes for a case, without its fit: the one that estimates assume
/// of such a run; on a stack that nobody measured a new one.
OwnEngine own_engine_of(const ExperimentCase& one, const World& world) {
  const StackId stack = one.device->stack;
  const ServingEngine assumed = engine_of(world, one);
  if (!assumed.is_unmeasured) return {assumed.name, assumed.name, stack, false, {}, {}};
  const std::string program(name(one.experiment.engine));
  return {program + "_" + world.stacks[stack.value].name, assumed.name, stack, true, {}, {}};
}

}  // namespace

OwnServing fit_own_serving(std::vector<LoggedExperiment> runs, const World& world,
                           Diagnostics& found) {
  OwnServing own;
  own.runs = std::move(runs);
  for (const LoggedExperiment& run : own.runs) {
    own.cases.push_back(experiment_case(run.experiment, {world.devices, world.transformers}));
  }
  const bool is_any_usable = !usable_cases(own.cases).empty();
  for (std::size_t i = 0; i < own.cases.size(); ++i) {
    if (own.cases[i].is_known()) continue;
    tell_left_out(own.cases[i], own.runs[i], world,
                  is_any_usable ? Diagnostic::Severity::Warning : Diagnostic::Severity::Error,
                  found);
  }
  if (found.has_errors()) return own;
  std::map<std::string, OwnEngine> engines;
  for (const ExperimentCase* one : usable_cases(own.cases)) {
    OwnEngine engine = own_engine_of(*one, world);
    const std::string key = engine.name;
    engines.emplace(key, std::move(engine)).first->second.cases.push_back(one);
  }
  for (auto& [key, engine] : engines) {
    engine.fit = fit_own(engine.cases, engine_named(world, engine.started).coefficients);
    own.engines.push_back(std::move(engine));
  }
  return own;
}

bool is_anything_identified(const OwnServing& own) {
  return std::any_of(own.engines.begin(), own.engines.end(),
                     [](const OwnEngine& one) { return one.fit.is_anything_identified(); });
}

}  // namespace chokepoint
