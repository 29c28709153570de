#include "models/workload/transformer.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {
namespace {

// Width of one head's query-key product plus width of its value.
double score_and_value_width(const Transformer& model) {
  if (model.attention == Transformer::Attention::Mla) {
    return model.qk_nope_head_dim + model.qk_rope_head_dim + model.v_head_dim;
  }
  return 2.0 * model.head_dim;
}

// Parameters of all experts among which the router chooses.
double routed_parameters(const Transformer& model) {
  const double matrices = model.gated_mlp ? 3.0 : 2.0;
  const double per_expert = matrices * model.hidden * model.expert_ffn;
  return (model.layers - model.first_dense_layers) * model.experts * per_expert;
}

}  // namespace

double whole_layers(const Transformer& model) {
  double whole = model.layers - model.linear_layers - model.window_layers;
  for (const CompressedLayers& one : model.compressed) whole -= one.layers;
  return whole;
}

FlopsPerToken training_flops_per_token(const Transformer& model, double sequence_tokens) {
  // The backward pass costs two forward passes.
  return 3.0 * forward_flops_per_token(model, sequence_tokens / 2.0);
}

FlopsPerToken forward_flops_per_token(const Transformer& model, double context_tokens) {
  const double weights = 2.0 * model.active_parameters.value;
  const double attention =
      2.0 * model.layers * model.heads * score_and_value_width(model) * context_tokens;
  return FlopsPerToken{weights + attention};
}

double touched_parameters(const Transformer& model, double tokens) {
  assert(tokens >= 0.0);
  const double all = model.parameters.value;
  const double active = model.active_parameters.value;
  if (model.experts <= 0.0) return all;
  const double routed = std::min(routed_parameters(model), all);
  const double untouched = std::pow(1.0 - model.experts_per_token / model.experts, tokens);
  const double touched = all - routed * untouched;
  return std::clamp(touched, std::min(active, all), all);
}

}  // namespace chokepoint
