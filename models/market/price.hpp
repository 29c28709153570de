#pragma once

#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// How a vendor moves its list price.
struct ListPriceHabits {
  Sourced<double> max_step_per_month;  ///< Share of the price, in [0, 1).
  Sourced<double> response;  ///< Share of the price per unit of scarcity, before the bound; >= 0.
};

/// The range of a list price: cost and contracts below, what anybody pays above.
struct PriceBounds {
  Usd floor;
  Usd ceiling;  ///< Not below the floor.
};

/// Unmet demand over supply: 0 where the market clears, negative where units are left over (`unmet`
/// below 0), infinite where something is wanted and nothing is in stock.
/// Requires: available >= 0.
double scarcity(double unmet, double available);

/// List price of the next month:
///
///   list * (1 + min(max_step, max(-max_step, response * scarcity))),   within `bounds`
///
/// Never falls with scarcity or with the list price; stays where scarcity is 0 and it is within
/// bounds. A list price outside them goes to the nearer one at once.
Usd next_list_price(Usd list, const PriceBounds& bounds, double scarcity,
                    const ListPriceHabits& habits);

/// What a buyer pays for one unit: list * (1 + charges * pass_through). `charges` are duties and
/// revenue shares of governments as a share of the list price, >= 0; `pass_through` is the part of
/// them that the buyer bears, in [0, 1]: the vendor bears the rest.
Usd charged_price(Usd list, double charges, double pass_through);

}  // namespace chokepoint
