#pragma once

#include <optional>
#include <vector>

#include "models/policy/item.hpp"

namespace chokepoint {

/// A test of an item. Everything set must hold; empty, it matches every item. Lower bounds are
/// inclusive, upper bounds exclusive, and nothing is rounded before a comparison. A bound on an
/// attribute that is not known does not hold; the total bandwidth is known when both its parts are.
struct Predicate {
  std::vector<Predicate> any_of, all_of, none_of;
  std::optional<double> tpp_at_least, tpp_below;
  std::optional<double> performance_density_at_least, performance_density_below;
  std::optional<BytesPerSecond> memory_bandwidth_at_least, memory_bandwidth_below;
  std::optional<BytesPerSecond> io_bandwidth_at_least, io_bandwidth_below;
  std::optional<BytesPerSecond> total_bandwidth_at_least;
  std::optional<bool> designed_for_datacenter;
  std::vector<DeviceId> devices;             ///< Any of them.
  std::vector<Country> vendor_headquarters;  ///< Any of them.
};

/// True where everything set in `predicate` holds for `item`. Does not allocate.
bool matches(const Predicate& predicate, const Item& item);

/// A test of a buyer. Everything set must hold; empty, it matches every buyer.
struct PartyTest {
  std::vector<Country> headquarters;
  std::vector<OrgId> orgs;
  std::vector<BuyerClassId> classes;  ///< The buyer is in any of them.

  /// True for the test that every buyer passes.
  bool empty() const { return headquarters.empty() && orgs.empty() && classes.empty(); }
};

/// True where everything set in `test` holds for `party`. Does not allocate.
bool matches(const PartyTest& test, const Party& party);

}  // namespace chokepoint
