#pragma once

#include "models/network/collectives.hpp"
#include "models/units.hpp"
#include "models/workload/transformer.hpp"

namespace chokepoint {

/// Of `owners` that hold the experts of a layer in equal parts, how many one token goes to with
/// `choices` experts, in expectation over even and independent choices:
///
///   n (1 - (1 - 1/n)^k)
///
/// In [1, min(n, k)] for both of at least 1. Slightly fewer than without replacement; a router that
/// limits a token to some groups of experts goes to fewer still.
double distinct_owners(double owners, double choices);

/// Tokens of one iteration on their way to the experts of a layer or back.
struct TokenSpread {
  double tokens = 0;           ///< Of all ranks, evenly spread.
  double ranks = 1;            ///< Devices that hold the experts.
  double bytes_per_value = 2;  ///< Of the hidden vector on the way.
  double imbalance = 1;        ///< Tokens of the busiest rank over those of the mean one; > 0.
  double most_domains = 0;     ///< That a router sends one token to; 0: to any.
};

/// Time of one way, an all-to-all in which a token goes once to every rank that holds one of its
/// experts, and between domains once to every domain; what comes back is summed likewise. With
/// R and D distinct ranks and domains, n ranks, d of them in one domain:
///
///   S = tokens / n * hidden * bytes_per_value * imbalance
///   all-to-all of  S R  inside,  S D  across
///
/// Never longer than to gather all tokens everywhere at the same width and without imbalance.
/// Source: DeepSeek's DeepEP, whose kernels dispatch in fp8 and combine in bf16.
Seconds expert_exchange(const Transformer& model, const Hierarchy& fabric,
                        const TokenSpread& spread);

}  // namespace chokepoint
