#pragma once

#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include "models/world.hpp"
#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

/// A market in which everything is alike but what a test makes different.
namespace chokepoint {

// Names of what small_economy() holds.
inline constexpr OrgId kCloud{2}, kLab{3}, kFoundry{4};
inline constexpr DeviceId kCaptive{2};
inline constexpr StackId kForeignStack{0}, kDomesticStack{1}, kCaptiveStack{2};
inline constexpr SiteId kVirginia{0}, kBeijing{1};
inline constexpr BuyerId kCloudBuyer{0}, kLabBuyer{1};
inline constexpr OrderId kCloudForeign{0}, kCloudCaptive{1}, kLabForeign{2}, kLabDomestic{3};
inline constexpr OrgId kDomesticMaker{1};

/// The same on every day.
inline Curve flat(double value) {
  Curve curve;
  curve.points = {{day("2000-01-01"), {value, {}}}};
  return curve;
}

/// 0 until `on`, then `value`.
inline Curve from_day(std::string_view on, double value) {
  Curve curve;
  curve.points = {{day(on), {value, {}}}};
  return curve;
}

inline ChoiceHabits plain_habits() {
  ChoiceHabits habits;
  habits.sensitivity.value = 2.0;
  habits.nest_scale.value = 1.0;
  habits.delay_aversion.value = 0.1;
  habits.life_months.value = 48.0;
  habits.host.value = Usd{10'000.0};
  habits.electricity_usd_per_kwh.value = 0.1;
  habits.families.value = 1.0;
  habits.stock_cover_months.value = 1.0;
  habits.repay_share.value = 0.5;
  return habits;
}

/// Gives `buyer` a blanket order for `offer`, in a pool of its own.
inline OrderId add_blanket_order(World& world, BuyerId buyer, std::uint32_t offer) {
  const Buyer& who = world.buyers[buyer.value];
  Pool pool;
  pool.site = who.site;
  pool.device = world.offers[offer].device;
  pool.node = world.offers[offer].node;
  Order order;
  order.device = pool.device;
  order.buyer = who.org;
  order.user = who.user;
  order.pool = PoolId{static_cast<std::uint32_t>(world.pools.size())};
  order.transit = 7_days;
  order.exported_from = world.device_items[pool.device.value].item.vendor_headquarters;
  const OrderId id{static_cast<std::uint32_t>(world.orders.size())};
  world.pools.push_back(pool);
  world.orders.push_back(order);
  world.blanket_orders.push_back({buyer, offer, id});
  return id;
}

inline void add_economy_hardware(World& world) {
  for (const std::string path : {"order", "peak", "bandwidth", "share"}) {
    world.inputs.push_back({path, 1.0, {}, {}, Confidence::Reported, SourceId{0}});
  }
  const OrgId vendors[] = {kForeignVendor, kDomesticMaker, kCloud};
  for (std::uint32_t i = 0; i < 3; ++i) {
    DeviceSpec device = small_device(vendors[i]);
    device.stack = StackId{i};
    world.devices.push_back(device);
    StackSpec stack;
    stack.vendor = vendors[i];
    world.stacks.push_back(stack);
    NodeSpec node;
    node.device = DeviceId{i};
    node.devices_per_node = 8;
    node.full_power.value = Watts{8e3};
    world.nodes.push_back(node);
    NamedItem item;
    item.item = item_of(DeviceId{i}, device, world.orgs[vendors[i].value].headquarters);
    world.device_items.push_back(item);
    DeviceWorth worth;
    worth.h100e_peak = worth.h100e_training = worth.h100e_prefill = worth.h100e_decode = 1.0;
    world.worth.push_back(worth);
  }
  Attained whole;
  for (auto& fraction : whole.fraction) fraction.value = 1.0;
  world.attained = {whole, whole, whole};
  world.serving = {{}, {}, {}};
}

inline Site plain_site(Country country) {
  Site site;
  site.country = country;
  site.power_cap.value = Watts{1e12};
  site.pue.value = 1.25;
  site.idle_power_share.value = 0.2;
  site.install.value = 2_days;
  return site;
}

inline Buyer plain_buyer(OrgId org, SiteId site) {
  Buyer buyer;
  buyer.org = org;
  buyer.user = org;
  buyer.site = site;
  buyer.budget = flat(120e6);
  buyer.training_share = flat(0.5);
  buyer.prefill_share.value = 0.5;
  buyer.carry_months.value = 6.0;
  return buyer;
}

/// The year 2025 with a cloud in US that makes a device for itself, and a laboratory in CN. Both
/// have 10 mn USD a month, half of it for training. Three devices of one price (10 000 USD), power
/// and worth are on sale: a foreign one of US everywhere, a domestic one of CN there, the captive
/// one to the cloud alone. There is plenty of each, and nobody minds a stack.
inline World small_economy() {
  World world;
  world.name = "economy";
  world.start = day("2025-01-01");
  world.end = day("2026-01-01");
  world.orgs = {{"foreign", "", kUs, {}},
                {"domestic", "", kCn, {}},
                {"cloud", "", kUs, {}},
                {"lab", "", kCn, {}},
                {"foundry", "", kCn, {}}};
  add_economy_hardware(world);
  world.sites = {plain_site(kUs), plain_site(kCn)};
  for (std::uint32_t i = 0; i < 3; ++i) {
    Offer offer;
    offer.device = DeviceId{i};
    offer.price = flat(10'000.0);
    offer.node = NodeTypeId{i};
    offer.captive_only = DeviceId{i} == kCaptive;
    world.offers.push_back(offer);
    world.offer_lines.push_back(SupplyId{i});
    world.supplies.push_back({"", DeviceId{i}, {1e6, {}}, {{day("2024-01-01"), {0.0, {}}}}});
  }
  world.buyers = {plain_buyer(kCloud, kVirginia), plain_buyer(kLab, kBeijing)};
  add_blanket_order(world, kCloudBuyer, 0);
  add_blanket_order(world, kCloudBuyer, 2);
  add_blanket_order(world, kLabBuyer, 0);
  add_blanket_order(world, kLabBuyer, 1);
  world.choice = plain_habits();
  return world;
}

/// Packages of `order` that left between two days, which is when they were bought; what went around
/// the rules is left out.
inline double bought(const std::vector<TraceEvent>& facts, OrderId order,
                     std::string_view from = "2025-01-01", std::string_view to = "2026-01-01") {
  const Calendar calendar{day("2025-01-01")};
  double units = 0.0;
  for (const auto& fact : only<ShipmentSent>(facts)) {
    const bool is_then = fact.time >= calendar.at(day(from)) && fact.time < calendar.at(day(to));
    if (fact.order == order && !fact.substitute && is_then) units += fact.units;
  }
  return units;
}

/// Packages of `order` that governments refused.
inline double refused(const std::vector<TraceEvent>& facts, OrderId order) {
  double units = 0.0;
  for (const auto& fact : only<ShipmentRefused>(facts)) {
    if (fact.order == order) units += fact.units;
  }
  return units;
}

/// The samples of a counter, in order of time.
inline std::vector<double> samples(const std::vector<TraceEvent>& facts, Counter counter,
                                   std::uint32_t index) {
  std::vector<double> values;
  for (const auto& fact : only<CounterSampled>(facts)) {
    if (fact.counter == counter && fact.index == index) values.push_back(fact.value);
  }
  return values;
}

}  // namespace chokepoint
