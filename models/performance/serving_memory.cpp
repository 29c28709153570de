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

// A cache of layers of linear attention beside others.
bool is_hybrid(const Transformer& model) {
  return model.linear_layers > 0 && model.linear_layers < model.layers;
}

// What so many copies of the pool leave outside the share.
Bytes left_outside(const ServingMemory& memory, double copies) {
  return memory.outside - memory.pool * (copies - 1.0);
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

ServingMemory serving_memory(const Transformer& model, const DeviceSpec& device,
                             const ServingPlan& plan, const MemorySettings& settings) {
  assert(device.memory);
  ServingMemory made;
  const Bytes visible = device.visible_memory.value_or(*device.memory * kVisible);
  made.usable = visible * settings.usable;
  made.weights = weights_per_device(model, plan);
  made.activations = activation_peak(model, plan, settings);
  made.buffers = kContext;
  if (plan.devices() > 1) made.buffers += kExchangeBuffers;
  if (plan.has_graphs) made.buffers += kGraphs;
  made.pool = made.usable - made.weights - made.activations - made.buffers;
  made.outside = visible - made.usable;
  if (is_hybrid(model)) made.copies = settings.copies;
  made.cache = sequence_cache(model, plan, settings.frees_windows);
  made.budget = Tokens{settings.token_budget};
  made.replicas = plan.attention_dp;
  return made;
}

double ServingMemory::greatest_share() const {
  return (visible() + (usable - pool) * (copies.most - 1.0)) / (visible() * copies.most);
}

Tokens ServingMemory::kv_tokens() const {
  if (pool <= Bytes{} || cache.growing <= BytesPerToken{}) return Tokens{};
  return pool / cache.growing * replicas;
}

double ServingMemory::requests(Tokens tokens) const {
  const Tokens held = std::max(tokens, one_token());
  const Bytes each = cache.at_rest(held), free = pool - cache.reading * std::min(held, budget);
  if (free <= Bytes{}) return 0.0;
  if (each <= Bytes{}) return std::numeric_limits<double>::infinity();
  return free / each * replicas;
}

Tokens ServingMemory::reported_tokens(Tokens tokens) const {
  if (pool <= Bytes{}) return Tokens{};
  return tokens * (pool / cache.at_most(tokens, budget) * replicas);
}

FitVerdict fits(const ServingMemory& memory, Tokens tokens) {
  const Bytes inside = memory.pool - memory.cache.at_most(tokens, memory.budget);
  const Bytes spread = memory.usable * kSpread;
  const auto margin = [&](double copies) {
    return copies > 1.0 ? std::min(inside, left_outside(memory, copies)) : inside;
  };
  const Bytes worst = margin(memory.copies.most), best = margin(memory.copies.least);
  const MemoryFit fit = worst > spread          ? MemoryFit::Yes
                        : best >= spread * -1.0 ? MemoryFit::AtTheLimit
                                                : MemoryFit::No;
  return {fit, worst};
}

}  // namespace chokepoint
