#pragma once

#include "models/performance/kernel.hpp"
#include "models/workload/transformer.hpp"

namespace chokepoint {

/// Operators of attention, each of one layer on one device. `shards`: devices among which tensor
/// parallelism divides the heads.

/// Weights of one layer's projections: query, key, value and output, or with latent attention
///
///   hidden q_rank + q_rank H (nope + rope) + hidden (kv_rank + rope) + kv_rank H (nope + v) + H v
///   hidden
///
/// without the first two and with hidden H (nope + rope) where there is no q_rank.
double attention_parameters(const Transformer& model);

/// Of these, what one of `shards` devices holds: heads are divided; key and value heads at most
/// once each; what makes the latent vectors is repeated on all.
double attention_parameters_per_device(const Transformer& model, double shards);

/// Projections of `tokens` tokens. Latent attention takes the same operations whether it expands
/// its latent vectors into keys and values or absorbs the expansion into queries and outputs.
OperatorWork attention_projection(const Transformer& model, double tokens, double shards,
                                  double bytes_per_weight);

/// Cache of one token in one layer that keeps one: 2 kv_heads head_dim values, or kv_rank + rope.
/// The same however latent attention is computed.
double kv_values_per_token(const Transformer& model);

/// Bytes of what a sparse attention's indexer keeps of a row beside it: its key, in 8 bits. Source:
/// DeepSeek-V3.2, which caches it in fp8.
double index_bytes_per_row(const Transformer& model);

/// Devices among which the cache of one sequence is divided: at most one for each key and value
/// head. A latent cache is repeated on all.
double kv_shards(const Transformer& model, double shards);

/// Rows of the cache that a layer attends to at `context` tokens, on average over all layers: as
/// many as it keeps of them, `sparse_topk` at most, `sliding_window` tokens at most, or none in a
/// linear layer; in a compressed layer its rows, of which an indexer may choose, and the window.
double attended_tokens(const Transformer& model, double context);

/// How latent attention is computed: its cache is expanded to keys and values of all heads, or the
/// expansion is absorbed and all heads attend to the latent vectors themselves.
enum class LatentForm { Expanded, Absorbed };

/// Operations of scores and values for one token and one token that it attends to, all heads of one
/// layer: 2 H (score width + value width), where the widths are
///
///   head_dim, head_dim;  expanded nope + rope, v;  absorbed kv_rank + rope, kv_rank
///
/// DeepSeek-V3: 81 920 expanded, 278 528 absorbed.
double attention_flops_per_pair(const Transformer& model, LatentForm form);

/// What new tokens attend to.
struct DecodeLoad {
  double tokens = 0;     ///< New tokens; more than sequences where they are speculated.
  double sequences = 0;  ///< The cache of each is read once.
  double context = 0;    ///< Tokens of a sequence, on average.
};

/// Scores and values of decoding; mean over the layers. Both forms of latent attention read the
/// same cache. Engines absorb; expanded, every step makes keys and values of all that is attended
/// to anew: 2 kv_rank H (nope + v) operations for each of its tokens.
OperatorWork attention_decode(const Transformer& model, const DecodeLoad& load, double shards,
                              double bytes_per_kv, LatentForm form = LatentForm::Absorbed);

/// The recurrent state of one linear layer in decoding: that of each sequence is read and written,
/// eight operations of vector units for each of its values and tokens. No work where the model
/// states no `linear_state_bytes`. `shards` divide its heads.
OperatorWork linear_decode(const Transformer& model, const DecodeLoad& load, double shards);

/// The same of `tokens` tokens of prompts, in chunks of 64: products within a chunk and with the
/// state, which goes through memory once in each direction between two chunks. Source: Yang et al.,
/// Gated Delta Networks, ICLR 2025, for the operations; kept in 32 bits, as vLLM and SGLang do.
OperatorWork linear_prefill(const Transformer& model, double tokens, double shards);

/// Scores and values of a prompt of which `tokens` tokens attend to `span` tokens on average (half
/// a prompt that is read at once); latent attention expanded; mean over the layers. Keys and values
/// of a tile stay on the chip: matrix work, and the softmax on vector units.
OperatorWork attention_prefill(const Transformer& model, double tokens, double span, double shards);

}  // namespace chokepoint
