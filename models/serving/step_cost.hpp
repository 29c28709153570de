#pragma once

#include <cstdint>
#include <vector>

#include "models/performance/iteration.hpp"
#include "models/serving/fixed_point.hpp"

namespace chokepoint {

/// Time of a step that decodes a batch, as far as it is linear in the cache:
///
///   base + per_subtoken * cached,    for cached < until
///
/// k steps in which the cache grows by g each take k base + per_subtoken (k cached + g k (k-1)/2).
struct DecodeLine {
  Ticks base = 0;
  std::int64_t per_subtoken = 0;
  Subtokens until = 0;

  /// Of `steps` steps from `cached` on. Requires: the last of them starts below `until`.
  Ticks time(std::int64_t steps, Subtokens cached, Subtokens growth) const {
    const Ticks k = steps;
    return k * base + per_subtoken * (k * cached + growth * (k * (k - 1) / 2));
  }

  /// Of these steps, the sum of the cache as each begins times what it takes, exact. Requires: as
  /// time().
  Ticks held(std::int64_t steps, Subtokens cached, Subtokens growth) const;

  /// How many steps, at most `most`, end before `end`. Requires: as time().
  std::int64_t steps_before(Ticks end, std::int64_t most, Subtokens cached, Subtokens growth) const;
};

/// Parts of prompts that one step reads.
struct PromptWork {
  std::int64_t prompts = 0, tokens = 0;
  std::int64_t twice_attended = 0;  ///< Twice the sum over tokens of those that each attends to.

  /// Adds `read` tokens of a prompt after `before` that are in the cache.
  void add(std::int64_t before, std::int64_t read) {
    ++prompts;
    tokens += read;
    twice_attended += read * (2 * before + read);
  }
};

/// How fast an engine reads prompts and writes answers beside what its coefficients say, both > 0.
struct StepPace {
  double prefill = 1.0, decode = 1.0;
};

/// What steps of an engine take, from the operators of its replica: what steady_state() charges
/// for the same batch, in integers. Decoding is tabulated over the mean context on a grid of
/// ratio 2^(1/4), each cell when it is first asked for; between its ends the chord is at most some
/// parts in a thousand above. One table serves all replicas of a pool.
class StepCosts {
public:
  /// Of an engine that drafts `speculated` tokens per step. A step takes its time over `pace`.
  StepCosts(const Replica& replica, double speculated, const StepPace& pace = {});

  /// A step that decodes `sequences` with `cached` subtokens in all. Requires: sequences >= 1.
  const DecodeLine& decode(std::int64_t sequences, Subtokens cached);

  /// What reading prompts takes of a step: all of its time where nobody decodes, else that times
  /// the engine's interference, beside those that decode or while they wait for it: of the steady
  /// state, too, it is what TPOT gains. Fewer prompts than attention groups cost their share of one
  /// in each group, as the steady state has it.
  Ticks prefill(const PromptWork& work, bool some_decode) const;

  /// What a prompt waits more than it costs the replica, where one of several attention groups
  /// reads it: zero for one group. Requires: one prompt.
  Ticks group_wait(const PromptWork& prompt) const;

  /// Subtokens that a sequence gains per step, on average: a whole one without speculation.
  Subtokens accepted() const { return accepted_; }

  const Replica& replica() const { return replica_; }

private:
  Ticks decode_at(std::int64_t sequences, std::int64_t context) const;
  Ticks prompts_at(double prompts, double tokens, double span) const;
  DecodeLine line(std::int64_t sequences, std::size_t cell) const;

  Replica replica_;
  double speculated_ = 0;
  StepPace pace_;
  Subtokens accepted_ = kSubtokens;
  std::vector<std::vector<DecodeLine>> lines_;  // [sequences][cell]; until = 0: not yet known.
};

}  // namespace chokepoint
