#pragma once

#include <optional>
#include <span>
#include <string>

#include "models/hardware/device.hpp"
#include "models/performance/steady_state.hpp"
#include "models/workload/transformer.hpp"
#include "sim/measure/experiment.hpp"

namespace chokepoint {

/// An experiment as the models see it. Refers to the catalogue that it was made with.
struct ExperimentCase {
  Experiment experiment;
  const Transformer* model = nullptr;  ///< Nowhere where `reason` says why.
  const DeviceSpec* device = nullptr;
  Interconnect links;
  ServingPlan plan;
  MemorySettings memory;
  EngineSettings settings;
  ServingLoad load;
  std::string reason;  ///< Why nothing can be said of it; empty where all is known.

  bool is_known() const { return reason.empty(); }
};

/// Devices and models by their names, and what is presumed of runs that do not state it.
struct MeasuredCatalog {
  std::span<const DeviceSpec> devices;
  std::span<const Transformer> transformers;
  std::span<const PresumedSetting> presumed = {};
};

/// Sets an experiment up as its engine would. What the table does not state follows conventions of
/// the engines and of the benchmark, each with its evidence in the notes on serving fidelity:
///
///   - mean lengths are 0.9 of those stated, and the first burst is a tenth of all requests, in
///     InferenceMAX;
///   - TensorRT-LLM reserves the whole answer;
///   - keys and values are 8-bit in TensorRT-LLM and on devices with fp4, unless all is bf16;
///   - experts that are published in mxfp4 stay so, whatever the table says, and the rest is bf16;
///   - fp4 leaves latent attention in 8 bits, and 4-bit weights alone leave it in 16;
///   - vLLM sets memory aside to sort the logits of 1 024 sequences;
///   - a table without tensor parallelism divides over all devices of a stage, at most 8.
///
/// Settings that differ from run to run are those of its rows, else the presumed ones, else those
/// of a fresh EngineSettings with all launches in graphs.
ExperimentCase experiment_case(const Experiment& experiment, const MeasuredCatalog& catalog);

/// Memory of a case, of which its engine takes the share that `coefficients` say. Requires:
/// is_known().
ServingMemory memory_of(const ExperimentCase& known, const Coefficients& coefficients);

/// What the cache of one attention group holds, counted as the experiment counts it. Requires:
/// is_known().
Tokens kv_tokens_of(const ExperimentCase& known, const Coefficients& coefficients);

/// Whether lengths of prompt and output are stated. One that states what the cache holds is a case
/// without them as well; nothing is said of its speed.
bool states_lengths(const Experiment& experiment);

/// Steady state of a case. Requires: is_known(), states_lengths() of its experiment.
SteadyState predicted(const ExperimentCase& known, const Coefficients& coefficients);

}  // namespace chokepoint
