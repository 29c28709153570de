#include "models/performance/attention.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {
namespace {

using Attention = Transformer::Attention;

// Heads that look at one key of an indexer. Source: config.json of DeepSeek-V3.2, from memory.
constexpr double kIndexHeads = 64, kIndexValueBytes = 1;
constexpr double kSoftmaxOperations = 5;  // Per score: scale, subtract, exponentiate, add, divide.
constexpr double kStateBytes = 4;         // Recurrent states are kept in 32 bits.
// Of one value of a state and a token: decayed, read for what it holds of the key, written, read.
constexpr double kStateOperations = 8;
constexpr double kLinearChunk = 64;  // Tokens of a prompt between two states in memory.

bool is_latent(const Transformer& model) {
  return model.attention == Attention::Mla;
}

// Of the projections, the part whose heads are divided, the part of key and value heads, and the
// part that each device repeats.
struct ProjectionParts {
  double by_head = 0, by_kv_head = 0, on_all = 0;
};

ProjectionParts projection_parts(const Transformer& m) {
  if (!is_latent(m)) {
    return {2 * m.hidden * m.heads * m.head_dim, 2 * m.hidden * m.kv_heads * m.head_dim, 0};
  }
  const bool reads_latent = m.output_groups > 0;
  const double values = m.heads * m.v_head_dim;
  const double query = m.heads * (m.qk_nope_head_dim + m.qk_rope_head_dim);
  const double expanded =
      reads_latent ? 0.0 : m.kv_lora_rank * (m.heads * m.qk_nope_head_dim + values);
  const double output =
      reads_latent ? m.output_rank * (values + m.output_groups * m.hidden) : values * m.hidden;
  const double latent = m.hidden * (m.kv_lora_rank + m.qk_rope_head_dim);
  if (m.q_lora_rank <= 0) return {m.hidden * query + expanded + output, 0, latent};
  return {m.q_lora_rank * query + expanded + output, 0, m.hidden * m.q_lora_rank + latent};
}

// Inputs of all projections on one device: query, key and value are one product, or the latent
// vectors are one and what expands each is another.
double projection_depths(const Transformer& m, double shards) {
  if (!is_latent(m)) return m.hidden + m.heads * m.head_dim / shards;
  return m.hidden + m.q_lora_rank + m.kv_lora_rank + m.heads * m.v_head_dim / shards;
}

double projection_products(const Transformer& m) {
  return !is_latent(m) ? 2 : m.q_lora_rank > 0 ? 4 : 3;
}

// Not fused: query, key, value, output; or both steps of queries, the latent, its expansion,
// output.
double projection_launches(const Transformer& m) {
  return is_latent(m) && m.q_lora_rank > 0 ? 5 : 4;
}

// Of one latent vector to keys and values of all heads.
double expansion_flops(const Transformer& m) {
  if (!is_latent(m)) return 0;
  return 2 * m.kv_lora_rank * m.heads * (m.qk_nope_head_dim + m.v_head_dim);
}

// Rows of the cache that an indexer looks at to choose some; mean over the layers.
double indexed_rows(const Transformer& model, double context) {
  if (model.sparse_topk <= 0) return 0.0;
  if (model.compressed.empty()) return context;
  double rows = 0;
  for (const CompressedLayers& one : model.compressed) {
    if (one.is_indexed) rows += one.layers * context / one.tokens_per_row;
  }
  return rows / model.layers;
}

double index_flops_per_row(const Transformer& model) {
  return 2 * kIndexHeads * model.index_head_dim;
}

}  // namespace

double attention_parameters(const Transformer& model) {
  const ProjectionParts parts = projection_parts(model);
  return parts.by_head + parts.by_kv_head + parts.on_all;
}

double attention_parameters_per_device(const Transformer& model, double shards) {
  const ProjectionParts parts = projection_parts(model);
  const double kv = parts.by_kv_head / std::min(shards, std::max(model.kv_heads, 1.0));
  return parts.by_head / shards + kv + parts.on_all;
}

OperatorWork attention_projection(const Transformer& model, double tokens, double shards,
                                  double bytes_per_weight) {
  assert(tokens >= 0 && shards >= 1);
  const double here = attention_parameters_per_device(model, shards);
  OperatorWork work;
  work.kernel = Kernel::DenseGemm;
  work.matrix = Flops{2 * tokens * here};
  work.repeated = Flops{2 * tokens * (here - attention_parameters(model) / shards)};
  work.traffic = Bytes{here * bytes_per_weight};
  work.rows = tokens;
  const double depths = projection_depths(model, shards);
  work.shape = {1, here / depths, depths / projection_products(model)};
  work.weights = here;
  work.launches = projection_launches(model);
  return work;
}

