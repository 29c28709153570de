#pragma once

#include <cstdint>

#include "models/serving/fixed_point.hpp"

namespace chokepoint {

/// What a replica did in all. The same for events and single iterations, but for `events`.
struct EngineCounters {
  std::int64_t steps = 0, events = 0;
  std::int64_t prompt_tokens = 0;  ///< Read, again where cache was lost.
  std::int64_t preemptions = 0;
  std::int64_t names = 0, hits = 0;  ///< Blocks with names of admitted prompts, and those found.
  Ticks busy = 0;
  /// Subtokens in the cache of those that decode, as each step begins, times its ticks.
  Ticks held = 0;

  /// The same in tokens times seconds: over seconds, the tokens that are held on average.
  double cache_seconds() const {
    return static_cast<double>(held) / static_cast<double>(kSubtokens) * kSecondsPerTick;
  }

  void add(const EngineCounters& other) {
    steps += other.steps;
    events += other.events;
    prompt_tokens += other.prompt_tokens;
    preemptions += other.preemptions;
    names += other.names;
    hits += other.hits;
    busy += other.busy;
    held += other.held;
  }
};

}  // namespace chokepoint
