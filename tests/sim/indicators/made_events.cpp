#include "tests/sim/indicators/made_events.hpp"

#include "sim/trace/counter_names.hpp"
#include "sim/trace/world_names.hpp"

namespace chokepoint::made {
namespace {

void add_device(const std::string& name, OrgId vendor, World& world) {
  const DeviceId id{static_cast<std::uint32_t>(world.devices.size())};
  DeviceSpec& device = world.devices.emplace_back();
  device.name = name;
  device.vendor = vendor;
  world.device_items.emplace_back();
  Pool& pool = world.pools.emplace_back();
  pool.name = "north/" + name;
  pool.device = id;
  Order& order = world.orders.emplace_back();
  order.name = name + "_national";
  order.device = id;
  order.buyer = OrgId{2};
  order.pool = PoolId{id.value};
}

Rule rule(const std::string& name, const std::string& government, const std::string& title) {
  Rule made;
  made.name = name;
  made.government = Country(government);
  made.title = title;
  return made;
}

void add_policy(World& world) {
  world.regime.rules = {rule("letter", "US", "Letter on bandwidth."),
                        rule("guidance", "CN", "Window guidance."), rule("later", "US", "Later.")};
  Exception license;
  license.name = "license";
  license.rules = {RuleId{0}};
  world.regime.exceptions = {license};
  Quota half;
  half.name = "half";
  half.exception = ExceptionId{0};
  world.regime.quotas = {half};
}

void add_supply(World& world) {
  world.supplies.emplace_back().name = "line";
  world.supply.components = {{"package"}};
  world.supply.stages.emplace_back().name = "cowos";
}

World made_world() {
  World world;
  world.name = "as_it_was";
  world.start = parse_date("2025-01-01").value();
  world.end = parse_date("2026-01-01").value();
  world.sources = {"paper"};
  world.inputs = {{"peak", 1.0, {}, {}, Confidence::Reported, SourceId{0}},
                  {"bandwidth", 2.0, 1.0, 4.0, Confidence::Estimated, SourceId{0}}};
  world.orgs = {{"nvidia", "", Country("US"), {}},
                {"huawei", "", Country("CN"), {}},
                {"alibaba", "", Country("CN"), {}},
                {"lab", "", Country("CN"), {}}};
  Site& north = world.sites.emplace_back();
  north.name = "north";
  north.country = Country("CN");
  add_device("h20", OrgId{0}, world);
  add_device("910c", OrgId{1}, world);
  add_policy(world);
  add_supply(world);
  TrainingJob& job = world.training_jobs.emplace_back();
  job.name = "pretrain";
  job.tokens.value = Tokens{1e12};
  world.services.emplace_back().name = "chat";
  return world;
}

}  // namespace

const World& world() {
  static const World made = made_world();
  return made;
}

namespace {

/// What the made world calls `name`.
template <class Id>
Id id(const std::string& name) {
  return WorldNames(world()).find<Id>(name).value();
}

}  // namespace

Seconds at(const std::string& date) {
  return world().calendar().at(parse_date(date).value());
}

DeliveryDue due(const std::string& date, double units, const std::string& device,
                const std::string& order) {
  return {at(date), id<OrderId>(order), id<DeviceId>(device), units};
}

ShipmentDelivered delivered(const std::string& date, double units, const std::string& device,
                            bool substitute, const std::string& order) {
  ShipmentDelivered made{
      at(date), id<OrderId>(order), substitute, id<DeviceId>(device), units, {}, {}, {}};
  made.stock.pool = id<PoolId>("north/" + device);
  made.stock.owner = made.stock.user = id<OrgId>("alibaba");
  return made;
}

ShipmentDelivered paid(const std::string& date, double units, double revenue_usd,
                       double receipts_usd) {
  ShipmentDelivered made = delivered(date, units);
  made.revenue = Usd{revenue_usd};
  made.government_receipts = Usd{receipts_usd};
  return made;
}

DeliveryBackordered short_of_supply(const std::string& date, double units,
                                    const std::string& device) {
  return {at(date), OrderId{0}, id<DeviceId>(device), units};
}

SupplyBottleneck bottleneck(const std::string& date, double made, double devices_per_unit) {
  return {at(date),       SupplyId{0}, DeviceId{0},      made,
          ComponentId{0}, StageId{0},  devices_per_unit, {}};
}

OrderClosed closed(const std::string& date, double ordered, double delivered, double refused,
                   double outstanding) {
  return {at(date), OrderId{0}, DeviceId{0}, ordered, delivered, refused, outstanding};
}

CounterSampled sampled(const std::string& date, Counter counter, const std::string& subject,
                       double value) {
  CounterSampled made{at(date), counter, 0, value};
  made.index = with_subject(made, [&]<class Subject>(Subject) {
    return WorldNames(world()).find<Subject>(subject).value().value;
  });
  return made;
}

ShipmentRefused refused(const std::string& date, double units, Gate gate,
                        const std::string& device) {
  ShipmentRefused made;
  made.time = at(date);
  made.device = id<DeviceId>(device);
  made.units = units;
  made.gate = gate;
  if (gate != Gate::Importer) made.exporter_rule = id<RuleId>("letter");
  if (gate != Gate::Exporter) made.importer_rule = id<RuleId>("guidance");
  made.value = Usd{units * 12'000.0};
  made.lost = {units * 0.5, units * 0.25, units};
  made.least_certain_training = made.least_certain_prefill = InputId{0};
  made.least_certain_decode = InputId{1};
  return made;
}

std::vector<TraceEvent> two_months() {
  return {due("2025-03-15", 1000),      delivered("2025-03-22", 600),
          delivered("2025-04-02", 400), due("2025-04-15", 1000),
          refused("2025-04-15", 1000),  closed("2025-12-31", 2000, 1000, 1000, 0)};
}

}  // namespace chokepoint::made
