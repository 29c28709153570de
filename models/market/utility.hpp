#pragma once

#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// The facts of one unit of an offer for one buyer, one workload and one site.
struct OfferFacts {
  /// Useful throughput of one unit on the buyer's own work, after the maturity of its stack; in any
  /// unit that all offers to the buyer share, >= 0.
  double useful_rate = 0.0;
  Usd price;             ///< On the list, > 0.
  Usd host;              ///< Its part of server, network and room; >= 0.
  double charges = 0.0;  ///< Duties and revenue shares, as a share of the price; >= 0.
  /// What it costs to port the buyer's models to the stack, over the units that it expects to use.
  Usd porting_cost_per_unit;
  double porting_months = 0.0;  ///< Until they run tuned; 0 where they do already.
  Watts power;                  ///< Drawn on average by one unit with its part of the server.
  double pue = 1.0;             ///< >= 1.
  UsdPerJoule electricity;
  bool is_captive = false;  ///< The buyer's own design.
  double risk = 0.0;  ///< That its supply or support is cut off, as the buyer sees it; [0, 1].
  double months_to_usable = 0.0;  ///< From the order to the first useful work, without porting.
};

/// What a buyer cares about. All weights are utilities of the logit, so that
/// weight / sensitivity is the logarithm of the price that the buyer would pay more.
struct BuyerTaste {
  Sourced<double> sensitivity;         ///< By useful throughput per dollar, >= 0.
  Sourced<double> captive_preference;  ///< For its own design, >= 0.
  Sourced<double> policy_risk;         ///< Against a supplier that is sure to be cut off, >= 0.
  Sourced<double> delay_aversion;      ///< Against each month to the first useful work, >= 0.
  Sourced<double> porting_aversion;    ///< Against each month of porting, beside its cost; >= 0.
  Sourced<double> life_months;         ///< Over which it writes a unit off, > 0.
  Sourced<double> pass_through;        ///< Part of the charges that reaches it, in [0, 1].
};

/// Dollars per month of one unit:
///
///   (charged_price(price, charges, pass_through) + host + porting cost) / life
///       + power * pue * electricity * month
Usd monthly_cost_of_ownership(const OfferFacts& offer, const BuyerTaste& taste);

/// Utility of an offer to a buyer beside its work and its cost:
///
///   captive preference (where captive) - policy risk * risk
///       - delay aversion * months to usable - porting aversion * porting months
double offer_preference(const OfferFacts& offer, const BuyerTaste& taste);

/// Utility lost by waiting for an offer, of which `part` of a month's demand is in stock:
///
///   delay aversion / part
///
/// since at the same part every month, a buyer who got nothing waits 1 / part months on average.
/// Infinity where there is none. Requires: part in [0, 1].
double wait_cost(double part, const BuyerTaste& taste);

/// Utility of an offer to a buyer:
///
///   sensitivity * ln(useful rate / monthly cost of ownership, in dollars) + preference
///
/// Only differences between offers to one buyer mean something. -infinity where the offer does
/// nothing useful. Never falls with the useful rate, never rises with any cost, risk or delay;
/// equal facts are equal utilities. Requires: a cost of ownership above zero.
double offer_utility(const OfferFacts& offer, const BuyerTaste& taste);

}  // namespace chokepoint
