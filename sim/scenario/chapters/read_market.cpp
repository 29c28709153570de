#include "sim/scenario/chapters/chapters.hpp"

#include <set>

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(RefusedBudget::SpentOnDomestic) == pb::SPENT_ON_DOMESTIC - 1);

constexpr Unit kDeliveries = whole(1.0, 600.0, "a month; 50 years are the most");
constexpr Unit kHorizonDays = whole(0.0, 3'650.0, "days; ten years are the most");
constexpr double kUsualTransitDays = 7.0;  // proto/market: Order.transit_days.

// Devices that some supply line makes.
std::set<DeviceId> read_supplies(Reading& reading) {
  std::set<DeviceId> made;
  for (const Cursor& at : reading.root.children("supplies")) {
    const auto& in = as<pb::SupplyLine>(at);
    SupplyLine out;
    out.name = in.name();
    const auto device = reading.devices.resolve(at, "device", in.device());
    out.device = device.value_or(DeviceId{});
    if (device && !made.insert(*device).second) {
      at.error("device", concat("a second supply line of device ", in_quotes(in.device())),
               "one line per device; put both schedules into one");
    }
    out.stock = read_figure_or(reading, at, "stock_units", kPackages, 0.0);
    if (in.output_size() == 0) {
      at.error("output", concat("supply line ", in_quotes(in.name()), " has no output"),
               "add output { from: \"...\" units_per_month { ... } }");
    }
    out.output = read_schedule(reading, at, "output", in.output());
    reading.world.supplies.push_back(std::move(out));
  }
  return made;
}

std::vector<Tranche> read_tranches(Reading& reading, const Cursor& order_at,
                                   const pb::Order& order) {
  std::vector<Tranche> tranches;
  read_named(order_at, "tranches", "tranche", [&](const Cursor& at) {
    const auto& in = as<pb::Tranche>(at);
    Tranche out;
    out.name = in.name();
    out.first = read_date(at, "first", in.first()).value_or(Date());
    out.months = static_cast<int>(read_number(at, "months", kDeliveries).value_or(1.0));
    out.units_per_month = read_required<double>(reading, at, "units_per_month", kPackages);
    tranches.push_back(std::move(out));
  });
  if (tranches.empty()) {
    order_at.error("tranches", concat("order ", in_quotes(order.name()), " has no tranche"),
                   "say how many packages fall due when");
  }
  return tranches;
}

Sourced<Usd> read_price(Reading& reading, const Cursor& at, std::optional<DeviceId> device,
                        const pb::Order& in) {
  const auto contract = read_figure<Usd>(reading, at, "price_usd", kUsdPerDevice);
  if (contract) return *contract;
  if (!device || in.has_price_usd()) return {};
  const DeviceSpec& spec = reading.world.devices[device->value];
  const auto& written = reading.scenario.devices(static_cast<int>(device->value));
  if (!spec.price && !written.has_price_usd()) {
    at.error("price_usd",
             concat("neither the order nor device ", in_quotes(spec.name), " has a price_usd"),
             "give the contract price of one package");
  }
  return {spec.price.value_or(Usd{}), spec.price_input};
}

// The pool at `field`, which must hold `device`.
std::optional<PoolId> read_pool_for(const Reading& reading, const Cursor& at,
                                    std::optional<DeviceId> device, const std::string& written) {
  const auto pool = reading.pools.resolve(at, "pool", written);
  if (!pool || !device) return pool;
  const auto held = reading.device_of_pool[pool->value];
  if (held && *held != *device) {
    const auto& names = reading.devices.in_order();
    at.error("pool",
             concat("pool ", in_quotes(written), " holds ", in_quotes(names[held->value]),
                    ", the order is for ", in_quotes(names[device->value])),
             "send it to a pool whose node has that device");
  }
  return pool;
}

// Where the goods leave from: as written, else the country of the vendor's headquarters.
Country read_export(const Reading& reading, const Cursor& at, std::optional<DeviceId> device,
                    const pb::Order& in) {
  if (in.has_exported_from()) {
    return read_country(at, "exported_from", in.exported_from()).value_or(Country());
  }
  return device ? reading.world.device_items[device->value].item.vendor_headquarters : Country();
}

void read_order(Reading& reading, const Cursor& at, const std::set<DeviceId>& made) {
  const auto& in = as<pb::Order>(at);
  Order out;
  out.name = in.name();
  const auto device = reading.devices.resolve(at, "device", in.device());
  out.device = device.value_or(DeviceId{});
  if (device && made.count(*device) == 0) {
    at.error("device", concat("nobody supplies device ", in_quotes(in.device())),
             "an order needs a supply line of its device");
  }
  out.buyer = reading.orgs.resolve(at, "buyer", in.buyer()).value_or(OrgId{});
  out.user =
      in.has_user() ? reading.orgs.resolve(at, "user", in.user()).value_or(OrgId{}) : out.buyer;
  out.pool = read_pool_for(reading, at, device, in.pool()).value_or(PoolId{});
  out.price = read_price(reading, at, device, in);
  out.exported_from = read_export(reading, at, device, in);
  out.tranches = read_tranches(reading, at, in);
  constexpr double kUsualTransit = kUsualTransitDays * 86'400.0;
  out.transit = Seconds{read_number(at, "transit_days", kDays, kUsualTransit).value_or(0.0)};
  reading.world.orders.push_back(std::move(out));
}

// Domestic devices are those whose vendor has its seat where the pool stands.
void check_domestic(const Reading& reading, const Cursor& at, const std::string& field, PoolId pool,
                    const std::set<DeviceId>& made) {
  const auto device = reading.device_of_pool[pool.value];
  if (!device) return;
  const World& world = reading.world;
  const DeviceSpec& spec = world.devices[device->value];
  const Country country = world.sites[world.pools[pool.value].site.value].country;
  const Country home = world.device_items[device->value].item.vendor_headquarters;
  const bool both_known = home != Country() && country != Country();
  if (both_known && home != country) {
    at.error(field,
             concat("device ", in_quotes(spec.name), " of this pool comes from ", home.text(),
                    ", the pool is in ", country.text()),
             "domestic pools hold devices of vendors of their own country");
  }
  if (made.count(*device) == 0) {
    at.error(field, concat("nobody supplies device ", in_quotes(spec.name), " of this pool"),
             "refused money needs a supply line to be spent on");
  }
  const auto& written = reading.scenario.devices(static_cast<int>(device->value));
  if (!spec.price && !written.has_price_usd()) {
    at.error(field, concat("device ", in_quotes(spec.name), " of this pool has no price_usd"),
             "refused money needs a price to be spent at");
  }
}

void read_adaptation(Reading& reading, const Cursor& at, const pb::Market& in) {
  Market& out = reading.world.market;
  out.pull_forward_share = read_figure_or(reading, at, "pull_forward_share", kShare, 0.0);
  if (in.has_pull_forward_share() && !in.has_pull_forward_horizon_days()) {
    at.error("pull_forward_horizon_days",
             "pull_forward_horizon_days is missing, though buyers pull deliveries forward",
             "say how long after a rule takes effect deliveries are wanted early");
  }
  out.pull_forward_horizon_days = static_cast<int>(
      read_number(at, "pull_forward_horizon_days", kHorizonDays, 0.0).value_or(0.0));
  out.write_off = in.write_off();
}

void read_rules_of_market(Reading& reading, const std::set<DeviceId>& made) {
  if (!reading.scenario.has_market()) {
    if (reading.scenario.orders_size() == 0) return;
    reading.root.error("market", "market is missing, though there are orders",
                       "say what refused money does: market { refused_budget: NOTHING_BOUGHT }");
    return;
  }
  const Cursor at = reading.root.child("market");
  const auto& in = reading.scenario.market();
  const auto budget = read_enum<RefusedBudget>(at, "refused_budget");
  reading.world.market.refused_budget = budget.value_or(RefusedBudget::NothingBought);
  read_adaptation(reading, at, in);
  for (int i = 0; i < in.domestic_pools_size(); ++i) {
    const std::string field = concat("domestic_pools[", i, "]");
    const auto pool = reading.pools.resolve(at, field, in.domestic_pools(i));
    if (!pool) continue;
    check_domestic(reading, at, field, *pool, made);
    reading.world.market.domestic_pools.push_back(*pool);
  }
  if (budget == RefusedBudget::SpentOnDomestic && in.domestic_pools_size() == 0) {
    at.error("refused_budget", "SPENT_ON_DOMESTIC without domestic_pools",
             "name the \"site/pool\" that domestic devices are bought for");
  }
}

}  // namespace

std::vector<Output> read_schedule(Reading& reading, const Cursor& at, const std::string& field,
                                  const google::protobuf::RepeatedPtrField<pb::Output>& written) {
  std::vector<Output> schedule;
  std::optional<Date> before;
  for (int i = 0; i < written.size(); ++i) {
    const Cursor pace = at.child(field, i);
    const auto from = read_date(pace, "from", written.Get(i).from());
    if (from && before && *from <= *before) {
      pace.error(
          "from",
          concat(field, " from ", format_date(*from), " after one from ", format_date(*before)),
          "dates out of order: the dates of one line increase");
    }
    if (from) before = from;
    schedule.push_back({from.value_or(Date()),
                        read_required<double>(reading, pace, "units_per_month", kPackages)});
  }
  return schedule;
}

void read_market(Reading& reading) {
  const auto made = read_supplies(reading);
  for (const Cursor& at : reading.root.children("orders")) read_order(reading, at, made);
  read_rules_of_market(reading, made);
}

}  // namespace chokepoint
