#pragma once

#include <algorithm>
#include <cstdint>

#include "models/serving/fixed_point.hpp"
#include "models/serving/request.hpp"

namespace chokepoint {

/// What a replica is asked to do for a request.
struct Job {
  Request request;
  std::uint32_t output = 1;  ///< Tokens to make here: all, or only the first where another decodes.
  /// Prompt and first token come with it, from a replica that read the prompt.
  bool has_cache = false;
  Nanoseconds scheduled = -1, first_token = -1;  ///< Where it has: when, elsewhere.
  Nanoseconds lag = 0;                           ///< Where it has: of its tokens, see Sequence.
  std::uint32_t reader = 0;                      ///< Where it has: the replica that read it.
  std::uint32_t retries = 0;                     ///< Replicas that failed under it.
  std::uint32_t preemptions = 0;                 ///< In the replicas that had it before.
};

/// A request inside a replica.
struct Sequence {
  Job job;
  Nanoseconds submitted = 0;
  Ticks scheduled = -1, first = -1;      ///< Dates; -1: not yet.
  Nanoseconds lag = 0;                   ///< From engine to client.
  std::int64_t order = 0;                ///< Of admissions in the replica; the greatest is latest.
  Subtokens generated = 0, context = 0;  ///< As of step `since` of the replica.
  std::int64_t since = 0;
  Subtokens rate = kSubtokens;         ///< Gained per step of decoding.
  std::int64_t to_read = 0, read = 0;  ///< Tokens of the prompt, or of it and what was lost.
  std::int64_t found = 0;              ///< Tokens of these that were in the cache already.
  std::int64_t reserved = 0;           ///< Tokens that are set aside for it, whatever it holds.
  std::int64_t named = 0;              ///< Blocks that it uses of the shared part.
  std::int64_t counted = 0;            ///< Blocks of its own, as its holder last counted.
  std::uint32_t place = 0;             ///< In its batch.
  std::uint32_t epoch = 0;             ///< Grows whenever it stops to decode.
  std::uint32_t preemptions = 0;
  bool holds_names = false, is_swapped = false;

  Subtokens context_at(std::int64_t step) const { return context + rate * (step - since); }
  Subtokens generated_at(std::int64_t step) const { return generated + rate * (step - since); }
};

/// How a cache is cut up.
struct BlockSize {
  std::int64_t tokens = 16;       ///< Of one block.
  std::int64_t per_sequence = 0;  ///< Blocks that a sequence takes whatever its length.

  std::int64_t of(std::int64_t tokens_held) const { return ceiling(tokens_held, tokens); }

  /// Blocks of `sequence`'s own where its context is `context`.
  std::int64_t owned(const Sequence& sequence, Subtokens context) const {
    const std::int64_t held = ceiling(context, kSubtokens);
    const std::int64_t all = of(std::max(held, sequence.reserved));
    return std::max<std::int64_t>(all - sequence.named, 0) + per_sequence;
  }
};

}  // namespace chokepoint
