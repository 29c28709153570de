#pragma once

#include <vector>

#include "models/ids.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// What buyers do with money that a rule left unspent.
enum class RefusedBudget { NothingBought, SpentOnDomestic };

/// A domestic device that refused money may buy, in order of preference.
struct DomesticOffer {
  PoolId pool;       ///< That receives it.
  SupplyId supply;   ///< That it is taken from.
  Usd price;         ///< Of one package, positive.
  double available;  ///< Packages not promised to anybody, >= 0.
};

/// Packages of one offer that were bought.
struct Purchase {
  PoolId pool;
  SupplyId supply;
  double units = 0.0;
  Usd cost;
};

/// Whole packages that `budget` buys, offer by offer, as far as each goes. Two offers that name one
/// supply share what is available of it. Never spends more than the budget.
std::vector<Purchase> spend_on_domestic(Usd budget, const std::vector<DomesticOffer>& offers);

}  // namespace chokepoint
