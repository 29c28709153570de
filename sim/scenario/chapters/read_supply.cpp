#include "sim/scenario/chapters/chapters.hpp"

#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "sim/scenario/reading/read_curve.hpp"
#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(StageKind::Wafers) == pb::WAFER_STARTS);
static_assert(static_cast<int>(StageKind::Module) == pb::WHOLE_MODULES);

constexpr Unit kUnitsPerMonth = at_least(0.0, 1.0, 1e9, "a unit: wafer, die, stack, package");
constexpr Unit kRatio = at_least(1e-3, 1.0, 1e5, "units made of one");
constexpr Unit kMonthsOfLead = whole(0.0, 60.0, "a month");
constexpr Unit kHalfLife = at_least(0.01, 1.0, 600.0, "a month");
constexpr Unit kExperience = positive(1.0, 1e12, "a unit started");
constexpr Unit kUnits = at_least(0.0, 1.0, 1e10, "a unit");
constexpr Unit kNeeded = at_least(1e-3, 1.0, 1e4, "a unit in one package");
constexpr Unit kPlanMonths = at_least(1.0, 1.0, 600.0, "a month");
constexpr Unit kMonths = at_least(0.0, 1.0, 600.0, "a month");
constexpr Unit kClaims = at_least(0.0, 1.0, 1e6, "as much again as the claim");
constexpr Unit kWeight = at_least(0.0, 1.0, 1e6, "a weight");

Yield read_yield(Reading& reading, const Cursor& stage) {
  Yield out;
  if (!is_written(stage, "yield")) return out;
  const Cursor at = stage.child("yield");
  out.start = read_required<double>(reading, at, "start", kFraction);
  out.ceiling = read_required<double>(reading, at, "ceiling", kFraction);
  out.experience = read_required<double>(reading, at, "experience", kExperience);
  if (out.ceiling.value > 0.0 && out.start.value > out.ceiling.value) {
    at.error("ceiling",
             concat("the ceiling ", out.ceiling.value, " is below the start ", out.start.value),
             "yields learn: start <= ceiling");
  }
  return out;
}

ForeignDependence read_dependence(Reading& reading, const Cursor& at) {
  ForeignDependence out;
  const auto share = [&](const char* field) {
    return read_figure_or(reading, at, field, kShare, 0.0);
  };
  out.equipment_share = share("foreign_tools_share");
  out.service_share = share("foreign_service_share");
  if (out.service_share.value > 0.0) {
    out.half_life_months = read_required<double>(reading, at, "spares_half_life_months", kHalfLife);
  }
  return out;
}

std::optional<ItemId> read_item(const Reading& reading, const Cursor& at, const std::string& field,
                                const std::string& written) {
  return written.empty() ? std::nullopt : reading.items.resolve(at, field, written);
}

void read_stage(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::SupplyStage>(at);
  SupplyStage out;
  out.name = in.name();
  // Equipment is a stage in models alone: files state the wafers that it makes possible.
  const int kind = read_enum_number(at, "kind", true);
  out.kind = static_cast<StageKind>(kind);
  out.country = read_country(at, "country", in.country()).value_or(Country());
  if (!in.operator_().empty())
    out.operated_by = reading.orgs.resolve(at, "operator", in.operator_());
  out.capacity = read_curve(reading, at, "units_per_month", kUnitsPerMonth);
  out.other_users = read_curve(reading, at, "other_users_share", kShare).value_or(Curve{});
  out.yield = read_yield(reading, at);
  out.lead_months =
      static_cast<int>(read_number(at, "lead_months", kMonthsOfLead, 0.0).value_or(0.0));
  if (out.lead_months > 0 && out.kind == StageKind::Packaging) {
    at.error("lead_months", "packaging takes no lead_months",
             "packages are made in the month in which their parts are there");
  }
  out.take_or_pay = in.take_or_pay();
  if (out.take_or_pay && (!out.capacity || out.lead_months > 0 || in.has_yield() ||
                          out.kind == StageKind::Wafers || out.kind == StageKind::Packaging)) {
    at.error("take_or_pay", "take_or_pay needs units_per_month, no lead_months and no yield",
             "good dies, stacks or modules come unasked, and lie in stock in the same month");
  }
  out.stock = read_figure_or(reading, at, "stock_units", kUnits, 0.0);
  out.stock_from = reading.world.first_day();
  if (!in.stock_from().empty()) {
    out.stock_from = read_date(at, "stock_from", in.stock_from()).value_or(Date());
  }
  out.stock_months = static_cast<int>(
      read_number(at, "stock_months", whole(1.0, 600.0, "a month"), 1.0).value_or(1.0));
  out.foreign = read_dependence(reading, at);
  out.product_item = read_item(reading, at, "item", in.item());
  out.equipment_item = read_item(reading, at, "tools_item", in.tools_item());
  out.service_item = out.equipment_item;
  if (!in.importer().empty()) out.importer = reading.orgs.resolve(at, "importer", in.importer());
  out.spare = read_curve(reading, at, "spare_units", kUnits).value_or(Curve{});
  if (is_written(at, "spare_units") && !out.product_item) {
    at.error("spare_units", "spare_units needs an item",
             "a rule that holds the item back is what it is shipped ahead of");
  }
  reading.world.supply.stages.push_back(std::move(out));
}

