#include "models/performance/sequence_cache.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/performance/attention.hpp"

namespace chokepoint {
namespace {

constexpr double kBlockRows = 64;         // Of one layer that keeps windows or compressed rows.
constexpr double kCompressorBytes = 4;    // States of compressors are kept in 32 bits.
constexpr double kStatesPerValue = 2;     // What is summed, and its weight.
constexpr double kRotaryBytes = 2;        // In caches of 8 bits too.
constexpr double kScaleBytes = 1.0 / 64;  // For each value of a latent in 8 bits.
constexpr double kIndexScaleBytes = 4;    // For each key of an indexer.
constexpr double kAlignment = 576;        // Bytes, of what a compressed layer has in a block.
constexpr double kWhole = 1 - 1e-12;      // Of a whole number of blocks, against rounding.

// Layers that forget, of one kind.
struct Forgetting {
  double bytes = 0;   // Of one block in all of these layers.
  double window = 0;  // Tokens.
  double block = 0;   // Tokens of one block.
};

double row_bytes(const Transformer& model, const ServingPlan& plan) {
  const double value = bytes_per_value(plan.precision.kv);
  const bool is_sparse_latent =
      model.attention == Transformer::Attention::Mla && model.index_head_dim > 0;
  const double bytes =
      is_sparse_latent && bits(plan.precision.kv) == 8
          ? model.kv_lora_rank * (value + kScaleBytes) + model.qk_rope_head_dim * kRotaryBytes
          : kv_values_per_token(model) * value;
  return bytes / kv_shards(model, plan.tensor);
}

double index_bytes(const Transformer& model) {
  return model.index_head_dim > 0 ? index_bytes_per_row(model) + kIndexScaleBytes : 0.0;
}

// Of one token that is seen until a row is made of it and its neighbours.
double state_bytes(const CompressedLayers& layers, double values) {
  return layers.tokens_seen / layers.tokens_per_row * values * kStatesPerValue * kCompressorBytes;
}

double aligned(double bytes) {
  return std::ceil(bytes / kAlignment) * kAlignment;
}

// As many tokens as fit into a block of rows: a power of two.
double state_block(double state, double row) {
  return std::exp2(std::max(0.0, std::floor(std::log2(kBlockRows * row / state))));
}

std::vector<Forgetting> forgetting(const Transformer& model, double row, bool frees_windows) {
  std::vector<Forgetting> all;
  double windows = frees_windows ? model.window_layers : 0.0;
  for (const CompressedLayers& one : model.compressed) {
    windows += one.layers;
    const double state = state_bytes(one, kv_values_per_token(model));
    const double keys = one.is_indexed ? state_bytes(one, model.index_head_dim) : 0.0;
    const double block = state_block(state, row);
    const double bytes = aligned(block * state) + aligned(block * keys);
    all.push_back({one.layers * bytes, one.tokens_seen, block});
  }
  const double bytes = kBlockRows * row;
  const double held = model.compressed.empty() ? bytes : aligned(bytes);
  if (windows > 0) all.push_back({windows * held, model.sliding_window, kBlockRows});
  return all;
}

// Tokens of a block of compressed layers: those of the fewest tokens in a row fill it.
double compressed_block(const Transformer& model) {
  double tokens_per_row = model.compressed.front().tokens_per_row;
  for (const CompressedLayers& one : model.compressed) {
    tokens_per_row = std::min(tokens_per_row, one.tokens_per_row);
  }
  return kBlockRows * tokens_per_row;
}

double growing_bytes(const Transformer& model, double row, bool frees_windows) {
  const double windows = frees_windows ? 0.0 : model.window_layers, whole = whole_layers(model);
  const double bytes = (whole + windows) * row + whole * index_bytes(model);
  if (model.compressed.empty()) return bytes;
  const double block = compressed_block(model);
  double compressed = 0;
  for (const CompressedLayers& one : model.compressed) {
    const double rows = block / one.tokens_per_row;
    const double keys = one.is_indexed ? aligned(rows * index_bytes(model)) : 0.0;
    compressed += one.layers * (aligned(rows * row) + keys);
  }
  return bytes + compressed / block;
}

// Bytes of the blocks that all layers share.
double block_bytes(const Transformer& model, double row, double growing) {
  if (!model.compressed.empty()) return compressed_block(model) * growing;
  const double whole = whole_layers(model), windows = model.window_layers;
  return kBlockRows * row * (whole > 0 ? std::min(whole, windows) : windows);
}

}  // namespace

Bytes SequenceCache::at_rest(Tokens context) const {
  return growing * context + settled;
}

Bytes SequenceCache::at_most(Tokens context, Tokens budget) const {
  return at_rest(context) + reading * std::min(context, budget) + begun;
}

SequenceCache sequence_cache(const Transformer& model, const ServingPlan& plan,
                             bool frees_windows) {
  const double row = row_bytes(model, plan), stages = plan.pipeline;
  const double growing = growing_bytes(model, row, frees_windows);
  double settled = model.linear_layers * model.linear_state_bytes / plan.tensor;
  double reading = 0, begun = 0;
  for (const Forgetting& kind : forgetting(model, row, frees_windows)) {
    const double block = block_bytes(model, row, growing);
    const double held = std::ceil(kind.bytes / block * kWhole) * block;
    settled += kind.window / kind.block * held;
    reading += held / kind.block;
    begun += held;
  }
  return {BytesPerToken{growing / stages}, Bytes{settled / stages}, BytesPerToken{reading / stages},
          Bytes{begun / stages}};
}

}  // namespace chokepoint
