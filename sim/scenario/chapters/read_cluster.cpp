#include "sim/scenario/chapters/chapters.hpp"

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(LegalStatus::Rented) == pb::RENTED - 1);
static_assert(static_cast<int>(Channel::Captive) == pb::CAPTIVE - 1);
static_assert(static_cast<int>(ChipUse::Inference) == pb::INFERENCE - 1);
static_assert(static_cast<int>(Pool::HostScale::OnePerNode) == pb::ONE_PER_NODE - 1);

constexpr Unit kUsdPerHost = at_least(0.0, 1.0, 1e8, "a US dollar");
constexpr Unit kLifeMonths = at_least(0.1, 365.25 / 12.0 * 86'400.0, 600.0, "a month");

void read_stocks(Reading& reading, const Cursor& pool_at, PoolId pool) {
  read_named(pool_at, "stocks", "stock", [&](const Cursor& at) {
    const auto& stock = as<pb::Stock>(at);
    ChipStock out;
    out.pool = pool;
    out.owner = reading.orgs.resolve(at, "owner", stock.owner()).value_or(OrgId{});
    out.user = stock.has_user() ? reading.orgs.resolve(at, "user", stock.user()).value_or(OrgId{})
                                : out.owner;
    out.use = read_enum_or(at, "use", ChipUse::Mixed);
    out.status = read_enum<LegalStatus>(at, "status").value_or(LegalStatus::Legal);
    out.channel = read_enum_or(at, "channel", Channel::Merchant);
    out.units = read_required<double>(reading, at, "units", kPackages);
    reading.world.stocks.push_back(out);
  });
}

void read_pool(Reading& reading, const Cursor& at, SiteId site) {
  const auto& in = as<pb::Pool>(at);
  const PoolId id{static_cast<std::uint32_t>(reading.world.pools.size())};
  Pool out;
  out.name = reading.pools.in_order()[id.value];
  out.site = site;
  const auto node = reading.nodes.resolve(at, "node", in.node());
  out.node = node.value_or(NodeTypeId{});
  const auto device = node ? reading.device_of_node[node->value] : std::nullopt;
  out.device = device.value_or(DeviceId{});
  if (device) check_pool_device(reading, at, *node, *device);
  out.host_scale = read_enum_or(at, "host_scale", Pool::HostScale::OnePerPool);
  reading.world.pools.push_back(std::move(out));
  reading.device_of_pool.push_back(device);
  read_stocks(reading, at, id);
}

// The pool at `site` for the offer of `device`.
void add_bought_pool(Reading& reading, const std::string& device, SiteId site) {
  int offer = 0;
  while (reading.scenario.offers(offer).device() != device) ++offer;
  Pool out;
  out.name = reading.pools.in_order()[reading.world.pools.size()];
  out.site = site;
  // Offers are read later and report a node that is wrong.
  const auto node = reading.nodes.find(reading.scenario.offers(offer).node());
  const auto held = node ? reading.device_of_node[*node] : std::nullopt;
  out.node = NodeTypeId{node.value_or(0)};
  out.device = held.value_or(DeviceId{});
  reading.world.pools.push_back(std::move(out));
  reading.device_of_pool.push_back(held);
}

// A day from midnight on; of carbon all or nothing.
void check_electricity(const Cursor& site, const std::vector<ElectricityHours>& hours) {
  int next = 0;
  for (std::size_t i = 0; i < hours.size(); ++i) {
    const Cursor at = site.children("electricity")[i];
    const int from = hours[i].from_hour;
    if (from >= kHoursOfDay) {
      at.error("from_hour", concat("from_hour is ", from, ", must lie in [0, 23]"));
    } else if (i == 0 && from != 0) {
      at.error("from_hour", concat("electricity begins at hour ", from, ", not at 0"),
               "the first entry holds from midnight on");
    } else if (i > 0 && from < next) {
      at.error("from_hour", concat("hour ", from, " does not come after that of the entry before"),
               "entries stand in the order of the day");
    }
    next = from + 1;
    if (hours[i].carbon_g_per_kwh.has_value() != hours[0].carbon_g_per_kwh.has_value()) {
      at.error("carbon_g_per_kwh", "carbon is stated in some hours, and not in others",
               "write carbon_g_per_kwh in all entries, or in none");
    }
  }
}

// Later ones are told as this.
constexpr std::uint32_t kLatestHourTold = 1'000'000;

std::vector<ElectricityHours> read_electricity(Reading& reading, const Cursor& site) {
  std::vector<ElectricityHours> hours;
  for (const Cursor& at : site.children("electricity")) {
    ElectricityHours out;
    out.from_hour =
        static_cast<int>(std::min(as<pb::ElectricityHours>(at).from_hour(), kLatestHourTold));
    out.usd_per_kwh = read_required<double>(reading, at, "usd_per_kwh", kUsdPerKwh);
    if (is_written(at, "carbon_g_per_kwh")) {
      out.carbon_g_per_kwh = read_required<double>(reading, at, "carbon_g_per_kwh", kGramsPerKwh);
    }
    hours.push_back(out);
  }
  check_electricity(site, hours);
  return hours;
}

SiteCosts read_costs(Reading& reading, const Cursor& at) {
  SiteCosts costs;
  costs.host = read_required<Usd>(reading, at, "host_usd", kUsdPerHost);
  costs.life = read_required<Seconds>(reading, at, "life_months", kLifeMonths);
  costs.electricity_usd_per_kwh =
      read_required<double>(reading, at, "electricity_usd_per_kwh", kUsdPerKwh);
  return costs;
}

// A price that is written and wrong has been reported where it stands.
void check_prices(const Reading& reading, const Cursor& at, SiteId site) {
  for (std::size_t i = 0; i < reading.world.pools.size(); ++i) {
    if (reading.world.pools[i].site != site || !reading.device_of_pool[i]) continue;
    const std::size_t device = reading.device_of_pool[i]->value;
    if (reading.world.devices[device].price) continue;
    const Cursor device_at = reading.root.child("devices", static_cast<int>(device));
    if (is_written(device_at, "price_usd")) continue;
    at.error("costs",
             concat("device ", in_quotes(reading.world.devices[device].name), " of pool ",
                    in_quotes(reading.world.pools[i].name), " has no price_usd"),
             "give its price in the catalogue, or leave costs out");
  }
}

void read_site(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Site>(at);
  const SiteId id{static_cast<std::uint32_t>(reading.world.sites.size())};
  Site out;
  out.name = in.name();
  out.country = read_country(at, "country", in.country()).value_or(Country());
  out.power_cap = read_required<Watts>(reading, at, "power_cap_mw", kMegawatts);
  out.pue = read_required<double>(reading, at, "pue", kPue);
  out.idle_power_share = read_required<double>(reading, at, "idle_power_share", kShare);
  out.install = read_required<Seconds>(reading, at, "install_days", kDays);
  out.storage = read_figure<BytesPerSecond>(reading, at, "storage_gb_s", kGbPerSecond);
  out.electricity = read_electricity(reading, at);
  if (in.has_costs()) out.costs = read_costs(reading, at.child("costs"));
  reading.world.sites.push_back(std::move(out));
  const auto bought = bought_pools(reading.scenario, in);
  if (in.pools_size() == 0 && bought.empty()) {
    at.error("pools", concat("site ", in_quotes(in.name()), " has no pool"),
             "add a pool, or make the place an exchange");
  }
  for (const Cursor& pool : at.children("pools")) read_pool(reading, pool, id);
  for (const auto& device : bought) add_bought_pool(reading, device, id);
  reading.world.sites.back().changes = read_pool_changes(reading, at);
  if (in.has_costs()) check_prices(reading, at, id);
}

}  // namespace

