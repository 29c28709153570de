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

double fewest_layers(const StageLayers& of) {
  return std::min(of.first, of.last);  // Ends have no more than stages between them.
}

KeptLayers kept_layers(const Transformer& model, const TrainingPlan& plan) {
  return {trained_layers(model) / plan.pipeline, vocabulary_tables(model, plan),
          fewest_layers(stage_layers(model, plan))};
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

// What a device computes of a microbatch in stages of `fewest` layers, while it hides no other
// exchange. Gradients of weights that fill what would be idle are done as they fit: nothing is sure
// to run beside them.
//
// All of this is part of the pipeline, as often as it hides exchange: whatever shortens it by so
// much lengthens what is waited for by no more.
Seconds TrainingEstimator::spare_of_device(const TrainingPlan& plan, const LayerLoad& load,
                                           double fewest) const {
  const bool fills = plan.pipeline > 1 && plan.schedule != PipelineSchedule::OneForwardOneBackward;
  const Seconds weights = fills ? Seconds{} : load.weights();
  const Seconds handed = exchange_.hand_over(plan) * 2.0;
  const Seconds hidden = handed - hand_over(plan, load, fewest).total();
  return ((load.waits.spare.total() + weights) * fewest - hidden) * plan.chunks;
}

// What is left of gradients and parameters on their way between copies when all that can hides
// behind computing: `spare` of layers in a microbatch, and `head`.
CopyExchange TrainingEstimator::copy_exchange(const TrainingPlan& plan, const StageWeights& weights,
                                              Seconds spare, Seconds head) const {
  if (plan.copies() * plan.tensor * plan.directions() == 1) return {};
  const TrainingCoefficients& c = system_.coefficients;
  const auto [reduce, gather] = exchange_.copies(plan, weights);
  if (gathers_in_microbatches(plan, system_.traits)) {
    const double twice = plan.zero >= 3 ? 2.0 : 1.0;
    const Seconds each = gather * twice + reduce;
    const Seconds waited = std::max(each - (spare + head) * c.data_hidden,
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
  Seconds waited = std::max(all - spare * (c.data_hidden * window), all * kNeverHidden);
  if (is_sent_by_rank) waited += Seconds{c.broadcast_ms * 1e-3 * plan.copies()};
  return {reduce, gather, waited};
}

LayerLoad TrainingEstimator::load(const TrainingPlan& plan) const {
  const TrainingRates& rates = rates_[static_cast<std::size_t>(plan.format)];
  LayerLoad made;
  made.layer = rates.layer(plan);
  made.head = rates.head(plan);
  // Whether gradients of weights are passes of their own or not: nothing hides behind them here.
  const LayerTime& layer = made.layer;
  made.waits = exchange_.waits(plan, {{made.forward(), made.inputs()},
                                      {layer.forward.attention, layer.backward.attention},
                                      {layer.floor.forward, layer.floor.inputs}});
  if (plan.directions() > 1) made.dispatch = exchange_.expert(plan);
  return made;
}

StageTime TrainingEstimator::stage(const LayerLoad& load, double layers,
                                   const PassTimes& over) const {
  const PassTimes exchange = load.exchange();
  return {(load.forward() + exchange.forward) * layers + over.forward,
          (load.backward() + exchange.backward) * layers + over.backward, load.weights() * layers};
}

PassTimes TrainingEstimator::hand_over(const TrainingPlan& plan, const LayerLoad& load,
                                       double fewest, std::optional<BytesPerSecond> rate) const {
  const PassTimes& spare = load.waits.spare;
  const Seconds once = rate ? exchange_.hand_over_at(*rate, plan) : exchange_.hand_over(plan);
  return exchange_.hand_over_waited(once, {spare.forward * fewest, spare.backward * fewest});
}

PipelineLoad TrainingEstimator::pipeline(const TrainingPlan& plan, const LayerLoad& load) const {
  const StageLayers layers = stage_layers(system_.model, plan);
  const PassTimes over = hand_over(plan, load, fewest_layers(layers));
  const auto made = [&](double count) {
    StageTime one = stage(load, count, over);
    if (plan.directions() == 1) return one;
    // All of it where a pass is alone; side by side what nothing hides.
    one.forward_hidden = (load.dispatch.forward - load.waits.expert.forward) * count;
    one.backward_hidden = (load.dispatch.backward - load.waits.expert.backward) * count;
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
  of.layers = stage_layers(system_.model, plan);
  of.over = hand_over(plan, of.layer, fewest_layers(of.layers));
  of.load = pipeline(plan, of.layer);
  of.pipeline = pipeline_time(of.load);
  of.straggling = of.pipeline * straggling(plan.devices());
  of.ending = ending(plan, of.layer, kept_layers(system_.model, plan));
  of.host = Seconds{system_.coefficients.host_s};
  return of;
}

double TrainingEstimator::straggling(int devices) const {
  return system_.coefficients.straggling * std::log2(std::max(devices / 8.0, 1.0));
}

StepEnding TrainingEstimator::ending(const TrainingPlan& plan, const LayerLoad& load,
                                     const KeptLayers& kept) const {
  const Transformer& model = system_.model;
  const StageWeights of_layer = layer_weights(model, plan);
  const double layers = kept.layers * plan.directions();
  const double of_tables = model.vocabulary * model.hidden / plan.tensor * kept.tables;
  const StageWeights weights{of_layer.dense * layers + of_tables, of_layer.experts * layers};
  const Seconds head = plan.pipeline == 1 ? load.head.forward + load.head.backward : Seconds{};
  const StateShards shared = plan.zero >= 1 ? state_shards(plan) : StateShards{};
  const Bytes moved{system_.coefficients.optimizer_bytes *
                    (weights.dense / shared.dense + weights.experts / shared.experts)};
  return {weights, copy_exchange(plan, weights, spare_of_device(plan, load, kept.fewest), head),
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
  add(time, StepPart::Launches, load.layer.floor.total() * here);
  add(time, StepPart::TensorExchange, load.waits.tensor.total() * here);
  add(time, StepPart::ContextExchange, load.waits.context.total() * here);
  add(time, StepPart::ExpertExchange, load.waits.expert.total() * here);
  add(time, StepPart::Head, (load.head.forward + load.head.backward) * (m / plan.pipeline));
  const double fewest = fewest_layers(stage_layers(model, plan));
  add(time, StepPart::HandOver, hand_over(plan, load, fewest).total() * (m * plan.chunks));
  add(time, StepPart::Bubble, std::max(pipeline - time.total(), Seconds{}));
  add(time, StepPart::Straggling, pipeline * straggling(plan.devices()));
  const StepEnding last = ending(plan, load, kept_layers(model, plan));
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
