#include "models/training/training_exchange.hpp"

#include <algorithm>
#include <cmath>

#include "models/performance/expert_exchange.hpp"
#include "models/performance/feed_forward.hpp"

namespace chokepoint {
namespace {

constexpr double kBehindAttention = 0.7;  // Of attention, that hides a ring of keys and values.
constexpr double kBehindComputing = 0.7;  // Of computing, that exchange with experts hides behind.

// Values of keys and values for a token, on one rank of tensor parallelism: no less than one head.
double key_values(const Transformer& m, double shards) {
  return m.attention == Transformer::Attention::Mla
             ? 2 * m.heads / shards * m.v_head_dim
             : 2 * std::max(1.0, m.kv_heads / shards) * m.head_dim;
}

// Of forward passes, how many are done once more.
double repeated(const TrainingPlan& plan) {
  return plan.recompute == Recompute::Full ? plan.recomputed_share : 0.0;
}

// All-reduces of a layer's forward pass, mean over layers: of attention one, of what follows one,
// but for whole experts on their own ranks, which tokens are sent to instead.
double reduces_ahead(const Transformer& m, const TrainingPlan& plan) {
  const bool is_divided = expert_division(plan) > 1 || m.experts <= 0 || m.shared_experts > 0;
  return is_divided ? 2.0 : 2.0 - expert_layers(m) / m.layers;
}

// Of a pass ahead `once`, of the way back so many more and those of what is recomputed.
PassTimes both_passes(Seconds once, double back, const TrainingPlan& plan) {
  return {once, once * (back + repeated(plan))};
}

}  // namespace

Seconds HidingRoom::waited_for(Seconds all, Seconds most) {
  const Seconds hidden = std::min({all, most, left_});
  left_ -= hidden;
  return all - hidden;
}

TrainingExchange::TrainingExchange(const TrainingSystem& system)
    : system_(system),
      outer_(system.links.scaleout * system.coefficients.outer_link),
      hop_(system.coefficients.hop_us * 1e-6) {
  fabric_ = {{system.links.scaleup, hop_, hop_ * 2.0},
             {outer_, hop_, hop_ * 2.0},
             static_cast<double>(system.links.domain)};
}

PassTimes TrainingExchange::tensor(const TrainingPlan& plan) const {
  if (plan.tensor == 1) return {};
  const TrainingCoefficients& c = system_.coefficients;
  const double ranks = plan.tensor, domain = fabric_.inner_ranks;
  Hierarchy fabric = fabric_;
  double share = c.tensor_link;
  if (system_.is_mesh && ranks < domain) share *= (ranks - 1) / (domain - 1);
  fabric.inner.bandwidth = fabric.inner.bandwidth * share;
  const Bytes all{plan.tokens() * system_.model.hidden * kTrainingBytes};
  return both_passes(all_reduce(fabric, {ranks, all}) * reduces_ahead(system_.model, plan), 1,
                     plan);
}

PassTimes TrainingExchange::context(const TrainingPlan& plan) const {
  if (plan.context == 1) return {};
  const double ranks = plan.context;
  const Bytes rows{plan.tokens() * key_values(system_.model, plan.tensor) * kTrainingBytes};
  const bool is_inside = plan.context * plan.tensor <= system_.links.domain;
  const BytesPerSecond rate =
      is_inside ? system_.links.scaleup * system_.coefficients.expert_link : outer_;
  // Every other rank's keys and values pass by; plan.tokens() are those of one rank.
  // Keys and values ahead, the same and their gradients back.
  return both_passes(rows * (ranks - 1) / rate, 2, plan);
}

PassTimes TrainingExchange::expert(const TrainingPlan& plan) const {
  const Transformer& m = system_.model;
  if (plan.expert == 1 || m.experts <= 0) return {};
  const TrainingCoefficients& c = system_.coefficients;
  Hierarchy fabric = fabric_;
  fabric.inner.bandwidth = fabric.inner.bandwidth * c.expert_link;
  // Parts whose experts are divided are as far apart.
  const double beside = std::max(fabric.inner_ranks / expert_division(plan), 1.0);
  fabric.inner_ranks = std::min(beside, static_cast<double>(plan.expert));
  const double ranks = plan.expert;
  const double both_ways = (system_.traits.dispatch_bytes + kTrainingBytes) / 2;
  const Bytes visits{plan.tokens() * m.hidden * both_ways / plan.tensor * m.experts_per_token};
  const double of_all = plan.tokens() * ranks / plan.tensor;
  const Seconds once =
      system_.traits.dispatches_once
          ? expert_exchange(m, fabric,
                            {of_all, ranks, both_ways, 1, system_.traits.dispatch_domains})
          : all_to_all(fabric, {ranks, visits}, visits);
  return both_passes(once * (2 * expert_layers(m) / m.layers), 1, plan);
}

LayerWaits TrainingExchange::waits(const TrainingPlan& plan, const LayerRoom& of_layer) const {
  const TrainingCoefficients& c = system_.coefficients;
  const double of_tensor = system_.traits.overlaps_tensor ? c.tensor_hidden : 0.0;
  const bool hides = system_.traits.hides_dispatch || plan.directions() > 1;
  const double of_expert = hides ? 1.0 : c.expert_hidden;
  const PassTimes reduces = tensor(plan), ring = context(plan), visits = expert(plan);
  LayerWaits waits;
  const auto add = [&](Seconds PassTimes::*pass) {
    HidingRoom room(of_layer.computing.*pass);
    waits.tensor.*pass = room.waited_for(reduces.*pass, reduces.*pass * of_tensor);
    waits.context.*pass = room.waited_for(
        ring.*pass, of_layer.attention.*pass * kBehindAttention + of_layer.idle.*pass);
    waits.expert.*pass = room.waited_for(
        visits.*pass, std::min(visits.*pass * of_expert, room.left() * kBehindComputing));
    waits.spare.*pass = room.left();
  };
  add(&PassTimes::forward);
  add(&PassTimes::backward);
  return waits;
}

Seconds TrainingExchange::hand_over(const TrainingPlan& plan) const {
  if (plan.pipeline == 1) return {};
  const bool is_inside = plan.devices() <= system_.links.domain;
  return hand_over_at(is_inside ? system_.links.scaleup * system_.coefficients.tensor_link : outer_,
                      plan);
}

Seconds TrainingExchange::hand_over_at(BytesPerSecond rate, const TrainingPlan& plan) const {
  const double shards = plan.sequence_parallel ? plan.tensor : 1.0;
  const Bytes rows{plan.tokens() * system_.model.hidden * kTrainingBytes / shards};
  return point_to_point({rate, hop_, {}}, rows);
}

PassTimes TrainingExchange::hand_over_waited(Seconds once, const PassTimes& spare) const {
  const Seconds most = once * (1 - system_.coefficients.hand_over);
  return {HidingRoom(spare.forward).waited_for(once, most),
          HidingRoom(spare.backward).waited_for(once, most)};
}

TrainingExchange::Volumes TrainingExchange::volumes(const TrainingPlan& plan) const {
  const Transformer& m = system_.model;
  const Bytes rows{plan.tokens() * m.hidden * kTrainingBytes};
  Volumes all;
  if (plan.tensor > 1) all.reduces = reduces_ahead(m, plan) * (2 + repeated(plan));
  all.tensor = rows * all.reduces;
  if (plan.context > 1) {
    all.context =
        Bytes{(3 + repeated(plan)) * plan.tokens() * key_values(m, plan.tensor) * kTrainingBytes};
  }
  if (plan.expert > 1 && m.experts > 0) {
    const double both_ways = (system_.traits.dispatch_bytes + kTrainingBytes) / 2;
    all.visits = (4 + 2 * repeated(plan)) * expert_layers(m) / m.layers;
    all.expert = Bytes{plan.tokens() * m.hidden * both_ways / plan.tensor * m.experts_per_token} *
                 all.visits;
  }
  if (plan.pipeline > 1) all.hand_over = rows / (plan.sequence_parallel ? plan.tensor : 1.0);
  return all;
}

// Of one rank, where `ranks_inside` of its ring share a domain and its network cards.
Fabric TrainingExchange::ring(double ranks_inside, bool leaves_domain, double servers) const {
  const BytesPerSecond inside = system_.links.scaleup * system_.coefficients.tensor_link;
  if (!leaves_domain) return {inside, hop_, hop_};
  const double slower = 1 + system_.coefficients.congestion * std::log2(std::max(servers, 1.0));
  return {std::min(outer_ * (ranks_inside / slower), inside), hop_, hop_};
}

TrainingExchange::Copies TrainingExchange::copies(const TrainingPlan& plan,
                                                  const StageWeights& weights) const {
  const double domain = fabric_.inner_ranks;
  const double servers = std::max(plan.devices() / domain, 1.0);
  const double gradient = system_.traits.gradient_bytes;
  // Without shards all sum up gradients and end with their sums; else parameters come back.
  const double back = plan.zero == 0 ? gradient : kTrainingBytes;
  Copies sum;
  // `apart` ranks beside each other keep other weights: rings of theirs share network cards.
  const auto add = [&](double ranks, double shards, double values, double apart) {
    if (ranks <= 1 || values <= 0) return;
    const auto fabric = [&](double of_ring, double stride) {
      const bool leaves = of_ring * stride > domain;
      return ring(std::max(std::min(of_ring, domain / stride), 1.0), leaves, servers);
    };
    if (shards > 1) {
      const Fabric within = fabric(shards, apart);
      sum.reduce += reduce_scatter(within, {shards, Bytes{values * gradient}});
      sum.gather += all_gather(within, {shards, Bytes{values * back}});
    }
    const double groups = ranks / shards;
    if (groups <= 1) return;
    const Fabric across = fabric(groups, apart * shards);
    const Exchange of_shard{groups, Bytes{values / shards * gradient}};
    sum.reduce += reduce_scatter(across, of_shard) + all_gather(across, of_shard);
  };
  const StateShards shards = state_shards(plan);
  const double ways = plan.directions();
  add(plan.copies() * ways, shards.dense, weights.dense, plan.tensor);
  add(expert_copies(plan) * ways, shards.experts, weights.experts,
      plan.expert * expert_division(plan));
  return sum;
}

}  // namespace chokepoint
