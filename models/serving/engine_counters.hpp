#pragma once

#include <cstdint>

#include "models/serving/fixed_point.hpp"

namespace chokepoint {

/// What engines did, in numbers that add up exactly.
struct EngineWork {
  std::int64_t steps = 0, events = 0;
  std::int64_t prompt_tokens = 0;  ///< Read, again where cache was lost.
  std::int64_t preemptions = 0;
  std::int64_t names = 0, hits = 0;  ///< Blocks with names of admitted prompts, and those found.
  Ticks busy = 0;

protected:
  void add(const EngineWork& other) {
    steps += other.steps;
    events += other.events;
    prompt_tokens += other.prompt_tokens;
    preemptions += other.preemptions;
    names += other.names;
    hits += other.hits;
    busy += other.busy;
  }
};

/// What a replica did in all. The same for events and single iterations, but for `events`.
struct EngineCounters : EngineWork {
  /// Subtokens in the cache of those that decode, as each step begins, times its ticks.
  Ticks held = 0;

  /// The same in tokens times seconds: over seconds, the tokens that are held on average.
  double cache_seconds() const {
    return static_cast<double>(held) / static_cast<double>(kSubtokens) * kSecondsPerTick;
  }
};

/// What replicas did together. A sum of what they held in ticks would end within days of thousands.
struct EngineTotals : EngineWork {
  double cache_seconds = 0;  ///< See EngineCounters.

  void add(const EngineCounters& replica) {
    EngineWork::add(replica);
    cache_seconds += replica.cache_seconds();
  }
  void add(const EngineTotals& others) {
    EngineWork::add(others);
    cache_seconds += others.cache_seconds;
  }
};

}  // namespace chokepoint
