#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/performance/serving_cost.hpp"
#include "models/performance/serving_search.hpp"
#include "sim/measure/experiment_case.hpp"
#include "tools/estimate/serving_catalog.hpp"

namespace chokepoint {

/// What a person asks of one model on one kind of device. Empty and unset: not said.
struct ServingQuestion {
  std::string model, device, engine, precision, kv_format, node;
  int devices = 1;
  std::optional<int> tensor, pipeline, attention_dp;
  bool expert_parallel = false;
  std::string stack_version;  ///< Whose kernels count; else all are native.
  bool is_research =
      false;  ///< No engine ships the model yet; the newest version, if none is said.
  double prompt = 1024, output = 1024;
  /// Tokens of a prompt and its answer that the engine takes; unset: those of the model.
  std::optional<std::int64_t> context;
  std::optional<double> concurrency, rate;  ///< Of all replicas together.
  std::optional<double> ttft_ms, tpot_ms;
  double pue = 1.3, usd_per_kwh = 0.08, life_years = 4;
  std::optional<double> device_price_usd;  ///< With its share of the server.
};

/// A question that is understood: all that an estimate needs. Refers to the world.
struct ServingSubject {
  const Transformer* model = nullptr;
  const DeviceSpec* device = nullptr;
  DeviceId device_id;
  const NodeSpec* node = nullptr;  ///< Whose links and power count; null: none is known.
  ServingEngine engine;
  const StackVersion* version = nullptr;  ///< Null: all kernels are native.
  ServingTask task;
  ServingPlan plan;  ///< As asked, or all devices of a replica in tensor parallelism.
  int replicas = 1;
  DeviceUpkeep upkeep;
  std::int64_t context = 0;  ///< Tokens of a prompt and its answer at most; 0: nobody says.
  /// Formats of weights that a search tries on the device beside that of the plan, where nobody
  /// said one.
  std::vector<std::string> other_formats;
};

/// Why a question cannot be answered.
struct Misunderstanding {
  std::string message, help;
};

std::variant<ServingSubject, Misunderstanding> understand(const ServingQuestion& question,
                                                          const ServingCatalog& world);

/// What is asked, else what the model is made for: tokens of a prompt and its answer at most; 0:
/// nobody says, or there is no such model.
std::int64_t context_of(const ServingQuestion& question, const World& world);

/// The complaint of mean lengths that no engine takes, with the limit.
std::optional<Misunderstanding> context_complaint(const ServingQuestion& question,
                                                  const World& world);

/// Formats that a search tries: those that the question names, else 16 bits and every narrower one
/// that the device computes.
std::vector<Precision> formats_to_try(const ServingQuestion& question, const ServingCatalog& world);

/// The set of coefficients for engines of that name; at their priors where there is none.
ServingEngine engine_named(const World& world, const std::string& name);

/// What the program of `stated` is on devices of `stack`. A program is the first word of the name
/// of an engine: "vllm" of "vllm_ascend". The family of the engine that is assumed on the stack,
/// where it was measured and is of this program; else the program's own. So vLLM on Ascend is
/// "vllm_ascend".
EngineFamily family_on(const World& world, EngineFamily stated, StackId stack);

/// The engine of a measured run: that of the device's stack, where that is of the run's family or
/// nobody measured the stack or the family is assumed on other stacks; else that of its family.
/// Requires: the case is known.
ServingEngine engine_of(const World& world, const ExperimentCase& known);

}  // namespace chokepoint
