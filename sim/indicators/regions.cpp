#include "sim/indicators/regions.hpp"

#include <algorithm>
#include <array>

#include "sim/trace/naming.hpp"

namespace chokepoint {

Region region_of(const World& world, const Order& order) {
  return region_of(country_of(world, order.pool), world.home_of(order.user));
}

Region region_of(const World& world, const LedgerRow& delivered) {
  return region_of(delivered.site_country, world.home_of(delivered.user));
}

Region region_of(const World& world, PoolId pool) {
  const SiteId site = world.pools[pool.value].site;
  const bool is_for_home = std::ranges::any_of(world.buyers, [&](const Buyer& buyer) {
    return buyer.site == site && world.home_of(buyer.user) == kHomeCountry;
  });
  return region_of(country_of(world, pool), is_for_home ? kHomeCountry : Country());
}

std::vector<Region> regions_of_pools(const World& world) {
  std::vector<Region> regions;
  regions.reserve(world.pools.size());
  for (std::uint32_t i = 0; i < world.pools.size(); ++i) {
    regions.push_back(region_of(world, PoolId{i}));
  }
  return regions;
}

std::string region_name(Region region) {
  constexpr std::array kNames = {"mainland", "offshore", "abroad"};
  return kNames[static_cast<std::size_t>(region)];
}

std::string pool_region_name(Region region) {
  return region == Region::Offshore ? "offshore sites" : region_name(region);
}

}  // namespace chokepoint
