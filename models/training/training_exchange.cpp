#include "models/training/training_exchange.hpp"

#include <algorithm>
#include <cmath>

#include "models/performance/expert_exchange.hpp"
#include "models/performance/feed_forward.hpp"

namespace chokepoint {
namespace {

constexpr double kBehindAttention = 0.7;  // Of attention, that hides a ring of keys and values.
constexpr double kScaleupOfCopies = 0.7;  // Of scale-up links, in long exchanges of gradients.
constexpr double kHiddenByComputing =
    0.7;  // Of computing, that exchange with experts hides behind.

// What is left of an exchange where a share of it hides, if there is computing for that.
Seconds waited_for(Seconds all, double hidden, Seconds computing) {
  return all - std::min(all * hidden, computing);
}

double key_values(const Transformer& m) {
  return m.attention == Transformer::Attention::Mla ? 2 * m.heads * m.v_head_dim
                                                    : 2 * m.kv_heads * m.head_dim;
}

}  // namespace

TrainingExchange::TrainingExchange(const TrainingSystem& system)
    : system_(system),
      outer_(system.links.scaleout * system.coefficients.outer_link),
      hop_(system.coefficients.hop_us * 1e-6) {
  fabric_ = {{system.links.scaleup, hop_, hop_ * 2.0},
             {outer_, hop_, hop_ * 2.0},
             static_cast<double>(system.links.domain)};
}

Seconds TrainingExchange::tensor(const TrainingPlan& plan, Seconds computing) const {
  if (plan.tensor == 1) return {};
  const TrainingCoefficients& c = system_.coefficients;
  const double ranks = plan.tensor, domain = fabric_.inner_ranks;
  Hierarchy fabric = fabric_;
  double share = c.tensor_link;
  if (system_.is_mesh && ranks < domain) share *= (ranks - 1) / (domain - 1);
  fabric.inner.bandwidth = fabric.inner.bandwidth * share;
  const Bytes all{plan.tokens() * system_.model.hidden * kTrainingBytes};
  const double again = plan.recompute == Recompute::Full ? 2 * plan.recomputed_share : 0.0;
  const double hidden = system_.traits.overlaps_tensor ? c.tensor_hidden : 0.0;
  return waited_for(all_reduce(fabric, {ranks, all}) * (4 + again), hidden, computing);
}

Seconds TrainingExchange::context(const TrainingPlan& plan, Seconds attention) const {
  if (plan.context == 1) return {};
  const double ranks = plan.context;
  const Bytes rows{3 * plan.tokens() * key_values(system_.model) * kTrainingBytes / plan.tensor};
  const bool is_inside = plan.context * plan.tensor <= system_.links.domain;
  const BytesPerSecond rate =
      is_inside ? system_.links.scaleup * system_.coefficients.expert_link : outer_;
  // Every other rank's keys and values pass by; plan.tokens() are those of one rank.
  const Seconds ring = rows * (2 * (ranks - 1)) / rate;
  return std::max(ring - attention * kBehindAttention, Seconds{});
}

Seconds TrainingExchange::expert(const TrainingPlan& plan, Seconds computing) const {
  const Transformer& m = system_.model;
  if (plan.expert == 1 || m.experts <= 0) return {};
  const TrainingCoefficients& c = system_.coefficients;
  Hierarchy fabric = fabric_;
  fabric.inner.bandwidth = fabric.inner.bandwidth * c.expert_link;
  fabric.inner_ranks = std::min(fabric.inner_ranks, static_cast<double>(plan.expert));
  const double ranks = plan.expert;
  const Bytes visits{plan.tokens() * m.hidden * kTrainingBytes / plan.tensor * m.experts_per_token};
  const double of_all = plan.tokens() * ranks / plan.tensor;
  const Seconds once = system_.traits.dispatches_once
                           ? expert_exchange(m, fabric, {of_all, ranks, kTrainingBytes, 1})
                           : all_to_all(fabric, {ranks, visits}, visits);
  const Seconds all = once * (4 * expert_layers(m) / m.layers);
  const double hidden = system_.traits.hides_dispatch ? 1.0 : c.expert_hidden;
  return waited_for(all, hidden, computing * kHiddenByComputing);
}

Seconds TrainingExchange::hand_over(const TrainingPlan& plan, Seconds computing) const {
  if (plan.pipeline == 1) return {};
  const double shards = plan.sequence_parallel ? plan.tensor : 1.0;
  const Bytes rows{plan.tokens() * system_.model.hidden * kTrainingBytes / shards};
  const bool is_inside = plan.devices() <= system_.links.domain;
  const BytesPerSecond rate =
      is_inside ? system_.links.scaleup * system_.coefficients.tensor_link : outer_;
  return waited_for(point_to_point({rate, hop_, {}}, rows), 1 - system_.coefficients.hand_over,
                    computing);
}

// Of one rank, where `ranks_inside` of its ring share a domain and its network cards.
Fabric TrainingExchange::ring(double ranks_inside, bool leaves_domain, double servers) const {
  const BytesPerSecond inside = system_.links.scaleup * kScaleupOfCopies;
  if (!leaves_domain) return {inside, hop_, hop_};
  const double slower = 1 + system_.coefficients.congestion * std::log2(std::max(servers, 1.0));
  return {std::min(outer_ * (ranks_inside / slower), inside), hop_, hop_};
}

TrainingExchange::Copies TrainingExchange::copies(const TrainingPlan& plan,
                                                  const StageWeights& weights) const {
  const double domain = fabric_.inner_ranks;
  const double servers = std::max(plan.devices() / domain, 1.0);
  const double gradient = system_.traits.gradient_bytes;
  Copies sum;
  const auto add = [&](double ranks, double values, double inside, bool leaves) {
    if (ranks <= 1 || values <= 0) return;
    const Fabric fabric = ring(std::max(std::min(ranks, inside), 1.0), leaves, servers);
    sum.reduce += reduce_scatter(fabric, {ranks, Bytes{values * gradient}});
    sum.gather += all_gather(fabric, {ranks, Bytes{values * kTrainingBytes}});
  };
  const double copies = plan.copies(), ranks = copies * plan.tensor;
  const bool leaves = ranks > domain;
  add(copies, weights.dense, domain / plan.tensor, leaves);
  const double same_experts = plan.expert > 1 ? ranks / plan.expert : copies;
  const double apart = plan.expert > 1 ? plan.expert : plan.tensor;
  add(same_experts, weights.experts, domain / apart, leaves);
  return sum;
}

}  // namespace chokepoint
