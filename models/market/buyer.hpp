#pragma once

#include <string>
#include <vector>

#include "models/curve.hpp"
#include "models/hardware/node.hpp"
#include "models/ids.hpp"
#include "models/market/price.hpp"
#include "models/market/programme.hpp"
#include "models/market/served_mix.hpp"
#include "models/market/utility.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// A device on sale.
struct Offer {
  std::string name;
  DeviceId device;
  Curve price;  ///< US dollars for one package, as listed.
  NodeTypeId node;
  std::vector<Country> countries;  ///< In which it is sold; empty: everywhere.
  bool captive_only = false;       ///< For the vendor's family alone.
};

/// Money for accelerators at one site, and whose it is.
struct Buyer {
  std::string name;
  OrgId org;   ///< Owns what is bought,
  OrgId user;  ///< and this one works on it; where it is another, the chips are rented.
  SiteId site;
  Curve budget;                    ///< US dollars per year.
  Curve training_share;            ///< Of the budget, in [0, 1].
  Sourced<double> prefill_share;   ///< Of what is not for training, in [0, 1].
  Sourced<double> research_share;  ///< Of work, on models that no stack has tuned kernels for.
  Sourced<double> carry_months;    ///< Of budget that is kept for later, at most; >= 0.
  std::vector<TrainingProgramme> programmes;  ///< Beside the budget.
};

/// A route by which chips sold in one country reach another against the rules.
struct GreyRoute {
  std::string name;
  Country country, destination;
  Curve share_of_sales;   ///< Of a device's sales elsewhere, at a premium of 1; in [0, 1].
  Curve units_per_month;  ///< Packages, over all devices.
  Sourced<double> seizure_probability;  ///< Of one package, in [0, 1].
  Sourced<Seconds> delay;
};

/// The blanket order of a buyer for a device on sale: what is bought each month falls due on it.
struct BlanketOrder {
  BuyerId buyer;
  std::uint32_t offer = 0;  ///< Index in the list of offers.
  OrderId order;
};

/// How buyers choose and vendors keep stock. Every field is explained in market.proto, Choice.
struct ChoiceHabits {
  Sourced<double> sensitivity, nest_scale, captive_preference, policy_risk, porting_aversion;
  Sourced<double> delay_aversion;
  Sourced<double> life_months, pass_through, electricity_usd_per_kwh, families;
  Sourced<Usd> host, linked_host;
  Sourced<double> network_usd_per_gbit_s;
  std::vector<ServedModel> served_models;
  Sourced<double> stock_cover_months, hoarding_months, retirement_months;
  Sourced<double> repay_share;
  Sourced<double> premium_response, premium_ceiling;
  ListPriceHabits list;
  Sourced<double> list_floor, list_ceiling;  ///< Over what is listed; in (0, 1] and >= 1.
};

/// What every buyer cares about, as far as habits are shared.
BuyerTaste taste_of(const ChoiceHabits& habits);

/// What server, network and room cost for one package of `node`.
Usd host_of(const ChoiceHabits& habits, const NodeSpec& node);

/// What cards, cables and switches cost for one package that sends `scaleout` to other servers.
Usd network_of(const ChoiceHabits& habits, BytesPerSecond scaleout);

/// What the energy of a joule costs.
UsdPerJoule electricity_of(const ChoiceHabits& habits);

/// The last list price of an offer up to `date`, also after its sale ended; 0 before it began.
Usd last_list_price(const Offer& offer, Date date);

}  // namespace chokepoint
