#pragma once

#include <string_view>

#include "models/performance/sequence_cache.hpp"
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
  /// does when it profiles: fitted to one start, vllm issue 21348. vLLM-Ascend does not: two starts
  /// show 1 and 2 GiB of activations (its issues 5020 and 10700).
  double bytes_per_logit = 12;
  /// Layers with windows keep no more than their window; else their cache grows like that of
  /// others.
  bool frees_windows = true;
  /// How often the cache is allocated in fact where layers of linear attention stand beside others:
  /// what an engine that does not share it among them takes beyond its share.
  CacheCopies copies = {};
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
  SequenceCache cache;  ///< Of one sequence on one device.
  Tokens budget;        ///< Of one iteration.
  Bytes outside;        ///< Of the device, what the share leaves.
  CacheCopies copies;   ///< Of the pool.
  double replicas = 1;  ///< Groups with caches of their own: attention data parallel.

  Bytes visible() const { return usable + outside; }
  /// Share of it up to which all copies of the pool fit: 1 where there is one.
  ///
  ///   (visible + (copies - 1) * (usable - pool)) / (copies * visible)
  double greatest_share() const;
  /// Tokens that the cache of the whole replica holds, windows left out. 0 where nothing is left.
  Tokens kv_tokens() const;
  /// Requests that hold `tokens` tokens each at the same time, while one iteration reads prompts;
  /// not rounded, 0 or more. Where a request keeps nothing, without end, as long as the rest fits.
  double requests(Tokens tokens) const;
  /// Tokens of the cache as an engine reports them that serves requests of up to `tokens` tokens:
  /// as many times that as such requests fit, each at the most that it may hold.
  Tokens reported_tokens(Tokens tokens) const;
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

/// All of it for one device. Requires: memory of the device known.
ServingMemory serving_memory(const Transformer& model, const DeviceSpec& device,
                             const ServingPlan& plan, const MemorySettings& settings);

/// Whether at least one request of `tokens` tokens fits, and by how much. Margin is what the most
/// that it may hold leaves of the pool, or, where that is less, what further copies of the pool
/// leave of the device outside the engine's share. At the limit where the margin is within 4 % of
/// the device's usable memory, on either side: what engines report of the same configuration
/// spreads by that much; or where the fewest copies say yes and the most no.
struct FitVerdict {
  MemoryFit fit = MemoryFit::No;
  Bytes margin;
};
FitVerdict fits(const ServingMemory& memory, Tokens tokens);

}  // namespace chokepoint
