#pragma once

#include <tuple>

#include "models/ecosystem/stock.hpp"
#include "models/world.hpp"
#include "sim/indicators/by_name.hpp"
#include "sim/trace/naming.hpp"

namespace chokepoint {

/// Everything that a policy question may ask of chips that share it. "China" is not a place: where
/// they stand, who owns them and who uses them are three facts.
struct StockKey {
  DeviceId device;
  PoolId pool;
  OrgId owner, user;
  ChipUse use = ChipUse::Mixed;
  LegalStatus status = LegalStatus::Legal;
  Channel channel = Channel::Merchant;

  /// Device, country they stand in, pool, owner, user, use, status, channel.
  auto names(const World& world) const {
    const Site& site = world.sites[world.pools[pool.value].site.value];
    return std::tuple(view_of(world, device), text_of(site.country), view_of(world, pool),
                      view_of(world, owner), view_of(world, user), word_of(use), word_of(status),
                      word_of(channel));
  }
};

/// Packages by what they share.
using Stocks = NamedMap<StockKey, double>;

/// The chips in place when `world` starts.
Stocks initial_stocks(const World& world);

/// Adds what was delivered, substitutes included.
void add_delivery(const ShipmentDelivered& delivered, Stocks& stocks);

}  // namespace chokepoint
