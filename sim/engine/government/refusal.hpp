#pragma once

#include "models/world.hpp"
#include "sim/trace/event.hpp"

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

/// Units, of `units` admitted earlier at the share `then` of what was asked, that a ruling which
/// admits the share `now` still lets pass. A share that did not fall holds nothing back: units are
/// not refused twice by one rule. Requires: then > 0.
double still_admitted(double units, double then, double now);

/// A ruling by which rule `id` alone holds all units back: the outcome of an application.
TwoGateRuling denial(const World& world, OrderId order, RuleId id);

/// The fact that `held` was refused: the rules that bind, the value at the order's price, the
/// capability lost, and behind each part of it the figure that deserves the least trust.
/// Requires: held.ruling.gate is not None.
ShipmentRefused refusal(const World& world, Seconds now, const HeldBack& held);

}  // namespace chokepoint
