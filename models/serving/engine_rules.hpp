#pragma once

#include <cstdint>

#include "models/serving/fixed_point.hpp"
#include "models/serving/request.hpp"
#include "models/serving/sequence.hpp"

namespace chokepoint {

/// How an engine schedules, and what it has. Of all attention groups of a replica together.
struct EngineRules {
  std::int64_t blocks = 0;  ///< Of cache.
  std::int64_t groups = 1;  ///< Of attention, with equal shares of the blocks; at least 1.
  BlockSize block;
  std::int64_t host_blocks = 0;         ///< Of the host tier, where named blocks go when evicted.
  std::int64_t swap_blocks = 0;         ///< On the host for those who are preempted; 0: recompute.
  Ticks copy_per_block = 0;             ///< Between device and host.
  std::int64_t token_budget = 8192;     ///< Of one step.
  bool budget_counts_decoding = false;  ///< Each sequence that decodes takes a token of it.
  /// A step that reads prompts does nothing else, and those who decode wait; else it does both.
  /// Either way what it reads costs the same: see StepCosts::prefill().
  bool reads_alone = false;
  std::int64_t max_sequences = 2048;  ///< Admitted at once.
  /// Tokens of a prompt and its answer at most: longer requests are refused, as servers of vLLM and
  /// SGLang do (recalled); 0: no limit.
  std::int64_t context = 0;
  double reserved_answer = 0;  ///< Share of an answer for which cache is set aside.
  double watermark = 0;        ///< Share of blocks that admission leaves free.
  bool shares_prefixes = true;
  /// Each sequence's gain per step is drawn from 1 -+ this of the mean gain, by seed and id.
  double acceptance_spread = 0;
  std::uint64_t seed = 0;
  Nanoseconds first_token = 0;   ///< Server and network, before a client sees tokens.
  double first_token_steps = 0;  ///< Steps of decoding that pass as well.
  std::int64_t most_steps = std::int64_t{1} << 40;  ///< Per event; 1: iteration by iteration.

  bool is_too_long(const Request& request) const {
    return context > 0 && std::int64_t{request.prompt} + request.output > context;
  }
  /// Blocks that one sequence can have at most, as it is whole in one group.
  std::int64_t blocks_of_one() const { return blocks / groups; }
};

}  // namespace chokepoint
