#include "sim/scenario/chapters/chapters.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "sim/scenario/reading/read_curve.hpp"
#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

constexpr Unit kListPrice = at_least(0.0, 1.0, 1e8, "a US dollar");
constexpr Unit kBudget = at_least(0.0, 1e9, 1e4, "1e9 US dollars a year");
constexpr Unit kMonthsHeld = at_least(0.0, 1.0, 600.0, "a month; 50 years are the most");
constexpr Unit kSomeMonths = at_least(1.0, 1.0, 600.0, "a month; 50 years are the most");
constexpr Unit kUtility = at_least(0.0, 1.0, 100.0, "a factor of e of the odds");
constexpr Unit kSensitivity = at_least(0.01, 1.0, 100.0, "of the logarithm of work per dollar");
constexpr Unit kBuyersPremium = at_least(0.0, 1.0, 100.0, "as much again as the list price");
constexpr Unit kListFloor{1.0, 1e-3, true, 1.0, true, false, ""};
constexpr Unit kListCeiling = at_least(1.0, 1.0, 1e3, "the list price");
constexpr Unit kListStep{1.0, 0.0, true, 0.99, true, false, ""};
constexpr Unit kWholeMonths = whole(1.0, 600.0, "a month; 50 years are the most");
constexpr Unit kNoMonths = whole(0.0, 600.0, "a month; 50 years are the most");
// proto/market: Choice.list_*.
constexpr double kNoResponse = 0.0, kStep = 0.02, kFloor = 0.8, kCeiling = 1.25;
constexpr Seconds kTransit = 7_days;
constexpr double kCarryMonths = 6.0;  // proto/market: Buyer.carry_months.

// Whether who knows only what the world does knows of what became public on `known_on`.
bool is_known(const Reading& reading, const Cursor& at, const std::string& known_on) {
  if (known_on.empty()) return true;
  const auto known = read_date(at, "known_on", known_on);
  return !known || !reading.world.as_of || *known <= *reading.world.as_of;
}

void read_offer(Reading& reading, const Cursor& at, std::set<DeviceId>& offered) {
  const auto& in = as<pb::Offer>(at);
  Offer out;
  out.name = in.name();
  const auto device = reading.devices.resolve(at, "device", in.device());
  out.device = device.value_or(DeviceId{});
  if (device && !offered.insert(*device).second) {
    at.error("device", concat("a second offer of device ", in_quotes(in.device())),
             "one offer per device");
  }
  out.price = read_required_curve(reading, at, "price_usd", kListPrice);
  const auto node = reading.nodes.resolve(at, "node", in.node());
  out.node = node.value_or(NodeTypeId{});
  const auto held = node ? reading.device_of_node[node->value] : std::nullopt;
  if (held && device && *held != *device) {
    at.error("node",
             concat("node ", in_quotes(in.node()), " does not hold ", in_quotes(in.device())),
             "name the node in which the device is installed");
  }
  if (held && reading.scenario.buyers_size() > 0) check_pool_device(reading, at, *node, *held);
  out.countries = read_country_codes(at, "countries", in.countries());
  out.captive_only = in.captive_only();
  if (!is_known(reading, at, in.known_on())) out.price.points.clear();  // Not on sale.
  reading.world.offers.push_back(std::move(out));
}

void read_programme(Reading& reading, const Cursor& at, Buyer& out) {
  const auto& in = as<pb::TrainingProgramme>(at);
  TrainingProgramme programme;
  programme.name = in.name();
  programme.usable_units = read_required<double>(reading, at, "h100e", kPackages);
  programme.by = read_date(at, "by", in.by()).value_or(Date());
  programme.lead_months = read_required<double>(reading, at, "lead_months", kWholeMonths);
  programme.settling_months = read_required<double>(reading, at, "settling_months", kNoMonths);
  if (programme.lead_months.input &&
      programme.settling_months.value >= programme.lead_months.value) {
    at.error("settling_months",
             concat("settling_months is ", programme.settling_months.value,
                    ", not less than lead_months ", programme.lead_months.value),
             "what is ordered must come in time: order earlier");
  }
  if (!is_known(reading, at, in.known_on())) return;
  out.programmes.push_back(std::move(programme));
}

void read_buyer(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Buyer>(at);
  Buyer out;
  out.name = in.name();
  out.org = reading.orgs.resolve(at, "org", in.org()).value_or(OrgId{});
  out.user =
      in.user().empty() ? out.org : reading.orgs.resolve(at, "user", in.user()).value_or(OrgId{});
  out.site = reading.sites.resolve(at, "site", in.site()).value_or(SiteId{});
  out.budget = read_required_curve(reading, at, "budget_usd_bn_per_year", kBudget);
  out.training_share = read_required_curve(reading, at, "training_share", kShare);
  out.prefill_share = read_required<double>(reading, at, "prefill_share", kShare);
  out.research_share = read_required<double>(reading, at, "research_share", kShare);
  out.carry_months = read_figure_or(reading, at, "carry_months", kMonthsHeld, kCarryMonths);
  read_named(at, "programmes", "programme",
             [&](const Cursor& programme) { read_programme(reading, programme, out); });
  reading.world.buyers.push_back(std::move(out));
}

