#pragma once

#include "models/world.hpp"

namespace chokepoint {

/// Units of one order that were held back, and by what.
struct HeldBack {
  OrderId order;
  double units = 0.0;
  Usd price;      ///< Of one package.
  InputId input;  ///< Figure behind the units.
  TwoGateRuling ruling;
  bool on_arrival = false;
};

/// Of `units` that were admitted at the share `then` of what was asked, those that may still pass
/// when the share is `now`. A share that did not fall holds nothing back, so that one rule does not
/// refuse units twice. Requires: then > 0.
double still_admitted(double units, double then, double now);

/// The ruling of a refused application: rule `id` alone holds all units back.
TwoGateRuling denial(const World& world, OrderId order, RuleId id);

/// The fact that `held` was refused: the rules that bind, the value at the order's price, the
/// capability lost, and behind each part of it the figure that deserves the least trust.
/// Requires: held.ruling.gate is not None.
ShipmentRefused refusal(const World& world, Seconds now, const HeldBack& held);

}  // namespace chokepoint
