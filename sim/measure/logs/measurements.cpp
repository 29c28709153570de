#include "sim/measure/logs/measurements.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

void fill(std::string& into, const std::string& stated) {
  if (into.empty()) into = stated;
}

/// Complains of one missing fact.
bool is_stated(bool is_there, const char* what, const std::string& option,
               const SourceLocation& where, Diagnostics& found) {
  if (!is_there) found.error(where, std::string("it does not state the ") + what, option);
  return is_there;
}

std::string engine_help() {
  return concat("give --engine: ", listed(engine_names()));
}

bool are_few_enough(double devices, const SourceLocation& where, Diagnostics& found) {
  if (devices <= kMostDevices) return true;
  found.error(where, concat(devices, " devices are more than the ", kMostDevices, " of one engine"),
              "give the devices of one engine");
  return false;
}

bool is_one_engine(double devices, double ranks, const SourceLocation& where, Diagnostics& found) {
  if (ranks <= 0 || devices <= 0 || devices == ranks) return true;
  found.error(where, concat(devices, " devices are not the ", ranks, " of tp x pp x dp"),
              "give the devices of one engine");
  return false;
}

}  // namespace

std::vector<std::string> engine_names() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kEngineFamilies; ++i) {
    names.emplace_back(name(static_cast<EngineFamily>(i)));
  }
  return names;
}

Speculation speculation_named(std::string_view word) {
  if (word == "mtp") return Speculation::Mtp;
  return word == "drafts" ? Speculation::Drafts : Speculation::None;
}

Experiment blank_experiment() {
  Experiment made;
  made.devices = made.tensor = made.pipeline = made.expert = made.attention_dp = 0;
  return made;
}

bool complete(Experiment& e, const StatedFacts& facts, const SourceLocation& where,
              Diagnostics& found) {
  fill(e.device, facts.device);
  fill(e.model, facts.model);
  fill(e.precision, facts.precision);
  if (e.framework.empty() && !facts.engine.empty()) {
    e.framework = facts.engine;
    e.engine = engine_family(facts.engine);
  }
  if (e.tensor <= 0) e.tensor = facts.tensor.value_or(0);
  if (e.pipeline <= 0) e.pipeline = facts.pipeline.value_or(1);
  if (e.attention_dp <= 0) e.attention_dp = facts.attention_dp.value_or(1);
  const double ranks = e.tensor * e.pipeline * e.attention_dp;
  if (e.devices <= 0) e.devices = facts.devices ? *facts.devices : ranks;
  if (e.expert <= 0) e.expert = facts.expert_parallel ? std::max(e.devices, 1.0) : 1.0;
  if (e.speculation == Speculation::None) e.speculation = speculation_named(facts.speculation);
  const bool states[] = {
      is_stated(!e.device.empty(), "device", "give --device, a name of the catalogue", where,
                found),
      is_stated(!e.model.empty(), "model", "give --model, a name of the catalogue", where, found),
      is_stated(!e.precision.empty(), "format of weights",
                "give --precision: bf16, fp8, int8, int4, nvfp4, mxfp4", where, found),
      is_stated(!e.framework.empty(), "engine", engine_help(), where, found),
      is_stated(e.devices > 0, "number of devices", "give --devices or --tp", where, found),
      are_few_enough(e.devices, where, found),
      is_one_engine(e.devices, ranks, where, found)};
  return std::all_of(std::begin(states), std::end(states), [](bool is_there) { return is_there; });
}

bool complete(TrainingRun& run, const StatedFacts& facts, const SourceLocation& where,
              Diagnostics& found) {
  fill(run.device, facts.device);
  fill(run.model, facts.model);
  if (run.devices <= 0) run.devices = facts.devices.value_or(0);
  if (run.sequence <= 0) run.sequence = facts.sequence.value_or(0);
  const bool states[] = {
      is_stated(!run.device.empty(), "device", "give --device, a name of the catalogue", where,
                found),
      is_stated(!run.model.empty(), "model", "give --model, a name of the catalogue", where, found),
      is_stated(run.devices > 0, "number of devices", "give --devices", where, found),
      is_stated(run.sequence > 0, "length of a sequence", "give --sequence, in tokens", where,
                found)};
  return std::all_of(std::begin(states), std::end(states), [](bool is_there) { return is_there; });
}

std::string short_name(std::string_view model) {
  while (model.ends_with('/')) model.remove_suffix(1);
  return std::string(model.substr(model.rfind('/') + 1));  // npos + 1 is 0.
}

void warn(Diagnostics& found, const SourceLocation& where, std::string message, std::string help) {
  found.add({Diagnostic::Severity::Warning, where, std::move(message), std::move(help)});
}

}  // namespace chokepoint