void check_pool_device(const Reading& reading, const Cursor& at, NodeTypeId node, DeviceId device) {
  const DeviceSpec& spec = reading.world.devices[device.value];
  const NodeSpec& type = reading.world.nodes[node.value];
  const auto require = [&](bool known, const std::string& field) {
    // A figure that is written and wrong has been reported where it stands.
    const Cursor device_at = reading.root.child("devices", static_cast<int>(device.value));
    if (known || is_written(device_at, field)) return;
    at.error("node",
             concat("device ", in_quotes(spec.name), " of node ", in_quotes(type.name), " has no ",
                    field),
             "a pool needs its device's peak_bf16_tflops, memory_gib and memory_bandwidth_gb_s");
  };
  require(spec.peaks.bf16.has_value(), "peak_bf16_tflops");
  require(spec.memory.has_value(), "memory_gib");
  require(spec.memory_bandwidth.has_value(), "memory_bandwidth_gb_s");

  const auto& written = reading.scenario.nodes(static_cast<int>(node.value));
  const auto& device_written = reading.scenario.devices(static_cast<int>(device.value));
  if (!written.has_node_power_kw() && !written.has_unit_power_kw() && !device_written.has_tdp_w()) {
    at.error("node", concat("nobody knows the power of node ", in_quotes(type.name)),
             concat("give the node node_power_kw, or device ", in_quotes(spec.name), " tdp_w"));
  }
}

void read_sites(Reading& reading) {
  for (const Cursor& at : reading.root.children("sites")) read_site(reading, at);
}

}  // namespace chokepoint
