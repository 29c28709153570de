#pragma once

#include <string>
#include <vector>

#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Layers of a compressed attention that are alike: a row of the cache stands for several tokens.
/// Each also attends to the model's `sliding_window` last tokens and keeps them.
struct CompressedLayers {
  double layers = 0;
  double tokens_per_row = 1;
  double tokens_seen = 1;   ///< That one row is made of; more than it stands for if rows overlap.
  bool is_indexed = false;  ///< An indexer chooses `sparse_topk` of the rows; else all are read.
};

/// A transformer by its dimensions. Counts that a model lacks are 0.
struct Transformer {
  enum class Attention { Mha, Gqa, Mla };
  /// Format that experts are published in, where engines serve no other; the rest is bf16 then.
  enum class ExpertFormat { Any, Mxfp4 };

  std::string name;
  double layers = 0, hidden = 0, heads = 0, kv_heads = 0, head_dim = 0, ffn = 0, vocabulary = 0;
  bool tied_embeddings = false;
  bool gated_mlp = false;
  double experts = 0, experts_per_token = 0, expert_ffn = 0, shared_experts = 0;
  double first_dense_layers = 0;
  ExpertFormat expert_format = ExpertFormat::Any;
  Attention attention = Attention::Gqa;
  double q_lora_rank = 0, kv_lora_rank = 0, qk_nope_head_dim = 0, qk_rope_head_dim = 0;
  double v_head_dim = 0;
  double sliding_window = 0;  ///< Tokens that a layer with a window sees at most.
  double window_layers = 0;   ///< Layers with such a window and nothing beside it.
  std::vector<CompressedLayers> compressed;
  double sparse_topk = 0;         ///< Rows that sparse attention reads, chosen by an indexer.
  double linear_layers = 0;       ///< Layers whose cache does not grow with the context.
  double linear_state_bytes = 0;  ///< Of such a layer and one sequence.
  /// Groups of heads whose outputs are projected to `output_rank` values each, and these to the
  /// hidden vector; keys and values are then the latent itself. 0: outputs are projected at once.
  double output_groups = 0, output_rank = 0;
  double mtp_layers = 0;  ///< Layers that predict tokens further on.
  double context = 0;     ///< Tokens of a prompt and its answer at most; 0: nobody says.
  bool attention_sinks = false;
  Sourced<double> parameters;         ///< Count.
  Sourced<double> active_parameters;  ///< Count that one token touches.
  double index_head_dim = 0;          ///< Values per row of a sparse attention's indexer.
};

/// Layers that keep a row of the cache for each token of the context.
double whole_layers(const Transformer& model);

/// Operations to train on one token of a sequence of `sequence_tokens`: three forward passes, one
/// forward and two for the backward, at the mean causal context of half a sequence:
///
///   6 * active + 3 * layers * heads * (score width + value width) * sequence_tokens
///
/// Counts every layer at the whole context: windows, sparse and linear attention do less.
/// Widths of one head: head_dim each, or with latent attention qk_nope + qk_rope and v_head_dim.
/// Multiply and add count as two. Recomputed activations are not counted: this is what MFU divides.
/// Source: Kaplan et al. 2020 (6N); Megatron-LM, Narayanan et al., SC 2021, for attention, halved
/// for causality.
FlopsPerToken training_flops_per_token(const Transformer& model, double sequence_tokens);

/// Operations of the forward pass for one token. `context_tokens`: the tokens that it attends to,
/// on average over the tokens of the work; half a prompt while the prompt is read.
///
///   2 * active + 2 * layers * heads * (score width + value width) * context_tokens
///
/// Counts every layer at the whole context: windows, sparse and linear attention do less. Latent
/// attention is counted as written in the model; the absorbed form that a decoder may use
/// instead costs more operations (DeepSeek-V3: 3.4 times those of attention) and reads less.
FlopsPerToken forward_flops_per_token(const Transformer& model, double context_tokens);

/// Parameters that a batch of `tokens` tokens touches in expectation when experts are chosen
/// independently and evenly:
///
///   dense + routed * (1 - (1 - k/E)^tokens)
///   routed = (layers - first dense layers) * E * (3 if gated, else 2) * hidden * expert_ffn
///   dense = parameters - routed
///
/// Within [active, all]: published counts that the dimensions do not reproduce cannot lead outside.
/// Without experts all parameters.
double touched_parameters(const Transformer& model, double tokens);

}  // namespace chokepoint
