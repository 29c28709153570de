#include "models/market/substitution.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {
namespace {

double bought_from(SupplyId supply, const std::vector<Purchase>& purchases) {
  double units = 0.0;
  for (const auto& purchase : purchases) {
    if (purchase.supply == supply) units += purchase.units;
  }
  return units;
}

// Whole packages at `price` that cost at most `budget`.
double affordable(Usd budget, Usd price) {
  const double units = std::floor(budget / price);
  // The quotient may round up to a whole number that costs a little more than there is.
  return units * price > budget ? units - 1.0 : units;
}

}  // namespace

std::vector<Purchase> spend_on_domestic(Usd budget, const std::vector<DomesticOffer>& offers) {
  std::vector<Purchase> purchases;
  for (const auto& offer : offers) {
    assert(offer.price > Usd{} && offer.available >= 0.0);
    const double in_stock = std::floor(offer.available - bought_from(offer.supply, purchases));
    const double units = std::min(affordable(budget, offer.price), in_stock);
    if (units < 1.0) continue;
    purchases.push_back({offer.pool, offer.supply, units, units * offer.price});
    budget -= purchases.back().cost;
  }
  return purchases;
}

}  // namespace chokepoint
