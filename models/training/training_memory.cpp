#include "models/training/training_memory.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "models/performance/feed_forward.hpp"
#include "models/training/layer_time.hpp"

namespace chokepoint {
namespace {

constexpr double kWeight = 2, kScore = 5;
constexpr Bytes kWorkspace = 8_GiB;
constexpr double kFragments = 0.1;  // Of activations, which come and go.
constexpr double kMoreFits = 1.1, kLessDoesNot = 1 - kWidestMemoryError;
// Of what is kept otherwise: with every second product computed again; with scores or cheap work.
constexpr double kKeptOfProducts = 0.58, kKeptOfCheap = 0.8;

void add(TrainingMemory& to, MemoryPart part, Bytes bytes) {
  to.parts[static_cast<std::size_t>(part)] += bytes;
}

// Values of attention for a token that one layer keeps: queries, keys and values of all heads; of
// latent attention recomputed in part, what they are computed from, which every rank has.
double kept_of_attention(const Transformer& m, const TrainingPlan& plan) {
  const bool is_latent = m.attention == Transformer::Attention::Mla;
  const double heads = is_latent ? 3 * m.heads : m.heads + 2 * m.kv_heads;
  const double all = heads * score_width(m) / plan.tensor;
  if (!is_latent || plan.recompute != Recompute::Selective) return all;
  return std::min(m.q_lora_rank + m.kv_lora_rank + m.qk_rope_head_dim, all);
}

// Bytes for a token that one layer keeps, on one device, scores left out. `kept` bytes of a value
// that goes into a product.
double kept_of_token(const Transformer& m, const TrainingPlan& plan, double kept) {
  const double t = plan.tensor, g = m.gated_mlp ? 2 : 1;
  const double with_experts = expert_layers(m) / m.layers;
  const double routed = m.experts_per_token * m.expert_ffn;
  const double shared = m.shared_experts * m.expert_ffn;
  const double inner = (1 - with_experts) * m.ffn + with_experts * (routed + shared);
  const double visits = with_experts * m.experts_per_token * kept * m.hidden / t;
  return (6 + 2 * kept) * m.hidden / (plan.sequence_parallel ? t : 1.0) +
         kept * kept_of_attention(m, plan) + kept * m.hidden / t + kept * (g + 1) * inner / t +
         visits;
}

Bytes kept_of_layer(const TrainingSystem& system, const TrainingPlan& plan) {
  const double t = plan.tensor;
  const double scores = system.traits.keeps_scores && plan.recompute == Recompute::None
                            ? kScore * plan.sequence * system.model.heads / t
                            : 0.0;
  const double kept =
      plan.format == TrainingFormat::Bf16 ? kTrainingBytes : system.traits.kept_narrow_bytes;
  return Bytes{plan.tokens() * (kept_of_token(system.model, plan, kept) + scores)};
}

// Layers whose activations a device keeps at once, over all microbatches: ahead of the backward
// pass at stage `from_end` from the last.
double layers_ahead(const TrainingPlan& plan, double layers, int from_end) {
  const double m = plan.microbatches();
  // Gradients of weights that wait keep their inputs: on every device as many as on the first.
  if (plan.schedule == PipelineSchedule::ZeroBubble) {
    return std::min(static_cast<double>(plan.pipeline), m) * layers;
  }
  // Of both stages of a device together one more than there are stages.
  if (plan.schedule == PipelineSchedule::DualPipe) {
    return std::min(plan.pipeline + 1.0, m) * layers / 2;
  }
  if (plan.chunks == 1) return std::min(from_end + 1.0, m) * layers;
  const double p = plan.pipeline, v = plan.chunks;
  return std::min(2.0 * from_end + (v - 1) * p + 1, m * v) * layers / v;
}

// Hidden vectors of a microbatch on one device.
Bytes hidden_rows(const Transformer& m, const TrainingPlan& plan) {
  return Bytes{plan.tokens() * 2 * m.hidden / (plan.sequence_parallel ? plan.tensor : 1.0)};
}

Bytes activations(const TrainingSystem& system, const TrainingPlan& plan, double layers,
                  int from_end) {
  const Bytes whole = kept_of_layer(system, plan);
  const double ahead = layers_ahead(plan, layers, from_end);
  switch (plan.recompute) {
    case Recompute::None:
      return whole * ahead;
    case Recompute::Selective:
      return whole * (ahead * (system.traits.keeps_scores          ? 1.0
                               : system.traits.recomputes_products ? kKeptOfProducts
                                                                   : kKeptOfCheap));
    case Recompute::Full: {
      const Bytes input = std::min(hidden_rows(system.model, plan), whole);
      const double share = plan.recomputed_share;
      // One layer is whole while it is computed again, and so are its gradients; that is none more
      // where all are kept.
      return std::min((input * share + whole * (1 - share)) * ahead +
                          (whole - input) * (2 * std::min(share * ahead, 1.0)),
                      whole * ahead);
    }
  }
  assert(false);
  return {};
}

void add_states(const TrainingSystem& system, const TrainingPlan& plan, const StageWeights& weights,
                TrainingMemory& to) {
  const double gradient = plan.zero >= 3 || system.traits.gathers_each_microbatch
                              ? system.traits.gradient_bytes
                              : system.traits.kept_gradient_bytes;
  const StateShards shared = state_shards(plan);
  // Where gradients are exchanged once a step, all of them are added up over its microbatches.
  const bool adds_up = plan.zero < 3 && !system.traits.gathers_each_microbatch;
  const bool shards_gradients = plan.zero >= 2 && !(adds_up && plan.microbatches() > 1);
  const auto add_for = [&](double values, double shards) {
    add(to, MemoryPart::Weights, Bytes{values * kWeight / (plan.zero >= 3 ? shards : 1.0)});
    add(to, MemoryPart::Gradients, Bytes{values * gradient / (shards_gradients ? shards : 1.0)});
    add(to, MemoryPart::Optimizer,
        Bytes{values * system.traits.state_bytes / (plan.zero >= 1 ? shards : 1.0)});
  };
  add_for(weights.dense, shared.dense);
  add_for(weights.experts, shared.experts);
  if (plan.zero >= 3) {
    const StageWeights one = layer_weights(system.model, plan);
    add(to, MemoryPart::Weights, Bytes{2 * kWeight * (one.dense + one.experts)});
  }
}

// Values of one weight of each shape of a layer; experts of a group have the same.
double placeholders(const Transformer& m, const TrainingPlan& plan) {
  const StageWeights one = layer_weights(m, plan);
  const double with_experts = expert_layers(m) / m.layers;
  // A model that has both kinds of layers has the shapes of both.
  const double dense = with_experts > 0 && with_experts < 1 ? mlp_parameters(m) / plan.tensor : 0.0;
  const double expert = with_experts > 0 ? expert_parameters(m) / expert_division(plan) : 0.0;
  return one.dense + dense * with_experts + expert;
}

// What a device has of a model.
struct HeldLayers {
  double layers = 0;
  int from_end = 0;  // Of its first chunk, among devices.
  bool has_embedding = false, has_head = false;
  double most_dense = 0;  // Layers without experts that are among them at most.
};

TrainingMemory memory_of_layers(const TrainingSystem& system, const TrainingPlan& plan,
                                const HeldLayers& held) {
  const Transformer& m = system.model;
  const StageWeights one = layer_weights(m, plan);
  const double table = m.vocabulary * m.hidden / plan.tensor;
  const double tables = held.has_embedding || held.has_head ? vocabulary_tables(m, plan) : 0;
  TrainingMemory memory;
  add_states(system, plan, {one.dense * held.layers + table * tables, one.experts * held.layers},
             memory);
  if (system.traits.keeps_placeholders) {
    add(memory, MemoryPart::Gradients,
        Bytes{kWeight * (placeholders(m, plan) + (held.has_head ? table : 0.0))});
  }
  Bytes active = activations(system, plan, held.layers, held.from_end);
  if (system.traits.keeps_stage_outputs && plan.stages() > 1) {
    active +=
        hidden_rows(m, plan) * layers_ahead(plan, plan.chunks * plan.directions(), held.from_end);
  }
  add(memory, MemoryPart::Activations, active);
  if (held.has_head) {
    add(memory, MemoryPart::Logits,
        Bytes{system.traits.logit_memory_bytes * plan.tokens() * m.vocabulary / plan.tensor *
              (1 + m.mtp_layers)});
  }
  add(memory, MemoryPart::Workspace, kWorkspace + active * kFragments);
  memory.capacity = system.device.visible_memory.value_or(*system.device.memory);
  return memory;
}

// Layers without experts come first: the first device has them, as many as fit on its stage.
TrainingMemory memory_of(const TrainingSystem& system, const TrainingPlan& plan,
                         const HeldLayers& held) {
  const Transformer& m = system.model;
  if (plan.pipeline == 1 || m.experts <= 0 || m.first_dense_layers <= 0) {
    return memory_of_layers(system, plan, held);
  }
  Transformer here = m;
  here.layers = held.layers;
  here.first_dense_layers = std::min(m.first_dense_layers, held.most_dense);
  return memory_of_layers(
      {here, system.device, system.links, system.is_mesh, system.traits, system.coefficients}, plan,
      held);
}

// Of a pipeline the first device, the second and the last; all between keep no more than the
// second. Where microbatches come from both ends the first device is the last one as well.
template <class Visit>
void visit_fullest(const Transformer& m, const TrainingPlan& plan, const Visit& visit) {
  if (plan.pipeline == 1) {
    return visit(HeldLayers{trained_layers(m), 0, true, true, m.first_dense_layers});
  }
  const StageLayers of = stage_layers(m, plan);
  const int p = plan.pipeline;
  if (plan.schedule == PipelineSchedule::DualPipe) {
    visit(HeldLayers{of.first + of.last, p - 1, true, true, of.first});
    if (p > 2) visit(HeldLayers{2 * of.middle, p - 2});
    return;
  }
  const double later = of.middle * (plan.chunks - 1);
  visit(HeldLayers{of.first + later, p - 1, true, false, of.first});
  visit(HeldLayers{of.last + later, 0, false, true});
  if (p > 2) visit(HeldLayers{of.middle + later, p - 2});
}

}  // namespace

std::string_view name(MemoryPart part) {
  constexpr std::string_view kNames[] = {"weights",     "gradients", "optimizer",
                                         "activations", "logits",    "workspace"};
  return kNames[static_cast<std::size_t>(part)];
}

std::string_view name(TrainingFit fit) {
  constexpr std::string_view kNames[] = {"yes", "at the limit", "no"};
  return kNames[static_cast<std::size_t>(fit)];
}

Bytes TrainingMemory::total() const {
  return std::accumulate(parts.begin(), parts.end(), Bytes{});
}

Bytes TrainingMemory::allocated() const {
  return total() - of(MemoryPart::Workspace);
}

double TrainingMemory::margin() const {
  return (capacity - total()) / capacity;
}

TrainingFit TrainingMemory::fit() const {
  const Bytes all = total();
  if (all * kMoreFits <= capacity) return TrainingFit::Yes;
  return all * kLessDoesNot > capacity ? TrainingFit::No : TrainingFit::AtTheLimit;
}

TrainingMemory training_memory(const TrainingSystem& system, const TrainingPlan& plan) {
  assert(system.device.memory);
  TrainingMemory fullest;
  visit_fullest(system.model, plan, [&](const HeldLayers& held) {
    const TrainingMemory one = memory_of(system, plan, held);
    if (one.total() > fullest.total()) fullest = one;
  });
  return fullest;
}

TrainingMemory stage_memory(const TrainingSystem& system, const TrainingPlan& plan, int stage,
                            double layers) {
  assert(system.device.memory && stage >= 0 && stage < plan.pipeline && plan.chunks == 1);
  const bool is_first = stage == 0, is_last = stage == plan.pipeline - 1;
  return memory_of(system, plan,
                   {layers, plan.pipeline - 1 - stage, is_first, is_last, is_first ? layers : 0.0});
}

}  // namespace chokepoint
