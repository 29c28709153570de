#pragma once

#include "models/performance/kernel.hpp"
#include "models/workload/transformer.hpp"

namespace chokepoint {

/// Layers that have experts, and those that have an MLP for every token.
double expert_layers(const Transformer& model);
double dense_layers(const Transformer& model);

/// Weights of one dense MLP: 3 hidden ffn where it is gated, else 2.
double mlp_parameters(const Transformer& model);

/// Weights of one expert; and of the experts of one layer that every token visits.
double expert_parameters(const Transformer& model);
double shared_expert_parameters(const Transformer& model);

/// A dense MLP on one of `shards` devices that divide its inner width.
OperatorWork mlp(const Transformer& model, double tokens, double shards, double bytes_per_weight);

/// The shared experts of one layer, divided likewise. No work where there are none.
OperatorWork shared_experts(const Transformer& model, double tokens, double shards,
                            double bytes_per_weight);

/// How tokens choose experts.
struct Routing {
  double diversity = 1;  ///< Share of tokens that choose for themselves; the rest follow. (0, 1].
  double skew = 0;  ///< Standard deviation of a device's share of the visits over its mean; >= 0.
  double devices = 1;  ///< That whole experts are spread over; 1: each has a slice of all.
};

/// Experts of one layer that `tokens` tokens reach, in expectation over even choices:
///
///   E (1 - (1 - k/E)^(diversity tokens))
///
/// Real routing is skewed, so that a batch reaches fewer: diversity < 1. Never more than E.
double distinct_experts(const Transformer& model, double tokens, const Routing& routing);

/// Visits of the busiest of `routing.devices` over those of the mean one, where `tokens` tokens
/// choose: how popular its experts are and chance, as the greatest of n normal draws,
///
///   1 + g sqrt((1 - 1/n) (skew^2 + n / (k tokens))),   g = sqrt(2 ln n) - 0.61
///
/// at least 1, and no more than n or, where all tokens choose the same experts, E/k. So it grows
/// with devices and falls with tokens. Few devices even out popular experts since each has many;
/// many do since engines then place and copy experts by what they are asked for, so that `skew` is
/// that of devices and not of experts. 1 on one device.
double expert_imbalance(const Transformer& model, double tokens, const Routing& routing);

/// Experts that the busiest of `routing.devices` reaches when `reached` of all are, spread by
/// chance: mean and deviation of a hypergeometric draw,
///
///   m + g sqrt(m (1 - 1/n) (1 - reached/E)),   m = reached / n,   g = sqrt(2 ln n) - 0.61
///
/// never more than a device has, E/n, or than are reached.
double experts_of_busiest(const Transformer& model, double reached, const Routing& routing);

/// The routed experts of one layer on one of `shards` devices that divide them, by their width or
/// by whole experts: the weights of all that are reached are read once, on the busiest device where
/// experts are whole. `rows` are those of one
/// expert that is reached, at least one: an expert that nobody chose costs nothing. No work where
/// there are no experts.
OperatorWork experts(const Transformer& model, double tokens, double shards,
                     double bytes_per_weight, const Routing& routing);

}  // namespace chokepoint
