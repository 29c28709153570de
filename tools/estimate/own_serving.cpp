#include "tools/estimate/own_serving.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "models/find_named.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/estimate/serving_question.hpp"
#include "tools/report/serving_errors_text.hpp"

namespace chokepoint {
namespace {

constexpr double kFarFromPredicted = 300;
constexpr double kCacheDiffers = 1.1;  // What is computed of weights and activations may err.

template <class T>
std::string help_with_name(const std::vector<T>& all, const std::string& name, const char* option,
                           const char* kind) {
  if (find_named(all, name) != nullptr) return {};
  std::vector<std::string> names;
  names.reserve(all.size());
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
  if (help.empty() && one.reason.starts_with("engine ")) help = "name the program by --engine";
  const bool is_error = severity == Diagnostic::Severity::Error;
  found.add({severity, run.where, is_error ? one.reason : "left out: " + one.reason, help});
}

bool serves(const ServingEngine& engine, StackId stack) {
  return std::find(engine.stacks.begin(), engine.stacks.end(), stack) != engine.stacks.end();
}

/// Whether the engine is that of its program on the stack: it names the stack, or it names none and
/// the stack is not one on which kernels differ from those of the other engines.
bool is_at_home(const ServingEngine& engine, StackId stack, const World& world) {
  if (serves(engine, stack) || !engine.stacks.empty()) return serves(engine, stack);
  return !has_own_stack(engine_family(engine_for(world.serving_engines, stack).name));
}

/// vLLM runs the data parallel ranks of a dense model as engines that share nothing: the run is
/// that of one of them.
void take_one_replica(Experiment& e, const Transformer& model) {
  const bool is_vllm = e.engine == EngineFamily::Vllm || e.engine == EngineFamily::VllmAscend;
  if (!is_vllm || model.experts > 0 || e.attention_dp <= 1) return;
  e.devices /= e.attention_dp;
  e.concurrency /= e.attention_dp;
  if (e.output_rate) e.output_rate = *e.output_rate / e.attention_dp;
  e.attention_dp = 1;
}

/// Why what was measured cannot be: a time or rate far from all that is predicted, or a cache that
/// its devices do not hold. Empty where it can be.
std::string doubt_of(const ExperimentCase& one, const Coefficients& assumed) {
  const Experiment& e = one.experiment;
  if (states_lengths(e)) {
    const SteadyState state = predicted(one, assumed);
    for (const ServingMetric metric : kMetricsOfServing) {
      const auto value = measured(e, metric);
      const double ratio = value ? *value / value_of(state, metric) : 1.0;
      if (ratio * kFarFromPredicted >= 1 && ratio <= kFarFromPredicted) continue;
      return fmt::format("{} is {:.3g} times what is predicted: look at its unit",
                         metric_name(metric), ratio);
    }
  }
  if (!e.kv_tokens) return {};
  Coefficients all = assumed;
  all.usable_memory = 1;
  const double most = std::max(kv_tokens_of(one, all).value, 0.0);
  if (*e.kv_tokens <= Tokens{kCacheDiffers * most}) return {};
  return fmt::format(
      "a cache of {:.0f} tokens is more than the {:.0f} that its devices hold: look at the model, "
      "its format and tp",
      e.kv_tokens->value, most);
}

/// Why an engine with a stack of its own was not what ran; empty where it may have been.
std::string mistaken_engine(EngineFamily stated, EngineFamily on_stack, const DeviceSpec& device,
                            const World& world) {
  if (!has_own_stack(stated) || stated == on_stack) return {};
  if (engine_for(world.serving_engines, device.stack).is_unmeasured) return {};
  return concat("engine ", in_quotes(name(stated)), " does not serve ", device.name,
                ", whose stack is ", in_quotes(world.stacks[device.stack.value].name));
}

/// A run as the models see it, its engine that of its program on the device's stack; with a reason
/// as well where another engine is stated, or where there are doubts.
ExperimentCase set_up(Experiment experiment, const ServingCatalog& catalog) {
  const DeviceSpec* device = find_named(catalog.devices, experiment.device);
  const EngineFamily stated = experiment.engine;
  if (device != nullptr) experiment.engine = family_on(catalog, stated, device->stack);
  const Transformer* model = find_named(catalog.transformers, experiment.model);
  if (model != nullptr) take_one_replica(experiment, *model);
  ExperimentCase made = experiment_case(experiment, catalog.measured());
  if (made.is_known()) made.reason = mistaken_engine(stated, experiment.engine, *device, catalog);
  if (made.is_known()) made.reason = doubt_of(made, engine_of(catalog, made).coefficients);
  return made;
}

/// The engine that the overlay changes or adds for a case, without its fit.
OwnEngine own_engine_of(const ExperimentCase& one, const World& world) {
  const StackId stack = one.device->stack;
  const ServingEngine started = engine_of(world, one);
  if (!started.is_unmeasured && is_at_home(started, stack, world)) {
    return {started.name, started.name, stack, false, false, {}, {}};
  }
  const std::string program(name(one.experiment.engine));
  return {program + "_" + world.stacks[stack.value].name, started.name, stack, true, false, {}, {}};
}

/// Lets of new engines on each stack that nobody measured the one with most runs take it.
void give_stacks(std::vector<OwnEngine>& engines, const World& world) {
  std::map<StackId, OwnEngine*> takers;
  for (OwnEngine& one : engines) {
    const bool may_take = one.is_new && one.fit.is_anything_identified() &&
                          engine_for(world.serving_engines, one.stack).is_unmeasured;
    if (!may_take) continue;
    OwnEngine*& taker = takers[one.stack];
    if (taker == nullptr || one.cases.size() > taker->cases.size()) taker = &one;
  }
  for (const auto& [stack, taker] : takers) taker->takes_stack = true;
}

}  // namespace

OwnServing fit_own_serving(std::vector<LoggedExperiment> runs, const ServingCatalog& catalog,
                           Diagnostics& found) {
  OwnServing own;
  own.runs = std::move(runs);
  for (const LoggedExperiment& run : own.runs) {
    own.cases.push_back(set_up(run.experiment, catalog));
  }
  const bool is_any_usable = !usable_cases(own.cases).empty();
  for (std::size_t i = 0; i < own.cases.size(); ++i) {
    if (own.cases[i].is_known()) continue;
    tell_left_out(own.cases[i], own.runs[i], catalog,
                  is_any_usable ? Diagnostic::Severity::Warning : Diagnostic::Severity::Error,
                  found);
  }
  if (found.has_errors()) return own;
  std::map<std::string, OwnEngine> engines;
  for (const ExperimentCase* one : usable_cases(own.cases)) {
    OwnEngine engine = own_engine_of(*one, catalog);
    const std::string key = engine.name;
    engines.emplace(key, std::move(engine)).first->second.cases.push_back(one);
  }
  for (auto& [key, engine] : engines) {
    engine.fit = fit_own(engine.cases, engine_named(catalog, engine.started).coefficients);
    own.engines.push_back(std::move(engine));
  }
  give_stacks(own.engines, catalog);
  return own;
}

bool is_anything_identified(const OwnServing& own) {
  return std::any_of(own.engines.begin(), own.engines.end(),
                     [](const OwnEngine& one) { return one.fit.is_anything_identified(); });
}

}  // namespace chokepoint
