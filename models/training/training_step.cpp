#include "models/training/training_step.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/performance/attention.hpp"
#include "models/performance/feed_forward.hpp"

namespace chokepoint {
namespace {

constexpr double kForwardExchange = 1.0 / 3;  // Of exchange of a layer: the rest is backward.
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
  if (plan.copies() * plan.tensor * plan.directions() == 1) return {};
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

LayerLoad TrainingEstimator::load(const TrainingPlan& plan) const {
  const TrainingRates& rates = rates_[static_cast<std::size_t>(plan.format)];
  LayerLoad made;
  made.layer = rates.layer(plan);
  made.head = rates.head(plan);
  const Seconds computing = made.computing();
  made.tensor = exchange_.tensor(plan, computing);
  made.context =
      exchange_.context(plan, made.layer.forward.attention + made.layer.backward.attention);
  if (plan.expert == 1) return made;
  // What hides one exchange hides no other.
  const Seconds behind = exchange_.tensor(plan, Seconds{}) - made.tensor;
  made.expert = exchange_.expert(plan, computing - behind);
  made.dispatch = exchange_.expert(plan, Seconds{});
  return made;
}

StageTime TrainingEstimator::stage(const LayerLoad& load, double layers, Seconds over_ahead,
                                   Seconds over_back) const {
  const Seconds exchange = load.exchange();
  return {(load.forward() + exchange * kForwardExchange) * layers + over_ahead,
          (load.backward() + exchange * (1 - kForwardExchange)) * layers + over_back,
          load.layer.weights * layers};
}

Seconds TrainingEstimator::hand_over(const TrainingPlan& plan, const LayerLoad& load,
                                     std::optional<BytesPerSecond> rate) const {
  const Seconds computing = load.computing() * (trained_layers(system_.model) / plan.stages() / 2);
  return rate ? exchange_.hand_over_at(*rate, plan, computing)
              : exchange_.hand_over(plan, computing);
}

PipelineLoad TrainingEstimator::pipeline(const TrainingPlan& plan, const LayerLoad& load) const {
  const Seconds over = hand_over(plan, load);
  const StageLayers layers = stage_layers(system_.model, plan);
  const auto made = [&](double count) {
    StageTime one = stage(load, count, over, over);
    if (plan.directions() == 1) return one;
    // All of it where a pass is alone; side by side what nothing hides.
    const Seconds hidden = (load.dispatch - load.expert) * count;
    one.forward_hidden = hidden * kForwardExchange;
    one.backward_hidden = hidden * (1 - kForwardExchange);
    one.forward += one.forward_hidden;
    one.backward += one.backward_hidden;
    return one;
  };
  PipelineLoad whole{plan.pipeline,      plan.chunks,         plan.microbatches(),
                     made(layers.first), made(layers.middle), made(layers.last),
                     plan.schedule};
  whole.last.forward += load.head.forward;
  whole.last.backward += load.head.backward;
  return whole;
}

StepTime TrainingEstimator::step(const TrainingPlan& plan, const LayerLoad& load) const {
  return step(plan, load, pipeline_time(pipeline(plan, load)));
}

StepPieces TrainingEstimator::pieces(const TrainingPlan& plan) const {
  StepPieces of;
  of.layer = load(plan);
  of.over = hand_over(plan, of.layer);
  of.layers = stage_layers(system_.model, plan);
  of.load = pipeline(plan, of.layer);
  of.pipeline = pipeline_time(of.load);
  of.straggling = of.pipeline * straggling(plan.devices());
  of.ending = ending(plan, of.layer, trained_layers(system_.model) / plan.pipeline,
                     vocabulary_tables(system_.model, plan));
  of.host = Seconds{system_.coefficients.host_s};
  return of;
}

double TrainingEstimator::straggling(int devices) const {
  return system_.coefficients.straggling * std::log2(std::max(devices / 8.0, 1.0));
}

StepEnding TrainingEstimator::ending(const TrainingPlan& plan, const LayerLoad& load, double layers,
                                     double tables) const {
  const Transformer& model = system_.model;
  const StageWeights of_layer = layer_weights(model, plan);
  const double kept = layers * plan.directions();
  const double of_tables = model.vocabulary * model.hidden / plan.tensor * tables;
  const StageWeights weights{of_layer.dense * kept + of_tables, of_layer.experts * kept};
  const Seconds microbatch =
      (load.computing() + load.exchange()) * layers + load.head.forward + load.head.backward;
  const StateShards shared = plan.zero >= 1 ? state_shards(plan) : StateShards{};
  const Bytes moved{system_.coefficients.optimizer_bytes *
                    (weights.dense / shared.dense + weights.experts / shared.experts)};
  return {weights, copy_exchange(plan, weights, microbatch, load.computing() * layers),
          moved / rates_[static_cast<std::size_t>(plan.format)].stream()};
}

StepTime TrainingEstimator::step(const TrainingPlan& plan, const LayerLoad& load,
                                 Seconds pipeline) const {
  const Transformer& model = system_.model;
  const double all_layers = trained_layers(model);
  const double m = plan.microbatches();
  const double here = m * all_layers / plan.pipeline;
  const LayerPass &forward = load.layer.forward, &backward = load.layer.backward;
  StepTime time;
  add(time, StepPart::Products, (forward.products + backward.products) * here);
  add(time, StepPart::Experts, (forward.experts + backward.experts) * here);
  add(time, StepPart::Attention, (forward.attention + backward.attention) * here);
  add(time, StepPart::Vector, (forward.vector + backward.vector) * here);
  add(time, StepPart::Recompute, load.layer.recompute * here);
  add(time, StepPart::Launches, load.layer.floor * here);
  add(time, StepPart::TensorExchange, load.tensor * here);
  add(time, StepPart::ContextExchange, load.context * here);
  add(time, StepPart::ExpertExchange, load.expert * here);
  add(time, StepPart::Head, (load.head.forward + load.head.backward) * (m / plan.pipeline));
  add(time, StepPart::HandOver, hand_over(plan, load) * (2 * m * plan.chunks));
  add(time, StepPart::Bubble, std::max(pipeline - time.total(), Seconds{}));
  add(time, StepPart::Straggling, pipeline * straggling(plan.devices()));
  const StepEnding last =
      ending(plan, load, all_layers / plan.pipeline, vocabulary_tables(model, plan));
  add(time, StepPart::CopyExchange, last.copies.waited);
  add(time, StepPart::Optimizer, last.optimizer);
  add(time, StepPart::Host, Seconds{system_.coefficients.host_s});
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
