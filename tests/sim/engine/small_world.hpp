#pragma once

#include <string>
#include <string_view>

#include "models/world.hpp"
#include "tests/day.hpp"

namespace chokepoint {

/// When a day begins, in a world that starts with 2025.
inline Seconds at(std::string_view date) {
  return Calendar{day("2025-01-01")}.at(day(date));
}

// Names of what small_world() holds.
inline constexpr OrgId kForeignVendor{0}, kBuyer{1}, kDomesticVendor{2};
inline constexpr DeviceId kForeign{0}, kDomestic{1};
inline constexpr PoolId kForeignPool{0}, kDomesticPool{1};
inline constexpr SiteId kSite{0}, kBackup{1};
inline constexpr OrderId kOrder{0};
inline constexpr SupplyId kForeignLine{0}, kDomesticLine{1};
inline const Country kUs{"US"}, kCn{"CN"};

/// A device that trains 1000 tokens of the small transformer per second.
inline DeviceSpec small_device(OrgId vendor) {
  DeviceSpec device;
  device.vendor = vendor;
  device.peaks.bf16 = FlopsPerSecond{6e12};
  device.memory = Bytes{100e9};
  device.memory_bandwidth = BytesPerSecond{1e12};
  device.price = Usd{5'000.0};
  device.bf16_input = InputId{1};
  device.memory_bandwidth_input = InputId{2};
  return device;
}

inline void add_catalog(World& world) {
  for (const std::string path : {"order", "peak", "bandwidth", "share"}) {
    world.inputs.push_back({path, 1.0, {}, {}, Confidence::Reported, SourceId{0}});
  }
  world.devices = {small_device(kForeignVendor), small_device(kDomesticVendor)};
  world.stacks = {{"stack", kForeignVendor, {}}};
  Attained whole;
  for (auto& fraction : whole.fraction) fraction.value = 1.0;
  world.attained = {whole, whole};
  world.serving = {{}, {}};
  DeviceWorth worth;
  worth.h100e_training = 0.5;
  worth.h100e_prefill = 0.25;
  worth.h100e_decode = 2.0;
  world.worth = {worth, worth};
  for (const DeviceId device : {kForeign, kDomestic}) {
    NodeSpec node;
    node.device = device;
    node.devices_per_node = 8;
    node.full_power.value = Watts{10e3};
    world.nodes.push_back(node);
  }
  // No attention: 6 operations per parameter and token.
  Transformer model;
  model.layers = 1;
  model.hidden = 1;
  model.heads = model.kv_heads = 1;
  model.parameters.value = 1e9;
  model.active_parameters.value = 1e9;
  world.transformers = {model};
}

inline void add_sites(World& world) {
  Site site;
  site.name = "site";
  site.country = kCn;
  site.power_cap.value = Watts{100e6};
  site.pue.value = 1.25;
  site.idle_power_share.value = 0.2;
  site.install.value = 2_days;
  Site backup = site;
  backup.name = "backup";
  world.sites = {site, backup};
  for (const std::uint32_t i : {0u, 1u}) {
    Pool pool;
    pool.name = i == 0 ? "site/foreign" : "site/domestic";
    pool.site = kSite;
    pool.node = NodeTypeId{i};
    pool.device = DeviceId{i};
    world.pools.push_back(pool);
  }
  // Two lines of 1 GB/s over an exchange, 1 ms each.
  world.exchanges = {"exchange"};
  for (const std::uint32_t i : {0u, 1u}) {
    LinkSpec link;
    link.a = PlaceId{i};
    link.b = PlaceId{2};
    link.bandwidth.value = BytesPerSecond{1e9};
    link.latency.value = Seconds{1e-3};
    world.links.push_back(link);
  }
}

inline void add_trade(World& world) {
  world.orgs = {{"foreign", "", kUs, {}}, {"buyer", "", kCn, {}}, {"domestic", "", kCn, {}}};
  for (const DeviceId id : {kForeign, kDomestic}) {
    const DeviceSpec& device = world.devices[id.value];
    NamedItem item;
    item.item = item_of(id, device, world.orgs[device.vendor.value].headquarters);
    world.device_items.push_back(item);
  }
  Order order;
  order.name = "order";
  order.device = kForeign;
  order.buyer = kBuyer;
  order.user = kBuyer;
  order.pool = kForeignPool;
  order.price.value = Usd{10'000.0};
  order.transit = 7_days;
  order.exported_from = kUs;
  order.tranches = {{"monthly", day("2025-01-15"), 12, {100.0, InputId{0}}}};
  world.orders = {order};
  world.supplies = {{"foreign", kForeign, {1e6, {}}, {{day("2024-01-01"), {0.0, {}}}}},
                    {"domestic", kDomestic, {0.0, {}}, {{day("2024-01-01"), {30.0, {}}}}}};
}

/// The year 2025 with one buyer in CN, who is to get 100 foreign packages on the 15th of every
/// month for 10 000 USD each. The foreign vendor, in US, has plenty; the domestic one makes 30 a
/// month. Both pools stand at one site, nodes hold 8 packages; a second site takes checkpoints.
inline World small_world() {
  World world;
  world.name = "small";
  world.start = day("2025-01-01");
  world.end = day("2026-01-01");
  add_catalog(world);
  add_sites(world);
  add_trade(world);
  return world;
}

/// A rule of `government` on shipments of the foreign device to CN from `effective` on.
inline Rule rule_on_foreign(Country government, std::string_view effective, double admitted) {
  Rule rule;
  rule.name = "rule";
  rule.government = government;
  rule.announced = day(effective);
  rule.validity.effective = day(effective);
  rule.item.devices = {kForeign};
  rule.destinations = {kCn};
  rule.verdict = admitted > 0.0 ? Verdict::CaseByCase : Verdict::Prohibited;
  rule.admitted_share = {admitted, InputId{3}};
  return rule;
}

/// One that admits none.
inline Rule ban(Country government, std::string_view effective) {
  return rule_on_foreign(government, effective, 0.0);
}

/// A job of `tokens` on `devices` packages of the foreign pool, submitted on the first day.
inline TrainingJob small_job(double tokens, int devices) {
  TrainingJob job;
  job.name = "job";
  job.transformer = TransformerId{0};
  job.tokens.value = Tokens{tokens};
  job.submitted = day("2025-01-01");
  job.devices = devices;
  job.pools = {kForeignPool};
  return job;
}

/// Packages of the foreign device in place at the start.
inline ChipStock small_stock(double packages) {
  ChipStock stock;
  stock.pool = kForeignPool;
  stock.owner = kBuyer;
  stock.user = kBuyer;
  stock.units.value = packages;
  return stock;
}

}  // namespace chokepoint
