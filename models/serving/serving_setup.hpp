#pragma once

#include <string>

#include "models/performance/serving_search.hpp"
#include "models/serving/engine_replica.hpp"

namespace chokepoint {

/// What EngineSettings do not say of an engine, since no steady state needs it.
struct EngineOptions {
  std::int64_t block_tokens = 16;       ///< Of one block of cache; vLLM's default, recalled.
  bool budget_counts_decoding = false;  ///< As vLLM's; that of EngineSettings is of prompts alone.
  bool reads_alone = false;             ///< Steps read prompts or decode, as SGLang's by default.
  double reserved_answer = 0;           ///< Share of answers set aside, where not all of it is.
  double watermark = 0.01;  ///< Share of blocks that admission leaves free; vLLM V0, recalled.
  bool shares_prefixes = true;
  std::int64_t context = 0;            ///< Tokens of a prompt and its answer at most; 0: no limit.
  Bytes host_cache{}, host_swap{};     ///< On the host, for one replica; 0: none.
  BytesPerSecond host_link = 32_GBps;  ///< Of one device to the host, one direction: PCIe 4.0.
  double acceptance_spread = 0;        ///< See EngineRules.
  std::uint64_t seed = 0;
};

/// One replica as its engine would start, or why it would not.
struct ServingSetup {
  std::string complaint;  ///< With the arithmetic; empty where it can serve.
  EngineRules rules;
  /// What a transfer carries of the whole model, nothing twice: of each token, and however long
  /// the prompt, of windows when full and of states.
  BytesPerToken kv_per_token;
  Bytes kv_per_sequence;
};

/// Rules of an engine for `task` laid out by `plan`: blocks of the memory that serving_memory()
/// leaves, limits of all attention groups together, and the way to a client's first token beyond
/// the steps of decoding that a request waits in the engine by itself: half of one until it is
/// looked at, and the one that its prompt is read beside:
///
///   first token = first_token_ms + (first_token_iterations - 1.5 + wait_share * waits) steps
///
/// where prompts are not read alone; else 0.5.
///
/// Refused where no request of the task's lengths fits, as fits() has it. Requires:
/// plan_complaint() empty; memory of the device known.
ServingSetup serving_setup(const ServingTask& task, const ServingPlan& plan,
                           const EngineOptions& options);

/// Its step costs, at a pace. Requires: as Replica.
StepCosts step_costs(const ServingTask& task, const ServingPlan& plan, const StepPace& pace = {});

}  // namespace chokepoint
