#pragma once

#include <compare>
#include <map>
#include <string>

#include "chokepoint/v1/facts.pb.h"
#include "chokepoint/v1/scenario.pb.h"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Everything that a policy question may ask of chips that share it. "China" is not a place: where
/// they stand, who owns them and who uses them are three facts.
struct StockKey {
  std::string device;
  std::string location;  ///< ISO code of the country they stand in.
  std::string pool;      ///< "site/pool".
  std::string owner, user;
  std::string use;      ///< "mixed", "training" or "inference".
  std::string status;   ///< "legal", "licensed", "diverted" or "rented".
  std::string channel;  ///< "merchant" or "captive".
  auto operator<=>(const StockKey&) const = default;
};

/// Packages by what they share.
using Stocks = std::map<StockKey, double>;

/// The chips in place when `scenario` starts.
Stocks initial_stocks(const pb::Scenario& scenario);

/// Adds what was delivered, substitutes included.
void add_delivery(const pb::DeliveredFact& delivered, Stocks& stocks);

}  // namespace chokepoint
