#pragma once

#include "tests/tools/estimate/shipped_serving.hpp"
#include "tools/estimate/own_serving.hpp"
#include "tools/estimate/serving_question.hpp"

namespace chokepoint {

/// Runs of Qwen3-8B on one `device`, "measured" by the model itself with coefficients that `truth`
/// makes of those assumed; with what the cache holds.
template <class Truth>
std::vector<LoggedExperiment> own_runs(const std::string& device, const Truth& truth,
                                       const std::string& program = "vllm") {
  const ServingCatalog& world = shipped_serving();
  std::vector<LoggedExperiment> made;
  for (const double concurrency : {1.0, 8.0, 32.0, 128.0}) {
    Experiment e;
    e.id = "run";
    e.device = device;
    e.model = "Qwen3-8B";
    e.precision = "bf16";
    e.framework = program;
    e.engine = engine_family(program);
    e.mode = "online";
    e.tensor = 1;
    e.prompt = 1000;
    e.output = 200;
    e.concurrency = concurrency;
    const auto known = experiment_case(e, world.measured());
    Coefficients c = engine_for(world.serving_engines, known.device->stack).coefficients;
    truth(c);
    const SteadyState state = predicted(known, c);
    e.tpot = state.tpot;
    e.ttft = state.ttft;
    if (concurrency == 1) e.kv_tokens = kv_tokens_of(known, c);
    made.push_back({e, {"own.json", static_cast<int>(made.size()) + 1, 1}, {}});
  }
  return made;
}

/// Both, one behind the other.
inline std::vector<LoggedExperiment> joined(std::vector<LoggedExperiment> first,
                                            const std::vector<LoggedExperiment>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// The system is as slow again in every layer, and takes less memory.
inline void slower(Coefficients& c) {
  c.layer_launch_us *= 3;
  c.usable_memory = 0.86;
}

}  // namespace chokepoint
