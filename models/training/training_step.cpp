#include "models/training/training_step.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/performance/attention.hpp"
#include "models/performance/feed_forward.hpp"
#include "models/training/pipeline.hpp"

namespace chokepoint {
namespace {

constexpr double kNeverHidden = 0.1;          // Of exchange between copies, at its ends.
constexpr double kNeverHiddenSharded = 0.15;  // Of the part that is not prefetched.

void add(StepTime& to, StepPart part, Seconds time) {
  to.parts[static_cast<std::size_t>(part)] += time;
}

bool gathers_in_microbatches(const TrainingPlan& plan, const TrainingTraits& traits) {
  return plan.zero >= 3 || (plan.zero == 2 && traits.gathers_each_microbatch);
}

}  // namespace

Seconds StepTime::total() const {
  return std::accumulate(parts.begin(), parts.end(), Seconds{});
}

TrainingEstimator::TrainingEstimator(const TrainingSystem& system)
    : system_(system),
      rates_{TrainingRates(system, TrainingFormat::Bf16),
             TrainingRates(system, TrainingFormat::Fp8),
             TrainingRates(system, TrainingFormat::Mxfp8),
             TrainingRates(system, TrainingFormat::Nvfp4)},
      exchange_(system) {}

// What is left of gradients and parameters on their way between copies when all that can hides
// behind computing: `microbatch` of the whole stage, `layers` of its layers alone.
Seconds TrainingEstimator::copy_exchange(const TrainingPlan& plan, const StageWeights& weights,
                                         Seconds microbatch, Seconds layers) const {
  if (plan.copies() * plan.tensor == 1) return {};
  const TrainingCoefficients& c = system_.coefficients;
  const auto [reduce, gather] = exchange_.copies(plan, weights);
  if (gathers_in_microbatches(plan, system_.traits)) {
    const Seconds each = gather * (plan.zero >= 3 ? 2.0 : 1.0) + reduce;
    const Seconds waited = std::max(each - microbatch * c.data_hidden,
                                    each * ((1 - c.data_hidden) * kNeverHiddenSharded));
    return waited * static_cast<double>(plan.microbatches());
  }
  // Interleaved, the first chunk's gradients are done long before the last one's.
  const double chunks = plan.chunks;
  const double ahead = chunks > 1 ? std::max(1.0, plan.pipeline * (chunks - 1) / chunks) : 1.0;
  const double window = std::min(ahead, static_cast<double>(plan.microbatches()));
  const bool is_sent_by_rank = system_.traits.broadcasts_parameters && plan.sharded == 0;
  const Seconds all = reduce + gather;
  Seconds waited = std::max(all - layers * (c.data_hidden * window), all * kNeverHidden);
  if (is_sent_by_rank) waited += Seconds{c.broadcast_ms * 1e-3 * plan.copies()};
  return waited;
}

StepTime TrainingEstimator::step(const TrainingPlan& plan) const {
  const Transformer& model = system_.model;
  const TrainingCoefficients& c = system_.coefficients;
  const double all_layers = trained_layers(model);
  const TrainingRates& rates = rates_[static_cast<std::size_t>(plan.format)];
  const LayerTime layer = rates.layer(plan);
  const HeadTime head = rates.head(plan);
  const Seconds forward = layer.forward.total();
  const Seconds backward = layer.backward.total() + layer.recompute + layer.floor;
  const Seconds computing_of_layer = forward + backward;
  const Seconds tensor = exchange_.tensor(plan, computing_of_layer);
  const Seconds context =
      exchange_.context(plan, layer.forward.attention + layer.backward.attention);
  // What hides one exchange hides no other.
  const Seconds behind = plan.expert > 1 ? exchange_.tensor(plan, Seconds{}) - tensor : Seconds{};
  const Seconds expert = exchange_.expert(plan, computing_of_layer - behind);
  const Seconds exchange = tensor + context + expert;
  const Seconds over =
      exchange_.hand_over(plan, computing_of_layer * (all_layers / plan.stages() / 2));

  // A third of exchange goes with the forward pass.
  const Seconds ahead = forward + exchange / 3.0;
  const Seconds back = backward + exchange * (2.0 / 3);
  const StageLayers layers = stage_layers(model, plan);
  const auto stage = [&](double count) {
    return StageTime{ahead * count + over, back * count + over, layer.weights * count};
  };
  PipelineLoad load{plan.pipeline,       plan.chunks,          plan.microbatches(),
                    stage(layers.first), stage(layers.middle), stage(layers.last),
                    plan.schedule};
  load.last.forward += head.forward;
  load.last.backward += head.backward;
  const Seconds pipeline = pipeline_time(load);

  const double m = plan.microbatches();
  const double here = m * all_layers / plan.pipeline;
  StepTime time;
  add(time, StepPart::Products, (layer.forward.products + layer.backward.products) * here);
  add(time, StepPart::Experts, (layer.forward.experts + layer.backward.experts) * here);
  add(time, StepPart::Attention, (layer.forward.attention + layer.backward.attention) * here);
  add(time, StepPart::Vector, (layer.forward.vector + layer.backward.vector) * here);
  add(time, StepPart::Recompute, layer.recompute * here);
  add(time, StepPart::Launches, layer.floor * here);
  add(time, StepPart::TensorExchange, tensor * here);
  add(time, StepPart::ContextExchange, context * here);
  add(time, StepPart::ExpertExchange, expert * here);
  add(time, StepPart::Head, (head.forward + head.backward) * (m / plan.pipeline));
  add(time, StepPart::HandOver, over * (2 * m * plan.chunks));
  add(time, StepPart::Bubble, std::max(pipeline - time.total(), Seconds{}));
  const double scale = std::log2(std::max(plan.devices() / 8.0, 1.0));
  add(time, StepPart::Straggling, pipeline * (c.straggling * scale));

  const StageWeights of_layer = layer_weights(model, plan);
  const double count = all_layers / plan.pipeline;
  const double tables =
      model.vocabulary * model.hidden / plan.tensor * vocabulary_tables(model, plan);
  const StageWeights weights{of_layer.dense * count + tables, of_layer.experts * count};
  const Seconds computing = (forward + backward) * count;
  add(time, StepPart::CopyExchange,
      copy_exchange(plan, weights, (ahead + back) * count + head.forward + head.backward,
                    computing));
  const StateShards shared = plan.zero >= 1 ? state_shards(plan) : StateShards{};
  add(time, StepPart::Optimizer,
      Bytes{c.optimizer_bytes * (weights.dense / shared.dense + weights.experts / shared.experts)} /
          rates.stream());
  add(time, StepPart::Host, Seconds{c.host_s});
  return time;
}

Flops step_flops(const Transformer& m, double sequence, double sequences) {
  const double with_experts = expert_layers(m);
  const double weights =
      m.layers * attention_parameters(m) + dense_layers(m) * mlp_parameters(m) +
      with_experts * (shared_expert_parameters(m) + m.experts_per_token * expert_parameters(m)) +
      m.vocabulary * m.hidden;
  const double attention =
      3 * m.layers * attention_flops_per_pair(m, LatentForm::Expanded) * sequence;
  return Flops{(6 * weights + attention) * sequence * sequences};
}

double model_flops_utilization(const Transformer& model, const DeviceSpec& device,
                               const TrainingPlan& plan, Seconds step) {
  const Flops asked = step_flops(model, plan.sequence, plan.global_batch);
  return asked / step / (*device.peaks.bf16 * static_cast<double>(plan.devices()));
}

}  // namespace chokepoint
