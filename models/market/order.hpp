#pragma once

#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/ids.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Monthly deliveries at one pace.
struct Tranche {
  std::string name;
  Date first;
  int months = 1;
  Sourced<double> units_per_month;
};

/// An order: who buys what, for which pool, by when.
struct Order {
  std::string name;
  DeviceId device;
  OrgId buyer;  ///< Owns the chips once delivered.
  OrgId user;   ///< Runs work on them.
  PoolId pool;
  Sourced<Usd> price;  ///< Of one package.
  std::vector<Tranche> tranches;
  Seconds transit;
  Country exported_from;  ///< The goods leave from there.
};

/// One delivery that falls due.
struct DueDelivery {
  Date date;
  double units = 0.0;
  InputId input;  ///< Figure behind the units.
};

/// Deliveries of `order` due in [begin, end), by date, then by tranche; one a month on the day of
/// the tranche's first, or on the month's last. Requires: an input behind the units of every
/// tranche.
std::vector<DueDelivery> due_deliveries(const Order& order, Date begin, Date end);

}  // namespace chokepoint