void read_flow(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::SupplyFlow>(at);
  Flow out;
  const auto from = reading.stages.resolve(at, "from", in.from());
  std::optional<std::variant<StageId, ComponentId>> to;
  if (const auto component = reading.components.find(in.to())) {
    to = ComponentId{*component};
  } else if (const auto stage = reading.stages.resolve(at, "to", in.to())) {
    to = *stage;
    if (reading.world.supply.stages[stage->value].take_or_pay) {
      at.error("to", concat(in_quotes(in.to()), " has take_or_pay, and nothing can flow into it"),
               "what comes unasked is not made of anything: drop the flow, or take_or_pay");
    }
  }
  out.units_out_per_in = read_figure_or(reading, at, "units_out_per_unit", kRatio, 1.0);
  if (!from || !to) return;  // Or it might close a circle that nobody wrote.
  out.from = *from;
  out.to = *to;
  reading.world.supply.flows.push_back(out);
}

void read_bill(Reading& reading, const Cursor& at, std::set<DeviceId>& billed) {
  const auto& in = as<pb::BillOfMaterials>(at);
  Bill out;
  const auto device = reading.devices.resolve(at, "device", in.device());
  out.device = device.value_or(DeviceId{});
  if (device && !billed.insert(*device).second) {
    at.error("device", concat("a second bill of device ", in_quotes(in.device())),
             "one bill per device");
  }
  if (device) out.vendor = reading.world.devices[device->value].vendor;
  read_named(at, "items", "item", [&](const Cursor& item) {
    Need need;
    need.component =
        reading.components.resolve(item, "component", as<pb::BillItem>(item).component())
            .value_or(ComponentId{});
    need.units = read_number(item, "units", kNeeded).value_or(1.0);
    need.known_good = in.known_good_dies();
    out.needs.push_back(need);
  });
  if (in.items_size() == 0) {
    at.error("items", concat("bill ", in_quotes(in.name()), " has no item"),
             "say what a package takes: items { name: \"die\" component: \"...\" units: 1 }");
  }
  out.assembly_yield = read_figure_or(reading, at, "assembly_yield", kFraction, 1.0);
  out.launch = read_required_curve(reading, at, "launch", kWeight);
  reading.world.supply.bills.push_back(std::move(out));
}

void read_contract(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::SupplyContract>(at);
  Contract out;
  out.stage = reading.stages.resolve(at, "stage", in.stage()).value_or(StageId{});
  out.vendor = reading.orgs.resolve(at, "vendor", in.vendor()).value_or(OrgId{});
  out.share = read_required_curve(reading, at, "share", kShare);
  out.qualification_months = read_figure_or(reading, at, "qualification_months", kMonths, 0.0);
  reading.world.supply.contracts.push_back(std::move(out));
}

// Reports the first flow that closes a circle. Only where every flow names what there is.
void check_flows(Reading& reading) {
  const auto& flows = reading.world.supply.flows;
  const auto written = static_cast<std::size_t>(reading.scenario.supply_flows_size());
  if (flows.size() < written || !has_cycle(reading.world.supply)) return;
  SupplyNetwork before;
  before.stages = reading.world.supply.stages;
  int closing = -1;
  while (!has_cycle(before)) before.flows.push_back(flows[static_cast<std::size_t>(++closing)]);
  reading.root.child("supply_flows", closing)
      .error("to", "the stages flow in a circle", "what a stage makes cannot be needed to make it");
}

}  // namespace

void read_supply(Reading& reading) {
  const auto& in = reading.scenario;
  for (const Cursor& at : reading.root.children("supply_stages")) read_stage(reading, at);
  for (const auto& component : in.supply_components()) {
    reading.world.supply.components.push_back({component.name()});
  }
  for (const Cursor& at : reading.root.children("supply_flows")) read_flow(reading, at);
  std::set<DeviceId> billed;
  for (const Cursor& at : reading.root.children("bills")) read_bill(reading, at, billed);
  for (const Cursor& at : reading.root.children("contracts")) read_contract(reading, at);
  if (in.has_supply_habits()) {
    const Cursor at = reading.root.child("supply_habits");
    SupplyHabits& habits = reading.world.supply.habits;
    const auto read = [&](const char* field, const Unit& unit, Sourced<double>& out) {
      if (const auto figure = read_figure<double>(reading, at, field, unit)) out = *figure;
    };
    read("leftover_limit", kClaims, habits.leftover_limit);
    read("memory_plan_months", kPlanMonths, habits.memory_plan_months);
    read("launch_months", kMonths, habits.launch_months);
    read("stock_fill_months", kPlanMonths, habits.stock_fill_months);
  }
  check_flows(reading);
}

}  // namespace chokepoint
