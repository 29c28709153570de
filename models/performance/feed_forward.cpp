#include "models/performance/feed_forward.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {
namespace {

double matrices(const Transformer& model) {
  return model.gated_mlp ? 3.0 : 2.0;
}

// Two products, up (with the gate) and down, of an inner width `inner` on one device.
ProductShape two_products(const Transformer& model, double inner, double products) {
  const double depths = model.hidden + inner;
  return {products, matrices(model) * model.hidden * inner / depths, depths / 2};
}

// Expected greatest of n standard normal draws; within 0.06 of it for 2 to 256.
double greatest_of(double n) {
  return std::max(std::sqrt(2 * std::log(n)) - 0.61, 0.0);
}

OperatorWork gemm(double parameters, double tokens, double shards, double bytes_per_weight) {
  OperatorWork work;
  work.kernel = Kernel::DenseGemm;
  work.matrix = Flops{2 * tokens * parameters / shards};
  work.traffic = Bytes{parameters / shards * bytes_per_weight};
  work.rows = tokens;
  work.weights = parameters / shards;
  return work;
}

}  // namespace

double expert_layers(const Transformer& model) {
  return model.experts > 0 ? model.layers - model.first_dense_layers : 0.0;
}

double dense_layers(const Transformer& model) {
  return model.layers - expert_layers(model);
}

double mlp_parameters(const Transformer& model) {
  return matrices(model) * model.hidden * model.ffn;
}

double expert_parameters(const Transformer& model) {
  return matrices(model) * model.hidden * model.expert_ffn;
}

double shared_expert_parameters(const Transformer& model) {
  return expert_parameters(model) * model.shared_experts;
}

OperatorWork mlp(const Transformer& model, double tokens, double shards, double bytes_per_weight) {
  OperatorWork work = gemm(mlp_parameters(model), tokens, shards, bytes_per_weight);
  work.shape = two_products(model, model.ffn / shards, 1);
  work.launches = 2;
  return work;
}

OperatorWork shared_experts(const Transformer& model, double tokens, double shards,
                            double bytes_per_weight) {
  OperatorWork work = gemm(shared_expert_parameters(model), tokens, shards, bytes_per_weight);
  work.shape = two_products(model, model.shared_experts * model.expert_ffn / shards, 1);
  work.launches = 2;
  return work;
}

double distinct_experts(const Transformer& model, double tokens, const Routing& routing) {
  assert(routing.diversity > 0 && routing.diversity <= 1);
  if (model.experts <= 0 || tokens <= 0) return 0.0;
  const double chosen = model.experts_per_token / model.experts;
  if (chosen >= 1.0) return model.experts;
  return -model.experts * std::expm1(routing.diversity * tokens * std::log1p(-chosen));
}

double expert_imbalance(const Transformer& model, double tokens, const Routing& routing) {
  const double n = routing.devices, visits = tokens * model.experts_per_token;
  if (n <= 1 || visits <= 0) return 1;
  const double variance = (1 - 1 / n) * (routing.skew * routing.skew + n / visits);
  return std::min({1 + greatest_of(n) * std::sqrt(variance), n,
                   std::max(model.experts / model.experts_per_token, 1.0)});
}

double experts_of_busiest(const Transformer& model, double reached, const Routing& routing) {
  const double n = routing.devices, mean = reached / n;
  const double variance = mean * (1 - 1 / n) * std::max(1 - reached / model.experts, 0.0);
  return std::min({mean + greatest_of(n) * std::sqrt(variance), model.experts / n, reached});
}

OperatorWork experts(const Transformer& model, double tokens, double shards,
                     double bytes_per_weight, const Routing& routing) {
  OperatorWork work;
  work.kernel = Kernel::GroupedGemm;
  if (model.experts <= 0) return work;
  const double each = expert_parameters(model) / shards;
  const double visits = tokens * model.experts_per_token;
  const double imbalance = expert_imbalance(model, tokens, routing);
  work.matrix = Flops{2 * visits * each * imbalance};
  work.repeated = Flops{2 * visits * each * (imbalance - 1)};
  const double reached = distinct_experts(model, tokens, routing);
  const double busiest = experts_of_busiest(model, reached, routing) * routing.devices;
  work.traffic = Bytes{busiest * each * bytes_per_weight};
  work.rows = reached > 0 ? visits / reached : 0.0;
  work.shape = routing.devices > 1 ? two_products(model, model.expert_ffn, reached / shards)
                                   : two_products(model, model.expert_ffn / shards, reached);
  work.weights = reached * each;
  work.launches = 3;  // Up, down and the sum.
  return work;
}

}  // namespace chokepoint
