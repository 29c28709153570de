#include "models/training/layer_time.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "models/performance/attention.hpp"
#include "models/performance/backward.hpp"
#include "models/performance/feed_forward.hpp"
#include "models/performance/roof.hpp"
#include "models/performance/tiles.hpp"
#include "models/performance/token_work.hpp"
#include "models/training/layer_launches.hpp"

namespace chokepoint {
namespace {

constexpr double kBackwardVector = 1.6, kBackwardCasts = 1.5;
constexpr double kBackwardAttentionRate = 0.85;  // Source: Dao, FlashAttention-2, 2023.
constexpr double kBackwardScoreBytes = 1.1;
constexpr double kRecomputedVector = 0.7, kRecomputedProducts = 0.5;
constexpr double kHalfRows = 16;  // As in serving: tokens of one expert's product.
constexpr GradientFormat kNoGradients{0, 0, Scores::Recomputed};  // They are added up apart.
constexpr double kMost = 0.98;                                    // Of any peak.
constexpr double kUsualHead = 128;
// What products keep of their rate where rows of an operand do not begin at multiples of 16 bytes.
// Source: nanoGPT, whose steps took a quarter more with a vocabulary of 50,257 than of 50,304: its
// head, a quarter of the work, took twice as long.
constexpr double kOddColumns = 0.5;
constexpr double kUsualPower = 0.707e-12;  // Watts per FLOP/s of an H100: 700 W, 989.4 TFLOPS.

// What a device's power leaves of its peak.
double power_share(const DeviceSpec& device, double exponent) {
  if (!device.tdp || !device.peaks.bf16) return 1;
  const double watts = device.tdp->value / device.peaks.bf16->value / kUsualPower;
  return watts < 1 ? std::pow(watts, exponent) : 1;
}

FlopsPerSecond peak_in(const Peaks& peaks, TrainingFormat format) {
  switch (format) {
    case TrainingFormat::Bf16:
      return *peaks.bf16;
    case TrainingFormat::Fp8:
    case TrainingFormat::Mxfp8:
      return peaks.fp8.value_or(*peaks.bf16);
    case TrainingFormat::Nvfp4:
      return peaks.fp4.value_or(peaks.fp8.value_or(*peaks.bf16));
  }
  assert(false);
  return {};
}

double gate_halves(const Transformer& model) {
  return model.gated_mlp ? 2.0 : 1.0;
}

OperatorWork experts_of(const TrainingSystem& system, const TrainingPlan& plan) {
  const Transformer& model = system.model;
  const double skew = system.traits.drops_tokens ? 0.0 : system.coefficients.expert_skew;
  if (plan.expert == 1)
    return experts(model, plan.tokens(), plan.tensor, kTrainingBytes, {1, 0, 1});
  // Ranks of tensor parallelism that keep experts of their own have a part of the tokens each.
  const double division = expert_division(plan), ranks = plan.expert;
  const double tokens = plan.tokens() * ranks * division / plan.tensor;
  const auto work_of = [&](const Transformer& m) {
    return experts(m, tokens, ranks, kTrainingBytes, {1, skew, ranks});
  };
  OperatorWork work = work_of(model);
  if (division > 1) {
    Transformer part = model;
    part.expert_ffn /= division;
    work = work_of(part);
  }
  if (system.traits.drops_tokens) {
    work.matrix -= work.repeated;
    work.repeated = Flops{};
  }
  return work;
}

// Norms, activations and residuals of a layer without experts, in values for a token.
double vector_values(const Transformer& m, const TrainingPlan& plan) {
  const double shards = plan.tensor;
  const double norms = 14 * m.hidden / (plan.sequence_parallel ? shards : 1.0);
  return norms + 3 * (m.heads + 2 * m.kv_heads) * score_width(m) / shards;
}

double inner_values(const Transformer& m, double inner) {
  const double g = gate_halves(m);
  return (2 + g / 2) * g * inner;
}

}  // namespace

StageWeights layer_weights(const Transformer& m, const TrainingPlan& plan) {
  const double with_experts = expert_layers(m) / m.layers;
  StageWeights weights;
  weights.dense = attention_parameters_per_device(m, plan.tensor) +
                  (1 - with_experts) * mlp_parameters(m) / plan.tensor +
                  with_experts * shared_expert_parameters(m) / plan.tensor;
  weights.experts =
      with_experts * m.experts * expert_parameters(m) / (plan.expert * expert_division(plan));
  return weights;
}

TrainingRates::TrainingRates(const TrainingSystem& system, TrainingFormat format)
    : system_(system) {
  const TrainingCoefficients& c = system.coefficients;
  assert(system.device.peaks.bf16 && system.device.memory_bandwidth);
  const double share = c.gemm * power_share(system.device, c.power) * c.compute;
  wide_ = *system.device.peaks.bf16 * std::min(share, kMost);
  is_narrow_ = format != TrainingFormat::Bf16;
  peak_ = is_narrow_ ? peak_in(system.device.peaks, format) * std::min(share * c.narrow_gemm, kMost)
                     : wide_;
  stream_ = *system.device.memory_bandwidth * (kStreamed * std::min(c.compute, 1 / kStreamed));
  expert_share_ = expert_layers(system.model) / system.model.layers;
}

TrainingRates::BothWays TrainingRates::product(const OperatorWork& work, FlopsPerSecond peak,
                                               double factor) const {
  const TrainingCoefficients& c = system_.coefficients;
  double share = work.shape.depth / (work.shape.depth + c.depth_half) * factor;
  if (system_.device.matrix_cores) {
    share *= std::pow(wave_share(work, *system_.device.matrix_cores), c.wave);
  }
  if (work.kernel == Kernel::GroupedGemm) share *= saturation(work.rows, kHalfRows);
  const AttainedRoofs roofs{peak * share, peak, stream_};
  return {kernel_time(work, roofs).time, kernel_time(backward(work, kNoGradients), roofs).time};
}

TrainingRates::BothWays TrainingRates::attention(const TrainingPlan& plan) const {
  const TrainingCoefficients& c = system_.coefficients;
  const Transformer& model = system_.model;
  const bool is_kept = system_.traits.keeps_scores;
  const double span = is_kept ? plan.sequence : plan.sequence / 2;
  const OperatorWork work = attention_prefill(model, plan.tokens(), span, plan.tensor);
  const Scores scores = is_kept ? Scores::Kept : Scores::Recomputed;
  const OperatorWork back = backward(work, {0, 0, scores});
  const FlopsPerSecond peak = *system_.device.peaks.bf16;
  if (is_kept) {
    const Bytes moved{plan.tokens() * plan.sequence * model.heads / plan.tensor * c.score_bytes};
    const FlopsPerSecond rate = peak * std::min(c.score_products * c.compute, kMost);
    return {work.matrix / rate + moved / stream_,
            back.matrix / rate + moved * kBackwardScoreBytes / stream_};
  }
  const double width = std::min(score_width(model) / kUsualHead, 1.0);
  const double share =
      c.flash * std::pow(width, c.wide_head) / (1 + c.short_sequence / plan.sequence);
  const double loss =
      plan.context > 1 ? 1 + c.context_loss * std::max(1 - 2.0 / plan.context, 0.0) : 1.0;
  const FlopsPerSecond rate = peak * std::min(share / loss * c.compute, kMost);
  return {work.matrix / rate, back.matrix / (rate * kBackwardAttentionRate)};
}

Seconds TrainingRates::vector_work(const TrainingPlan& plan) const {
  const TrainingCoefficients& c = system_.coefficients;
  const Transformer& m = system_.model;
  double values = vector_values(m, plan) +
                  (1 - expert_share_) * inner_values(m, m.ffn / plan.tensor) +
                  expert_share_ * inner_values(m, m.shared_experts * m.expert_ffn / plan.tensor);
  values *= c.vector;
  const double visit = c.dispatch_passes * m.hidden + 4 * m.expert_ffn;
  values += c.vector * expert_share_ * m.experts_per_token / plan.tensor * visit;
  return Bytes{values * plan.tokens() * kTrainingBytes} / stream_;
}

Seconds TrainingRates::casts(const TrainingPlan& plan) const {
  if (!is_narrow_) return {};
  const Transformer& m = system_.model;
  const StageWeights weights = layer_weights(m, plan);
  const double inner = m.heads * score_width(m) + (1 - expert_share_) * m.ffn;
  const double visits =
      expert_share_ * m.experts_per_token * (m.hidden + m.expert_ffn) / plan.tensor;
  const double inputs = plan.tokens() * (2 * m.hidden + 1.5 * inner / plan.tensor + visits);
  const double values = inputs + (weights.dense + weights.experts) / 2;
  return Bytes{values * system_.coefficients.cast_bytes} / stream_;
}

TrainingRates::BothWays TrainingRates::products(const TrainingPlan& plan) const {
  const Transformer& m = system_.model;
  const double t = plan.tensor, tokens = plan.tokens();
  BothWays sum = product(attention_projection(m, tokens, t, kTrainingBytes), peak_, 1);
  const auto add = [&](const OperatorWork& work, double layers) {
    const BothWays one = product(work, peak_, 1);
    sum.forward += one.forward * layers;
    sum.backward += one.backward * layers;
  };
  if (expert_share_ < 1) add(mlp(m, tokens, t, kTrainingBytes), 1 - expert_share_);
  if (expert_share_ > 0 && m.shared_experts > 0) {
    add(shared_experts(m, tokens, t, kTrainingBytes), expert_share_);
  }
  return sum;
}

Seconds TrainingRates::recomputed(const TrainingPlan& plan, const LayerPass& forward) const {
  switch (plan.recompute) {
    case Recompute::None:
      return {};
    case Recompute::Selective:
      if (system_.traits.keeps_scores) return forward.attention;
      return forward.vector * kRecomputedVector +
             (system_.traits.recomputes_products
                  ? (forward.products + forward.experts) * kRecomputedProducts
                  : Seconds{});
    case Recompute::Full:
      return forward.total() * (plan.recomputed_share * system_.coefficients.recompute);
  }
  assert(false);
  return {};
}

// A soft maximum of computing and launching, the rest of which is what is waited for.
Seconds TrainingRates::waiting(double launches, Seconds busy) const {
  const double host = system_.coefficients.launch_us * 1e-6 * launches;
  const double square = host * host / (busy.value * busy.value);
  return busy * (std::sqrt(std::sqrt(1 + square * square)) - 1);
}

LayerTime TrainingRates::layer(const TrainingPlan& plan) const {
  const StageWeights weights = layer_weights(system_.model, plan);
  const double each = system_.coefficients.gradient_bytes;
  const BothWays product_time = products(plan), attention_time = attention(plan);
  const Seconds vector = vector_work(plan), cast = casts(plan);
  LayerTime time;
  time.forward = {product_time.forward, {}, attention_time.forward, vector + cast};
  time.backward = {product_time.backward + Bytes{weights.dense * each} / stream_,
                   {},
                   attention_time.backward,
                   vector * kBackwardVector + cast * kBackwardCasts};
  time.weights = product_time.backward / 2.0;
  if (expert_share_ > 0) {
    const BothWays routed = product(experts_of(system_, plan), peak_, system_.coefficients.experts);
    time.forward.experts = routed.forward * expert_share_;
    time.backward.experts =
        routed.backward * expert_share_ + Bytes{weights.experts * each} / stream_;
    time.weights += routed.backward * (expert_share_ / 2);
  }
  time.recompute = recomputed(plan, time.forward);
  // Each pass by itself: what is slower in one pass hides no launches of another.
  const LayerLaunches launches = layer_launches(system_, plan);
  time.floor = {waiting(launches.forward, time.forward.total()),
                waiting(launches.inputs, time.backward.total() - time.weights + time.recompute),
                waiting(launches.weights, time.weights)};
  return time;
}

HeadTime TrainingRates::head(const TrainingPlan& plan) const {
  const TrainingCoefficients& c = system_.coefficients;
  const double logits = plan.tokens() * system_.model.vocabulary / plan.tensor;
  const double across = system_.model.vocabulary / plan.tensor;
  const bool is_odd = !system_.traits.pads_vocabulary && std::fmod(std::floor(across), 8) != 0;
  const BothWays time = product(chokepoint::head(system_.model, plan.tokens(), plan.tensor), wide_,
                                is_odd ? kOddColumns : 1);
  const Seconds moved = Bytes{logits * c.logit_bytes} / stream_;
  const double heads = 1 + system_.model.mtp_layers;
  const auto pass = [&](Seconds products, double share) {
    const Seconds busy = products + moved * share;
    return (busy + waiting(kLaunchesOfEnds * share, busy)) * heads;
  };
  return {pass(time.forward, 1.0 / 3), pass(time.backward, 2.0 / 3)};
}

}  // namespace chokepoint