void read_choice(Reading& reading) {
  if (!reading.scenario.has_choice()) {
    if (reading.scenario.buyers_size() == 0) return;
    reading.root.error("choice", "choice is missing, though there are buyers",
                       "say how buyers choose: choice { sensitivity { ... } ... }");
    return;
  }
  const Cursor at = reading.root.child("choice");
  ChoiceHabits& out = reading.world.choice;
  const auto read = [&](const char* field, const Unit& unit) {
    return read_required<double>(reading, at, field, unit);
  };
  out.sensitivity = read("sensitivity", kSensitivity);
  out.nest_scale = read("nest_scale", kFraction);
  out.captive_preference = read("captive_preference", kUtility);
  out.policy_risk = read("policy_risk", kUtility);
  out.porting_aversion = read("porting_aversion", kUtility);
  out.delay_aversion = read("delay_aversion", kUtility);
  out.life_months = read("life_months", kSomeMonths);
  out.pass_through = read("pass_through", kShare);
  out.electricity_usd_per_kwh = read("electricity_usd_per_kwh", kUsdPerKwh);
  constexpr Unit kUsdOfHost = at_least(0.0, 1.0, 1e7, "a US dollar");
  out.host = read_required<Usd>(reading, at, "host_usd", kUsdOfHost);
  out.linked_host = read_figure<Usd>(reading, at, "linked_host_usd", kUsdOfHost).value_or(out.host);
  constexpr Unit kUsdPerGbit = at_least(0.0, 1.0, 1e4, "a US dollar");
  out.network_usd_per_gbit_s =
      read_figure_or(reading, at, "network_usd_per_gbit_s", kUsdPerGbit, 0.0);
  read_served_models(reading, at);
  out.families = read("families", positive(1.0, 1e4, "a family of models"));
  out.stock_cover_months = read("stock_cover_months", kMonthsHeld);
  out.hoarding_months = read("hoarding_months", kMonthsHeld);
  out.repay_share = read("repay_share", kShare);
  out.retirement_months = read("retirement_months", kSomeMonths);
  out.premium_response = read("premium_response", kBuyersPremium);
  out.premium_ceiling = read("premium_ceiling", kBuyersPremium);
  const auto read_or = [&](const char* field, const Unit& unit, double unset) {
    return read_figure_or(reading, at, field, unit, unset);
  };
  out.list.response = read_or("list_response", kBuyersPremium, kNoResponse);
  out.list.max_step_per_month = read_or("list_step", kListStep, kStep);
  out.list_floor = read_or("list_floor", kListFloor, kFloor);
  out.list_ceiling = read_or("list_ceiling", kListCeiling, kCeiling);
}

void read_grey_route(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::GreyRoute>(at);
  GreyRoute out;
  out.name = in.name();
  out.country = read_country(at, "country", in.country()).value_or(Country());
  out.destination = read_country(at, "destination", in.destination()).value_or(Country());
  out.share_of_sales = read_required_curve(reading, at, "share_of_sales", kShare);
  out.units_per_month = read_required_curve(reading, at, "units_per_month", kPackages);
  out.seizure_probability = read_required<double>(reading, at, "seizure_probability", kShare);
  out.delay = read_required<Seconds>(reading, at, "delay_days", kDays);
  reading.world.grey_routes.push_back(std::move(out));
}

// The supply line of the offer's device; a new one, empty, where none is written.
SupplyId line_for(World& world, const Offer& offer) {
  for (std::uint32_t i = 0; i < world.supplies.size(); ++i) {
    if (world.supplies[i].device == offer.device) return SupplyId{i};
  }
  world.supplies.push_back({offer.name, offer.device, {}, {}});
  return SupplyId{static_cast<std::uint32_t>(world.supplies.size() - 1)};
}

bool is_sold_to(const World& world, const Offer& offer, const Buyer& buyer) {
  const Country country = world.sites[buyer.site.value].country;
  const auto& countries = offer.countries;
  const bool is_there =
      countries.empty() || std::ranges::find(countries, country) != countries.end();
  const OrgId vendor = world.devices[offer.device.value].vendor;
  const bool is_family = world.is_one_family(buyer.org, vendor);
  return is_there && (is_family || !offer.captive_only);
}

std::optional<PoolId> pool_of(const World& world, SiteId site, DeviceId device) {
  for (std::uint32_t i = 0; i < world.pools.size(); ++i) {
    if (world.pools[i].site == site && world.pools[i].device == device) return PoolId{i};
  }
  return std::nullopt;
}

void add_standing_orders(World& world, BuyerId id) {
  const Buyer& buyer = world.buyers[id.value];
  for (std::uint32_t i = 0; i < world.offers.size(); ++i) {
    const Offer& offer = world.offers[i];
    const auto pool = pool_of(world, buyer.site, offer.device);
    if (!pool || !is_sold_to(world, offer, buyer)) continue;
    Order order;
    order.name = buyer.name + "/" + offer.name;
    order.device = offer.device;
    order.buyer = buyer.org;
    order.user = buyer.user;
    order.pool = *pool;
    order.transit = kTransit;
    order.exported_from = world.device_items[offer.device.value].item.vendor_headquarters;
    world.blanket_orders.push_back(
        {id, i, OrderId{static_cast<std::uint32_t>(world.orders.size())}});
    world.orders.push_back(std::move(order));
  }
}

}  // namespace

void read_buyers(Reading& reading) {
  World& world = reading.world;
  std::set<DeviceId> offered;
  for (const Cursor& at : reading.root.children("offers")) read_offer(reading, at, offered);
  for (const Cursor& at : reading.root.children("buyers")) read_buyer(reading, at);
  read_choice(reading);
  for (const Cursor& at : reading.root.children("grey_routes")) read_grey_route(reading, at);
  if (reading.root.has_errors()) return;
  for (const Offer& offer : world.offers) world.offer_lines.push_back(line_for(world, offer));
  for (std::uint32_t i = 0; i < world.buyers.size(); ++i) add_standing_orders(world, BuyerId{i});
}

}  // namespace chokepoint
