#pragma once

#include <string_view>

#include "models/performance/serving_plan.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Whether something fits into memory. At the limit: within the spread of what engines report.
enum class MemoryFit { Yes, AtTheLimit, No };

/// "yes", "at the limit", "no".
std::string_view name(MemoryFit fit);

/// How an engine uses memory.
struct MemorySettings {
  double usable = 0.9;         ///< Share of visible device memory that it may take.
  double token_budget = 8192;  ///< Tokens of one iteration at most: sizes the activations.
  double sampled = 256;        ///< Sequences whose logits exist at once, at most.
  /// Of one logit, with the copies that sampling makes. 12 where it takes the greatest; about 40
  /// where it sorts by probability (values, 64-bit indices, sums, each with a buffer), as vLLM V1
  /// does when it profiles: fitted to one start, vllm issue 21348.
  double bytes_per_logit = 12;
  /// Layers with windows keep no more than their window; else their cache grows like that of
  /// others.
  bool frees_windows = true;
};

/// Memory of the fullest device of a replica, as an engine counts it at its start.
struct ServingMemory {
  /// Share of what drivers show of the device; where nobody printed that, of 0.99 of its datasheet.
  Bytes usable;
  Bytes weights;      ///< By format; see weights_per_device().
  Bytes activations;  ///< Peak of one iteration with a full token budget.
  Bytes buffers;      ///< Context of the driver, exchange buffers, graphs.
  /// What is left for the cache; negative where the rest does not fit.
  Bytes pool;
  BytesPerToken kv_per_token;  ///< On one device, layers with a growing cache.
  /// On one device and sequence, however long: windows when full, states of linear attention.
  Bytes kv_per_sequence;
  double replicas = 1;  ///< Groups with caches of their own: attention data parallel.

  /// Tokens that the cache of the whole replica holds, windows left out. 0 where nothing is left.
  Tokens kv_tokens() const;
  /// Requests that hold `tokens` tokens each at the same time; not rounded, 0 or more. Where a
  /// request keeps nothing, without end, as long as the rest fits.
  double requests(Tokens tokens) const;
};

/// Weights on the device that holds most of them: its share of layers, of attention (divided by
/// tensor parallelism alone, what cannot be divided repeated), of MLPs and experts (divided among
/// all devices of a stage; shared experts whole on each where tokens are dispatched), and embedding
/// and head in 16 bits (by tensor parallelism). Layers for speculation, where they are loaded, are
/// as large as the mean layer.
Bytes weights_per_device(const Transformer& model, const ServingPlan& plan);

/// Activations of a full token budget and logits of `sampled` sequences at their peak on one
/// device: the widest layer's inner values (of a gated MLP both halves and their product, of
/// experts those of every visit) and twice the hidden vector, in 16 bits; logits of the whole
/// vocabulary, which every device gathers. Source: vLLM's profiles of Llama-3.1-8B: 20 000
/// tokens 2.07 GiB (vllm issue 10517), 8 192 tokens 1.26 GiB (pull request 10511); this gives 2.28
/// and 1.15 GiB.
Bytes activation_peak(const Transformer& model, const ServingPlan& plan,
                      const MemorySettings& settings);

/// Cache of one token on one device of a stage, in layers that keep all of their context: as many
/// rows as the model keeps per token, with their indexer's keys, which take 8 bits. Layers with a
/// window count among them where `frees_windows` is not set.
BytesPerToken kv_per_token_and_device(const Transformer& model, const ServingPlan& plan,
                                      bool frees_windows);

/// All of it for one device. Requires: memory of the device known.
ServingMemory serving_memory(const Transformer& model, const DeviceSpec& device,
                             const ServingPlan& plan, const MemorySettings& settings);

/// Whether at least one request of `tokens` tokens fits, and by how much: margin is what its cache
/// leaves of the pool. At the limit where the margin is within 4 % of the device's usable memory,
/// on either side: what engines report of the same configuration spreads by that much.
struct FitVerdict {
  MemoryFit fit = MemoryFit::No;
  Bytes margin;
};
FitVerdict fits(const ServingMemory& memory, Tokens tokens);

}  // namespace chokepoint
