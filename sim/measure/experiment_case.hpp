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

/// Devices and models by their names.
struct MeasuredCatalog {
  std::span<const DeviceSpec> devices;
  std::span<const Transformer> transformers;
};

/// Sets an experiment up as its engine would. What the table does not state follows conventions of
/// the engines and of the benchmark, each with its evidence in the notes on serving fidelity:
///
///   - mean lengths are 0.9 of those stated, and the first burst is a tenth of all requests, in
///     InferenceMAX;
///   - TensorRT-LLM reserves the whole answer; it streams every 20 iterations (Llama-70B with equal
///     lengths on fewer than 8 devices) or 10 (latent attention); attention data parallel waits 26;
///   - SGLang reads 16 384 prompt tokens at once on devices with fp4, and looks for new requests
///     every 30 iterations (15 below 16 requests) with latent attention;
///   - keys and values are 8-bit in TensorRT-LLM and on devices with fp4, unless all is bf16;
///   - MTP drafts three tokens up to 32 requests, one above;
///   - GPT-OSS has experts in mxfp4 and the rest in bf16, whatever the table says;
///   - fp4 leaves latent attention in 8 bits;
///   - vLLM sets memory aside to sort the logits of 1 024 sequences;
///   - Chitu launches without graphs: its rows show 0.6 ms in every layer;
///   - a table without tensor parallelism divides over all devices of a stage, at most 8.
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
