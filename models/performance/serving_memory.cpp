#include "models/performance/serving_memory.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "models/performance/attention.hpp"
#include "models/performance/feed_forward.hpp"

namespace chokepoint {
namespace {

constexpr double kVisible = 0.99;          // Of the datasheet's memory, where nobody printed it.
constexpr double kSpread = 0.04;           // Of usable memory; see fits().
constexpr Bytes kContext{0.5e9};           // Driver and libraries of one process.
constexpr Bytes kExchangeBuffers{0.75e9};  // NCCL and one-shot buffers, where devices exchange.
constexpr Bytes kGraphs{0.75e9};           // Captured graphs of decoding.
constexpr double kValueBytes = 2;

Tokens one_token() {
  return Tokens{1.0};
}

// What one sequence keeps on one device whatever its length. Heads divide the states of linear
// attention.
Bytes kept_per_sequence(const Transformer& model, const ServingPlan& plan, bool frees_windows) {
  const double states = model.linear_layers * model.linear_state_bytes / plan.tensor;
  const double row = kv_values_per_token(model) * bytes_per_value(plan.precision.kv) /
                     kv_shards(model, plan.tensor);
  const double windows = frees_windows ? model.window_layers * model.sliding_window * row : 0.0;
  return Bytes{(states + windows) / plan.pipeline};
}

}  // namespace

std::string_view name(MemoryFit fit) {
  switch (fit) {
    case MemoryFit::Yes:
      return "yes";
    case MemoryFit::AtTheLimit:
      return "at the limit";
    case MemoryFit::No:
      return "no";
  }
  assert(false);
  return "";
}

Bytes weights_per_device(const Transformer& model, const ServingPlan& plan) {
  const Precision& precision = plan.precision;
  const double tensor = plan.tensor, all = plan.stage_devices();
  const double attention = model.layers * attention_parameters_per_device(model, tensor) *
                           bytes_per_value(precision.attention);
  const double mlps =
      dense_layers(model) * mlp_parameters(model) / all * bytes_per_value(precision.weights);
  const double routed = model.experts * expert_parameters(model);
  const double shared = shared_expert_parameters(model) / (plan.dispatches_tokens() ? 1.0 : all);
  const double experts =
      expert_layers(model) * (routed / all + shared) * bytes_per_value(precision.experts);
  const double tables = (model.tied_embeddings ? 1.0 : 2.0) * model.vocabulary * model.hidden *
                        bytes_per_value(NumericFormat::Fp16) / tensor;
  const double mtp = plan.loads_mtp ? model.mtp_layers / model.layers : 0.0;
  return Bytes{((attention + mlps + experts) * (1.0 + mtp) + tables) / plan.pipeline};
}

Bytes activation_peak(const Transformer& model, const ServingPlan& plan,
                      const MemorySettings& settings) {
  const double all = plan.stage_devices(), halves = model.gated_mlp ? 3.0 : 2.0;
  const double dense = dense_layers(model) > 0 ? halves * model.ffn / all : 0.0;
  const double routed = expert_layers(model) > 0
                            ? model.experts_per_token * (halves * model.expert_ffn / all +
                                                         model.hidden / plan.attention_dp)
                            : 0.0;
  const double per_token = (std::max(dense, routed) + 2 * model.hidden) * kValueBytes;
  const double logits = settings.sampled * model.vocabulary * settings.bytes_per_logit;
  return Bytes{settings.token_budget * per_token + logits};
}

BytesPerToken kv_per_token_and_device(const Transformer& model, const ServingPlan& plan,
                                      bool frees_windows) {
  const double shards = kv_shards(model, plan.tensor);
  const double row = kv_values_per_token(model) * bytes_per_value(plan.precision.kv) / shards;
  const double whole = model.layers - model.linear_layers - model.window_layers;
  const double windows = frees_windows ? 0.0 : model.window_layers;
  const double rows = whole * model.cache_rows_per_token;
  const double index = index_bytes_per_row(model);
  return BytesPerToken{((rows + windows) * row + rows * index) / plan.pipeline};
}

ServingMemory serving_memory(const Transformer& model, const DeviceSpec& device,
                             const ServingPlan& plan, const MemorySettings& settings) {
  assert(device.memory);
  ServingMemory made;
  made.usable = device.visible_memory.value_or(*device.memory * kVisible) * settings.usable;
  made.weights = weights_per_device(model, plan);
  made.activations = activation_peak(model, plan, settings);
  made.buffers = kContext;
  if (plan.devices() > 1) made.buffers += kExchangeBuffers;
  if (plan.has_graphs) made.buffers += kGraphs;
  made.pool = made.usable - made.weights - made.activations - made.buffers;
  made.kv_per_token = kv_per_token_and_device(model, plan, settings.frees_windows);
  made.kv_per_sequence = kept_per_sequence(model, plan, settings.frees_windows);
  made.replicas = plan.attention_dp;
  return made;
}

Tokens ServingMemory::kv_tokens() const {
  if (pool <= Bytes{} || kv_per_token <= BytesPerToken{}) return Tokens{};
  return pool / kv_per_token * replicas;
}

double ServingMemory::requests(Tokens tokens) const {
  const Bytes each = kv_per_token * std::max(tokens, one_token()) + kv_per_sequence;
  if (pool <= Bytes{}) return 0.0;
  if (each <= Bytes{}) return std::numeric_limits<double>::infinity();
  return pool / each * replicas;
}

FitVerdict fits(const ServingMemory& memory, Tokens tokens) {
  FitVerdict verdict;
  verdict.margin = memory.pool - memory.kv_per_token * tokens - memory.kv_per_sequence;
  const Bytes spread = memory.usable * kSpread;
  verdict.fit = verdict.margin > spread           ? MemoryFit::Yes
                : verdict.margin >= spread * -1.0 ? MemoryFit::AtTheLimit
                                                  : MemoryFit::No;
  return verdict;
}

}  // namespace chokepoint