double kv_values_per_token(const Transformer& model) {
  return is_latent(model) ? model.kv_lora_rank + model.qk_rope_head_dim
                          : 2 * model.kv_heads * model.head_dim;
}

double index_bytes_per_row(const Transformer& model) {
  return model.index_head_dim * kIndexValueBytes;
}

double kv_shards(const Transformer& model, double shards) {
  return is_latent(model) ? 1.0 : std::min(shards, std::max(model.kv_heads, 1.0));
}

double attended_tokens(const Transformer& model, double context) {
  const auto chosen = [&](double rows) {
    return model.sparse_topk > 0 ? std::min(rows, model.sparse_topk) : rows;
  };
  const double whole = whole_layers(model);
  if (whole >= model.layers) return chosen(context);
  const double in_window = std::min(context, model.sliding_window);
  double attended = whole * chosen(context) + model.window_layers * in_window;
  for (const CompressedLayers& one : model.compressed) {
    const double rows = context / one.tokens_per_row;
    attended += one.layers * ((one.is_indexed ? chosen(rows) : rows) + in_window);
  }
  return attended / model.layers;
}

double attention_flops_per_pair(const Transformer& model, LatentForm form) {
  if (!is_latent(model)) return 4 * model.heads * model.head_dim;
  const double widths = form == LatentForm::Absorbed
                            ? 2 * model.kv_lora_rank + model.qk_rope_head_dim
                            : model.qk_nope_head_dim + model.qk_rope_head_dim + model.v_head_dim;
  return 2 * model.heads * widths;
}

OperatorWork attention_decode(const Transformer& model, const DecodeLoad& load, double shards,
                              double bytes_per_kv, LatentForm form) {
  const double attended = attended_tokens(model, load.context);
  const double indexed = indexed_rows(model, load.context);
  const double pair = attention_flops_per_pair(model, form) / shards;
  const double expanded = form == LatentForm::Expanded ? expansion_flops(model) / shards : 0.0;
  const double cache = kv_values_per_token(model) * bytes_per_kv / kv_shards(model, shards);
  OperatorWork work;
  work.kernel = Kernel::AttentionDecode;
  work.matrix =
      Flops{load.tokens * (attended * pair + indexed * index_flops_per_row(model) / shards) +
            load.sequences * attended * expanded};
  work.vector = Flops{load.tokens * attended * model.heads / shards * kSoftmaxOperations};
  work.traffic = Bytes{load.sequences * (attended * cache + indexed * index_bytes_per_row(model))};
  work.rows = load.tokens;
  return work;
}

OperatorWork linear_decode(const Transformer& model, const DecodeLoad& load, double shards) {
  const double state = model.linear_state_bytes / shards;
  OperatorWork work;
  work.kernel = Kernel::AttentionDecode;
  work.vector = Flops{load.tokens * state / kStateBytes * kStateOperations};
  work.traffic = Bytes{load.sequences * 2 * state};
  work.rows = load.tokens;
  return work;
}

OperatorWork linear_prefill(const Transformer& model, double tokens, double shards) {
  const double state = model.linear_state_bytes / shards;
  OperatorWork work;
  work.kernel = Kernel::AttentionPrefill;
  work.matrix = Flops{tokens * state / kStateBytes * kStateOperations};
  work.traffic = Bytes{tokens / kLinearChunk * 2 * state};
  work.rows = tokens;
  return work;
}

OperatorWork attention_prefill(const Transformer& model, double tokens, double span,
                               double shards) {
  const double attended = attended_tokens(model, span);
  const double indexed = indexed_rows(model, span);
  const double pair = attention_flops_per_pair(model, LatentForm::Expanded) / shards;
  OperatorWork work;
  work.kernel = Kernel::AttentionPrefill;
  work.matrix = Flops{tokens * (attended * pair + indexed * index_flops_per_row(model) / shards)};
  work.vector = Flops{tokens * attended * model.heads / shards * kSoftmaxOperations};
  work.rows = tokens;
  return work;
}

}  // namespace chokepoint
