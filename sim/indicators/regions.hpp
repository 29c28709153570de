#pragma once

#include <string>
#include <vector>

#include "models/ecosystem/region.hpp"
#include "models/world.hpp"

namespace chokepoint {

/// Where chips are that an order brings to its user, or brought.
Region region_of(const World& world, const Order& order);
Region region_of(const World& world, const LedgerRow& delivered);

/// Where the chips of a pool are. Who uses them is told by deliveries alone: elsewhere a site
/// counts as offshore where any of its buyers buys for a user from the country.
Region region_of(const World& world, PoolId pool);

/// That of every pool, by id.
std::vector<Region> regions_of_pools(const World& world);

/// "mainland", "offshore" or "abroad", as subjects of what is delivered begin.
std::string region_name(Region region);
/// The same as the subject of what stands in pools: "offshore sites".
std::string pool_region_name(Region region);

}  // namespace chokepoint
