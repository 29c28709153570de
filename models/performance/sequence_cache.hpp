#pragma once

#include "models/performance/serving_plan.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// What an engine keeps of one sequence on one device.
///
/// Layers either keep a row for all that they read, or forget: windows, and the states from which
/// compressed layers make their next row. What is forgotten goes only after an iteration, so that
/// while a prompt is read each of these holds its window and the tokens of the iteration. Engines
/// that page keep all of it in blocks of one size, which those that forget fill in part:
///
///   block  = that of the layers that keep all (or of windows, where they are fewer)
///   blocks = ceil(bytes of the layers that forget / block) for as many tokens as they fill one
///
/// What compressed layers have in a block is aligned to 576 bytes.
/// Source: vLLM, KV cache groups and their maximum of memory per request, issues 51041 and 54703,
/// whose blocks of DeepSeek-V4-Flash this gives to the byte.
struct SequenceCache {
  BytesPerToken growing;  ///< Of each token of the context.
  Bytes settled;          ///< However long: windows when full, states.
  BytesPerToken reading;  ///< Further, of each token of an iteration that reads a prompt.
  Bytes begun;            ///< Further, of an engine that pages: a block begun of each that forgets.

  /// Of `context` tokens between iterations.
  Bytes at_rest(Tokens context) const;
  /// At most, while an iteration reads `budget` of its tokens: what engines reserve.
  Bytes at_most(Tokens context, Tokens budget) const;
};

/// Of a model laid out by `plan`, 2 or fewer bytes for each value; of sparse latent attention in 8
/// bits the rotary part stays in 16 and scales are kept beside. Where the engine does not free
/// windows, layers with one keep all. Source for the row of sparse attention: FlashMLA, 656 bytes
/// for 512 + 64 values (DeepSeek-V3.2), 584 for 448 + 64 (V4).
SequenceCache sequence_cache(const Transformer& model, const ServingPlan& plan, bool frees_windows);

}  // namespace chokepoint
