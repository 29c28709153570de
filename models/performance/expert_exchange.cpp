#include "models/performance/expert_exchange.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {

double distinct_owners(double owners, double choices) {
  assert(owners >= 1 && choices >= 1);
  if (owners == 1) return 1;
  return -owners * std::expm1(choices * std::log1p(-1 / owners));
}

Seconds expert_exchange(const Transformer& model, const Hierarchy& fabric,
                        const TokenSpread& spread) {
  assert(spread.tokens >= 0 && spread.imbalance > 0);
  const Bytes once{spread.tokens / spread.ranks * model.hidden * spread.bytes_per_value *
                   spread.imbalance};
  const double choices = std::max(model.experts_per_token, 1.0);
  const double domains = std::max(spread.ranks / fabric.inner_ranks, 1.0);
  double reached = distinct_owners(domains, choices);
  if (spread.most_domains > 0) reached = std::min(reached, spread.most_domains);
  return all_to_all(fabric, {spread.ranks, once * distinct_owners(spread.ranks, choices)},
                    once * reached);
}

}  // namespace chokepoint
