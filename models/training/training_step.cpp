#include "models/training/training_step.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/performance/attention.hpp"
#include "models/performance/feed_forward.hpp"

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
CopyExchange TrainingEstimator::copy_exchange(const TrainingPlan& plan, const StageWeights& weights,
                                              Seconds microbatch, Seconds layers) const {
  if (plan.copies() * plan.tensor == 1) return {};
  const TrainingCoefficients& c = system_.coefficients;
  const auto [reduce, gather] = exchange_.copies(plan, weights);
  if (gathers_in_microbatches(plan, system_.traits)) {
    const double twice = plan.zero >= 3 ? 2.0 : 1.0;
    const Seconds each = gather * twice + reduce;
    const Seconds waited = std::max(each - microbatch * c.data_hidden,
                                    each * ((1 - c.data_hidden) * kNeverHiddenSharded));
    const double m = plan.microbatches();
    return {reduce * m, gather * (twice * m), waited * m, m, twice * m};
  }
  // Interleaved, the first chunk's gradients are done long before the last one's.
  const double chunks = plan.chunks;
  const double ahead = chunks > 1 ? std::max(1.0, plan.pipeline * (chunks - 1) / chunks) : 1.0;
  const double window = std::min(ahead, static_cast<double>(plan.microbatches()));
  const bool is_sent_by_rank = system_.traits.broadcasts_parameters && plan.sharded == 0;
  const Seconds all = reduce + gather;
  Seconds waited = std::max(all - layers * (c.data_hidden * window), all * kNeverHidden);
  if (is_sent_by_rank) waited += Seconds{c.broadcast_ms * 1e-3 * plan.copies()};
  return {reduce, gather, waited};
}

StepPieces TrainingEstimator::pieces(const TrainingPlan& plan) const {
  const Transformer& model = system_.model;
  const TrainingCoefficients& c = system_.coefficients;
  const double all_layers = trained_layers(model);
  const TrainingRates& rates = rates_[static_cast<std::size_t>(plan.format)];
  StepPieces of;
  of.layer = rates.layer(plan);
  of.head = rates.head(plan);
  const LayerTime& layer = of.layer;
  const Seconds forward = layer.forward.total();
  const Seconds backward = layer.backward.total() + layer.recompute + layer.floor;
  const Seconds computing_of_layer = forward + backward;
  of.tensor = exchange_.tensor(plan, computing_of_layer);
  of.context = exchange_.context(plan, layer.forward.attention + layer.backward.attention);
  // What hides one exchange hides no other.
  const Seconds behind =
      plan.expert > 1 ? exchange_.tensor(plan, Seconds{}) - of.tensor : Seconds{};
  of.expert = exchange_.expert(plan, computing_of_layer - behind);
  of.over = exchange_.hand_over(plan, computing_of_layer * (all_layers / plan.stages() / 2));

  const Seconds exchange = of.tensor + of.context + of.expert;
  // A third of exchange goes with the forward pass.
  const Seconds ahead = forward + exchange / 3.0;
  const Seconds back = backward + exchange * (2.0 / 3);
  of.layers = stage_layers(model, plan);
  const auto stage = [&](double count) {
    return StageTime{ahead * count + of.over, back * count + of.over, layer.weights * count};
  };
  of.load = {
      plan.pipeline,           plan.chunks,           plan.microbatches(), stage(of.layers.first),
      stage(of.layers.middle), stage(of.layers.last), plan.schedule};
  of.load.last.forward += of.head.forward;
  of.load.last.backward += of.head.backward;
  of.pipeline = pipeline_time(of.load);
  const double scale = std::log2(std::max(plan.devices() / 8.0, 1.0));
  of.straggling = of.pipeline * (c.straggling * scale);

  const StageWeights of_layer = layer_weights(model, plan);
  const double count = all_layers / plan.pipeline;
  const double tables =
      model.vocabulary * model.hidden / plan.tensor * vocabulary_tables(model, plan);
  of.weights = {of_layer.dense * count + tables, of_layer.experts * count};
  of.copies =
      copy_exchange(plan, of.weights, (ahead + back) * count + of.head.forward + of.head.backward,
                    (forward + backward) * count);
  const StateShards shared = plan.zero >= 1 ? state_shards(plan) : StateShards{};
  of.optimizer = Bytes{c.optimizer_bytes *
                       (of.weights.dense / shared.dense + of.weights.experts / shared.experts)} /
                 rates.stream();
  of.host = Seconds{c.host_s};
  return of;
}

StepTime TrainingEstimator::step(const TrainingPlan& plan) const {
  const StepPieces of = pieces(plan);
  const LayerTime& layer = of.layer;
  const double m = plan.microbatches();
  const double here = m * trained_layers(system_.model) / plan.pipeline;
  StepTime time;
  add(time, StepPart::Products, (layer.forward.products + layer.backward.products) * here);
  add(time, StepPart::Experts, (layer.forward.experts + layer.backward.experts) * here);
  add(time, StepPart::Attention, (layer.forward.attention + layer.backward.attention) * here);
  add(time, StepPart::Vector, (layer.forward.vector + layer.backward.vector) * here);
  add(time, StepPart::Recompute, layer.recompute * here);
  add(time, StepPart::Launches, layer.floor * here);
  add(time, StepPart::TensorExchange, of.tensor * here);
  add(time, StepPart::ContextExchange, of.context * here);
  add(time, StepPart::ExpertExchange, of.expert * here);
  add(time, StepPart::Head, (of.head.forward + of.head.backward) * (m / plan.pipeline));
  add(time, StepPart::HandOver, of.over * (2 * m * plan.chunks));
  add(time, StepPart::Bubble, std::max(of.pipeline - time.total(), Seconds{}));
  add(time, StepPart::Straggling, of.straggling);
  add(time, StepPart::CopyExchange, of.copies.waited);
  add(time, StepPart::Optimizer, of.optimizer);
  add(time, StepPart::Host, of.host);
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
