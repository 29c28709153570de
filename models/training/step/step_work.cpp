#include "models/training/step/step_work.hpp"

#include <algorithm>

#include "models/performance/attention.hpp"
#include "models/performance/feed_forward.hpp"

namespace chokepoint {
namespace {

constexpr double kBackwardProducts = 2;
constexpr double kBackwardScores = 2.5;  // Two products ahead, five back.
constexpr double kProductsOfHalf = 0.5;  // Of selective recomputation, where it takes products.

}  // namespace

StepWork::StepWork(const TrainingSystem& system, const TrainingPlan& plan, const StepPieces& pieces)
    : system_(system), plan_(plan), pieces_(pieces) {
  const TrainingRates rates(system, TrainingFormat::Bf16);
  wide_ = rates.large_products();
  stream_ = rates.stream();
  const Transformer& m = system.model;
  const double tokens = plan.tokens();
  dense_ = Flops{2 * layer_weights(m, plan).dense * tokens};
  if (m.experts > 0) {
    experts_ = Flops{2 * tokens * m.experts_per_token * expert_parameters(m) / plan.tensor *
                     expert_layers(m) / m.layers};
  }
  const double span = system.traits.keeps_scores ? plan.sequence : plan.sequence / 2;
  attention_ = attention_prefill(m, tokens, span, plan.tensor).matrix;
  head_ = Flops{2 * tokens * m.hidden * m.vocabulary / plan.tensor * (1 + m.mtp_layers)};
  is_apart_ = plan.schedule == PipelineSchedule::ZeroBubble && plan.pipeline > 1;
}

double StepWork::layers(int stage) const {
  const StageLayers& of = pieces_.layers;
  return stage == plan_.stages() - 1 ? of.last : stage == 0 ? of.first : of.middle;
}

WorkedPart StepWork::products(StepPart part, Seconds time, Flops operations) const {
  const double share = time > Seconds{} ? operations / time / wide_ : 0.0;
  return {part, StepBusy::Device, time, operations, share, {}};
}

WorkedPart StepWork::memory(StepPart part, Seconds time) const {
  return {part, StepBusy::Memory, time, {}, 0, time * stream_};
}

std::vector<WorkedPart> StepWork::of(StepPass pass, int stage) const {
  const bool is_forward = pass == StepPass::Forward;
  const LayerTime& layer = pieces_.layer.layer;
  const LayerPass& way = is_forward ? layer.forward : layer.backward;
  const double n = layers(stage), times = is_forward ? 1 : kBackwardProducts;
  const Seconds apart = is_apart_ && !is_forward ? layer.weights : Seconds{};
  const Seconds of_products = std::min(apart, way.products), of_experts = apart - of_products;
  const double gone = is_apart_ && !is_forward ? 0.5 : 0.0;
  std::vector<WorkedPart> parts;
  if (!is_forward && layer.recompute > Seconds{}) {
    const bool is_full = plan_.recompute == Recompute::Full;
    const Flops again = is_full ? (dense_ + experts_ + attention_) * plan_.recomputed_share
                        : system_.traits.keeps_scores        ? attention_
                        : system_.traits.recomputes_products ? (dense_ + experts_) * kProductsOfHalf
                                                             : Flops{};
    parts.push_back(again > Flops{} ? products(StepPart::Recompute, layer.recompute * n, again * n)
                                    : memory(StepPart::Recompute, layer.recompute * n));
  }
  parts.push_back(products(StepPart::Products, (way.products - of_products) * n,
                           dense_ * (n * times * (1 - gone))));
  parts.push_back(products(StepPart::Experts, (way.experts - of_experts) * n,
                           experts_ * (n * times * (1 - gone))));
  parts.push_back(products(StepPart::Attention, way.attention * n,
                           attention_ * (n * (is_forward ? 1 : kBackwardScores))));
  parts.push_back(memory(StepPart::Vector, way.vector * n));
  const Seconds floor = is_forward  ? layer.floor.forward
                        : is_apart_ ? layer.floor.inputs
                                    : layer.floor.inputs + layer.floor.weights;
  parts.push_back({StepPart::Launches, StepBusy::Host, floor * n, {}, 0, {}});
  if (stage == plan_.stages() - 1) {
    parts.push_back(products(StepPart::Head,
                             is_forward ? pieces_.layer.head.forward : pieces_.layer.head.backward,
                             head_ * times));
  }
  return parts;
}

std::vector<WorkedPart> StepWork::weights(int stage) const {
  const LayerTime& layer = pieces_.layer.layer;
  const double n = layers(stage);
  const Seconds of_products = std::min(layer.weights, layer.backward.products);
  return {products(StepPart::Products, of_products * n, dense_ * n),
          products(StepPart::Experts, (layer.weights - of_products) * n, experts_ * n),
          {StepPart::Launches, StepBusy::Host, layer.floor.weights * n, {}, 0, {}}};
}

Bytes StepWork::gradients() const {
  const double times = plan_.copies() * plan_.tensor == 1 ? 0 : 1;
  return Bytes{(pieces_.ending.weights.dense + pieces_.ending.weights.experts) *
               system_.traits.gradient_bytes * (times * pieces_.ending.copies.reduces)};
}

Bytes StepWork::parameters() const {
  const StateShards shards = state_shards(plan_);
  return Bytes{(pieces_.ending.weights.dense / shards.dense +
                pieces_.ending.weights.experts / shards.experts) *
               (kTrainingBytes * pieces_.ending.copies.gathers)};
}

Bytes StepWork::optimizer() const {
  return pieces_.ending.optimizer * stream_;
}

}  // namespace chokepoint
