#include "models/performance/iteration.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "models/performance/attention.hpp"
#include "models/performance/expert_exchange.hpp"
#include "models/performance/tiles.hpp"
#include "models/performance/token_work.hpp"

namespace chokepoint {
namespace {

constexpr double kActivationBytes = 2;  // What devices exchange is in 16 bits.
// DeepEP's kernels for prompts take 20 of 132 cores; those for decoding take none.
constexpr double kCoresOfExchange = 0.15;
constexpr double kBlocksFittedAt = 15;  // Matrix over vector rate of a B200, see gemm_fraction().

Seconds microseconds(double us) {
  return Seconds{us * 1e-6};
}

void add(IterationTime& sum, Kernel kernel, Limit limit, Seconds time) {
  sum.by_kernel[static_cast<std::size_t>(kernel)] += time;
  sum.by_limit[static_cast<std::size_t>(limit)] += time;
}

template <class E, std::size_t N>
E greatest(const std::array<Seconds, N>& of) {
  return static_cast<E>(std::max_element(of.begin(), of.end()) - of.begin());
}

// What is left of both roofs where weights are widened on their way to 16-bit units.
double widening(NumericFormat weights, int width, const Coefficients& c) {
  return width == 16 && bits(weights) < 16 ? c.widened_weights : 1.0;
}

Fabric attained_fabric(BytesPerSecond bandwidth, const Coefficients& c) {
  return {bandwidth, microseconds(c.hop_us), microseconds(c.phase_us)};
}

// The rate of a device's matrix units in one format over that of its vector units, as 16-bit
// operations; nothing where vector units are not known.
std::optional<double> matrix_to_vector(const Peaks& peaks, const MatrixRate& rate) {
  if (!peaks.vector_fp16) return std::nullopt;
  return rate.peak / *peaks.vector_fp16 * (rate.bits / 16.0);
}

// Of the peak of matrix units, on products of their own. Sums of block-scaled products are scaled
// and added up by vector units: what that costs goes with how few of these there are.
double gemm_fraction(const Coefficients& c, NumericFormat weights, int width,
                     std::optional<double> matrix_to_vector) {
  if (width != 8) return width == 16 ? c.gemm_16bit : c.gemm_4bit;
  if (weights != NumericFormat::Fp8Block) return c.gemm_8bit;
  const double scarcity =
      std::min(matrix_to_vector.value_or(kBlocksFittedAt) / kBlocksFittedAt, 1.0);
  return c.gemm_8bit / (1 + (1 / c.block_scaled - 1) * scarcity);
}

void add_scaled(IterationTime& sum, const IterationTime& part, double factor) {
  for (std::size_t i = 0; i < kKernels; ++i) sum.by_kernel[i] += part.by_kernel[i] * factor;
  for (std::size_t i = 0; i < kLimits; ++i) sum.by_limit[i] += part.by_limit[i] * factor;
}

Seconds layer_launches(const Transformer& model, const ServingPlan& plan, bool is_4bit,
                       const Coefficients& c) {
  double us = model.layers * c.layer_launch_us + expert_layers(model) * c.expert_launch_us;
  if (model.attention == Transformer::Attention::Mla) us += model.layers * c.latent_launch_us;
  if (is_4bit) us += model.layers * c.quantize_4bit_us;
  if (!plan.has_graphs) us += model.layers * c.eager_launch_us;
  if (plan.precision.experts == NumericFormat::Fp8Block)
    us += expert_layers(model) * c.block_scale_us;
  return microseconds(us);
}

}  // namespace

Seconds IterationTime::total() const {
  return std::accumulate(by_kernel.begin(), by_kernel.end(), Seconds{});
}

Kernel IterationTime::slowest() const {
  return greatest<Kernel>(by_kernel);
}

Limit IterationTime::binding() const {
  return greatest<Limit>(by_limit);
}

Replica::Replica(const ServingSystem& system)
    : model_(system.model),
      plan_(system.plan),
      coefficients_(system.coefficients),
      support_(system.support),
      bandwidth_(*system.device.memory_bandwidth) {
  const Coefficients& c = coefficients_;
  const Peaks& peaks = system.device.peaks;
  const Precision& precision = plan_.precision;
  assert(peaks.bf16 && system.device.memory);
  const FlopsPerSecond vector = peaks.vector_fp16.value_or(*peaks.bf16) * c.vector;
  attention_ = product(peaks, precision.attention, c.weight_bandwidth);
  mlp_ = product(peaks, precision.weights, c.weight_bandwidth);
  shared_ = product(peaks, precision.experts, c.weight_bandwidth);
  head_ = product(peaks, NumericFormat::Fp16, c.weight_bandwidth);
  experts_ = grouped(peaks, bandwidth_);
  const bool is_latent = model_.attention == Transformer::Attention::Mla;
  const double kv_share = is_latent ? c.latent_kv_bandwidth : c.kv_bandwidth;
  const auto ratio = matrix_to_vector(peaks, {*peaks.bf16, 16});
  const auto attained = [&](double share) {
    return *peaks.bf16 * attained_matrix_share(share, c.matrix_alone, ratio);
  };
  decode_roofs_ = {attained(c.attention_decode), vector, bandwidth_ * kv_share};
  prefill_roofs_ = {attained(c.attention_prefill), vector, bandwidth_ * kv_share};
  vector_roofs_ = {*peaks.bf16, vector, bandwidth_};
  cores_ = system.device.matrix_cores;
  kv_bytes_ = bytes_per_value(precision.kv);
  routing_ = {c.routing_diversity, c.expert_skew,
              plan_.expert_parallel ? static_cast<double>(plan_.stage_devices()) : 1.0};
  fabric_ = {attained_fabric(system.links.scaleup * c.link, c),
             attained_fabric(system.links.scaleout * c.outer_link, c),
             static_cast<double>(std::min(system.links.domain, plan_.stage_devices()))};
  const auto main = model_.experts > 0 ? precision.experts : precision.weights;
  const bool is_4bit = matrix_rate(peaks, main, precision.activations).bits == 4;
  launches_ = layer_launches(model_, plan_, is_4bit, c);
  may_overlap_ = plan_.dispatches_tokens() && plan_.stage_devices() > fabric_.inner_ranks;
}

Replica::Product Replica::product(const Peaks& peaks, NumericFormat weights,
                                  double bandwidth_share) const {
  const Coefficients& c = coefficients_;
  const MatrixRate rate = matrix_rate(peaks, weights, plan_.precision.activations);
  Product made;
  if (rate.bits == 4) bandwidth_share *= c.weight_bandwidth_4bit;
  const double widened = widening(weights, rate.bits, c);
  const auto ratio = matrix_to_vector(peaks, rate);
  const double share =
      attained_matrix_share(gemm_fraction(c, weights, rate.bits, ratio), c.matrix_alone, ratio);
  made.roofs = {rate.peak * (share * widened), rate.peak, bandwidth_ * (bandwidth_share * widened)};
  made.bytes_per_weight = bytes_per_value(weights);
  made.half_rows = c.gemm_half_rows;
  return made;
}

Replica::Product Replica::grouped(const Peaks& peaks, BytesPerSecond bandwidth) const {
  const Coefficients& c = coefficients_;
  const NumericFormat weights = plan_.precision.experts;
  const MatrixRate rate = matrix_rate(peaks, weights, plan_.precision.activations);
  const double in_4bit = rate.bits == 4 ? c.grouped_gemm_4bit : 1.0;
  const double widened = widening(weights, rate.bits, c);
  Product made;
  const auto ratio = matrix_to_vector(peaks, rate);
  const double fitted = gemm_fraction(c, weights, rate.bits, ratio) * c.grouped_gemm * in_4bit;
  const double share = attained_matrix_share(fitted, c.matrix_alone, ratio);
  made.roofs.matrix = rate.peak * (share * widened);
  made.roofs.vector = rate.peak;
  made.roofs.memory = bandwidth * (c.expert_bandwidth * widened);
  made.bytes_per_weight = bytes_per_value(weights);
  made.half_rows = c.expert_half_rows;
  return made;
}

void Replica::add_operator(const OperatorWork& work, const KernelTime& native, double times,
                           IterationTime& sum) const {
  const SupportedTime time = supported_time(work, native, support_);
  add(sum, work.kernel, time.native.limit, time.native.time * times);
  add(sum, work.kernel, time.fallback.limit, time.fallback.time * times);
}

void Replica::add_product(const OperatorWork& work, const Product& product, double times,
                          IterationTime& sum) const {
  AttainedRoofs roofs = product.roofs;
  if (work.rows > 0) roofs.matrix = roofs.matrix * saturation(work.rows, product.half_rows);
  if (cores_ && work.rows > 0) roofs.matrix = roofs.matrix * wave_share(work, *cores_);
  add_operator(work, kernel_time(work, roofs), times, sum);
}

void Replica::add_attention(const IterationLoad& load, IterationTime& sum) const {
  const double groups = plan_.attention_dp, shards = plan_.tensor, layers = model_.layers;
  const double tokens = (load.decode_tokens + load.prefill_tokens) / groups;
  add_product(attention_projection(model_, tokens, shards, attention_.bytes_per_weight), attention_,
              layers, sum);
  if (load.decode_tokens > 0) {
    const DecodeLoad each{load.decode_tokens / groups, load.sequences / groups,
                          load.decode_context};
    const OperatorWork work = attention_decode(model_, each, shards, kv_bytes_);
    add_operator(work, kernel_time(work, decode_roofs_), layers, sum);
    const OperatorWork states = linear_decode(model_, each, shards);
    add_operator(states, kernel_time(states, decode_roofs_), model_.linear_layers, sum);
  }
  if (load.prefill_tokens > 0) {
    const OperatorWork work =
        attention_prefill(model_, load.prefill_tokens / groups, load.prefill_span, shards);
    add_operator(work, kernel_time(work, prefill_roofs_), layers, sum);
    const OperatorWork states = linear_prefill(model_, load.prefill_tokens / groups, shards);
    add_operator(states, kernel_time(states, prefill_roofs_), model_.linear_layers, sum);
  }
  const OperatorWork work = vector_work(model_, tokens, coefficients_.activation_passes);
  add_operator(work, kernel_time(work, vector_roofs_), layers, sum);
}

void Replica::add_feed_forward(double tokens, IterationTime& sum) const {
  const double shards = plan_.stage_devices();
  const double dense = dense_layers(model_), sparse = expert_layers(model_);
  if (dense > 0) {
    add_product(mlp(model_, tokens, shards, mlp_.bytes_per_weight), mlp_, dense, sum);
  }
  if (sparse <= 0) return;
  add_product(experts(model_, tokens, shards, experts_.bytes_per_weight, routing_), experts_,
              sparse, sum);
  const double share =
      routing_.devices > 1 ? expert_imbalance(model_, tokens, routing_) / shards : 1.0;
  const double inner = routing_.devices > 1 ? model_.expert_ffn : model_.expert_ffn / shards;
  const OperatorWork visits =
      expert_vector_work(model_, tokens * model_.experts_per_token * share, inner);
  add_operator(visits, kernel_time(visits, vector_roofs_), sparse, sum);
  if (model_.shared_experts > 0) {
    const bool is_local = plan_.dispatches_tokens();
    const OperatorWork shared =
        is_local ? shared_experts(model_, tokens / shards, 1, shared_.bytes_per_weight)
                 : shared_experts(model_, tokens, shards, shared_.bytes_per_weight);
    add_product(shared, shared_, sparse, sum);
  }
}

void Replica::add_ends(const IterationLoad& load, double tokens, IterationTime& sum) const {
  const double logits = std::max(load.sequences, 1.0);
  const OperatorWork last = head(model_, logits, plan_.stage_devices());
  add_operator(last, kernel_time(last, head_.roofs), 1, sum);
  const OperatorWork first = embedding(model_, tokens);
  add_operator(first, kernel_time(first, vector_roofs_), 1, sum);
}

// With attention data parallel, in all layers of a stage or of all stages.
Seconds Replica::exchanges_with_groups(double tokens) const {
  const double devices = plan_.stage_devices(), tensor = plan_.tensor;
  const Bytes all{tokens * model_.hidden * kActivationBytes};
  const Seconds gather = all_gather(fabric_, {devices, all});
  // Scatter sums after attention, gather before the next one.
  const Seconds in_group = all_gather(fabric_, {tensor, all / double(plan_.attention_dp)});
  const Seconds everywhere = in_group * (2 * model_.layers);
  if (!plan_.dispatches_tokens()) return everywhere + gather * (2 * model_.layers);
  TokenSpread spread{tokens, devices, kActivationBytes, expert_imbalance(model_, tokens, routing_)};
  const Seconds combine = expert_exchange(model_, fabric_, spread);
  spread.bytes_per_value = bytes_per_value(plan_.precision.activations);
  const Seconds dispatch = expert_exchange(model_, fabric_, spread);
  return everywhere + gather * (2 * dense_layers(model_)) +
         (dispatch + combine) * expert_layers(model_);
}

void Replica::add_exchanges(double tokens, IterationTime& sum) const {
  const Exchange exchange{static_cast<double>(plan_.stage_devices()),
                          Bytes{tokens * model_.hidden * kActivationBytes}};
  if (plan_.stage_devices() > 1) {
    add(sum, Kernel::Collective, Limit::Link,
        plan_.attention_dp > 1 ? exchanges_with_groups(tokens)
                               : all_reduce(fabric_, exchange) * (2 * model_.layers));
  }
  if (plan_.pipeline > 1) {
    const Seconds hand_over = point_to_point(fabric_.outer, exchange.bytes / exchange.ranks);
    add(sum, Kernel::Collective, Limit::Link, hand_over * (plan_.pipeline - 1.0));
  }
}

void Replica::add_host(const IterationLoad& load, IterationTime& sum) const {
  const Coefficients& c = coefficients_;
  add(sum, Kernel::Host, Limit::Overhead,
      microseconds(c.host_us + c.host_per_sequence_us * load.sequences / plan_.attention_dp));
}

void Replica::add_layers(const IterationLoad& load, IterationTime& sum) const {
  add_attention(load, sum);
  add_feed_forward(load.decode_tokens + load.prefill_tokens, sum);
  add(sum, Kernel::Host, Limit::Overhead, launches_);
}

IterationTime Replica::one_after_the_other(const IterationLoad& load) const {
  IterationTime sum;
  add_layers(load, sum);
  add_exchanges(load.decode_tokens + load.prefill_tokens, sum);
  return sum;
}

IterationTime Replica::in_two_halves(const IterationLoad& load) const {
  IterationLoad half = load;
  half.decode_tokens /= 2, half.sequences /= 2, half.prefill_tokens /= 2;
  IterationTime computed, exchanged, sum;
  add_layers(half, computed);
  add_exchanges(half.decode_tokens + half.prefill_tokens, exchanged);
  const double cores = load.prefill_tokens > 0 ? 1 - kCoresOfExchange : 1.0;
  const Seconds compute = computed.total() / cores, exchange = exchanged.total();
  add_scaled(sum, computed, 2 / cores);
  const Seconds waited = std::max(exchange - compute, Seconds{}) * 2.0 + exchange / model_.layers;
  add(sum, Kernel::Collective, Limit::Link, waited);
  return sum;
}

IterationTime Replica::time(const IterationLoad& load) const {
  IterationTime sum = one_after_the_other(load);
  if (may_overlap_) {
    const IterationTime halves = in_two_halves(load);
    if (halves.total() < sum.total()) sum = halves;
  }
  add_host(load, sum);
  add_ends(load, load.decode_tokens + load.prefill_tokens, sum);
  return sum;
}

}  // namespace chokepoint
