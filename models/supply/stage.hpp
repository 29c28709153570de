#pragma once

#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/calendar.hpp"
#include "models/curve.hpp"
#include "models/ids.hpp"
#include "models/sourced.hpp"
#include "models/supply/yield.hpp"

namespace chokepoint {

/// What a stage makes. Equipment and packaging are hours of machines: unused hours are lost at the
/// end of the month.
enum class StageKind { Equipment, Wafers, Dies, Memory, Packaging, Module };

/// What a stage needs from abroad.
struct ForeignDependence {
  Sourced<double> equipment_share;  ///< Of the tools that capacity is added with, in [0, 1].
  Sourced<double> service_share;    ///< Of the uptime that foreign service keeps up, in [0, 1].
  Sourced<double> spares_months;    ///< That the stock of spare parts lasts without it, >= 0.
  Sourced<double> half_life_months = {12.0, {}};  ///< Of uptime after that, > 0.
};

/// A step from equipment to accelerators: a fab, an import, or a bank of earlier output. All of its
/// units are of its own product: wafers, dies, stacks, packages.
struct SupplyStage {
  std::string name;
  StageKind kind = StageKind::Wafers;
  Country country;                   ///< Where it stands.
  std::optional<OrgId> operated_by;  ///< Unset: nobody in particular.

  /// Units that it can start in a month, before its yield. Unset: as many as its inputs allow; a
  /// stage without inputs is then a bank.
  std::optional<Curve> capacity;
  Curve other_users;  ///< Share of capacity that phones and others take first, in [0, 1].
  Yield yield;
  int lead_months = 0;  ///< From start to finished, >= 0; 0 of equipment and packaging.
  /// All of the capacity arrives and is stocked, needed or not. Requires: a capacity, no lead, no
  /// yield, a product that can be stocked, and no stage that feeds it.
  bool take_or_pay = false;

  Sourced<double> stock;  ///< Good units that lie ready or arrive from outside, >= 0.
  Date stock_from;        ///< First day of the month in which they arrive,
  int stock_months = 1;   ///< or begin to, in equal parts over so many months.

  ForeignDependence foreign;
  /// What governments judge: its product at the border, the tools and the service that it buys. The
  /// caller asks them and passes the answer as a StageGate.
  std::optional<ItemId> product_item, equipment_item, service_item;
  /// Who brings the product in. Unset: those with claims to it.
  std::optional<OrgId> importer;
  /// Units that its sellers can ship on top, once, between the day on which a rule becomes known
  /// that will hold the product back and the day on which it does; given a month or more, all of
  /// them.
  Curve spare;
};

/// What one stage gives to another, or to a component.
struct Flow {
  StageId from;
  std::variant<StageId, ComponentId> to;
  Sourced<double> units_out_per_in = {1.0, {}};  ///< Such as dies per wafer; > 0.
};

/// A part of devices that any of the stages that flow into it can supply: a logic die, a generation
/// of HBM, a place in packaging. Components do not stand in for each other.
struct Component {
  std::string name;
};

/// What one package takes of a component.
struct Need {
  ComponentId component;
  double units = 1.0;  ///< > 0.
  /// Tested before they are packaged. Otherwise the package is good only if all of them are: the
  /// yield of their stage counts once for each, squared for two.
  bool known_good = true;
};

/// What a vendor builds a device from. At most one bill a device.
struct Bill {
  DeviceId device;
  OrgId vendor;
  std::vector<Need> needs;                     ///< At least one, each of another component.
  Sourced<double> assembly_yield = {1.0, {}};  ///< Packages that work, in [0, 1].
  Curve launch;  ///< Weight in its vendor's mix, >= 0; 0 before launch and after the end.
};

/// A vendor's claim to a stage.
struct Contract {
  StageId stage;
  OrgId vendor;
  Curve share;  ///< Weight: of the stage after other users, this of all weights. In [0, 1].
  /// From first silicon, which is the first point of `share`, to volume; >= 0.
  Sourced<double> qualification_months = {};
};

/// How vendors use what they have.
struct SupplyHabits {
  /// Share of its claim to a stage that a vendor can take in addition, of what others leave. More
  /// would need masks, qualified processes and buyers. Infinity: all that is left. >= 0.
  Sourced<double> leftover_limit{std::numeric_limits<double>::infinity(), {}};
  /// Over which a vendor spends memory that lies in its stock, >= 1: a month's part of it, beside
  /// what comes; it then starts no work that memory will not match. 1: no plan, memory is spent as
  /// soon as it can be used.
  Sourced<double> memory_plan_months{1.0, {}};
  /// Of a device, in which its vendor makes all it can and builds a stock, >= 0.
  Sourced<double> launch_months{4.0, {}};
  /// In which a vendor closes the gap to the stock that it likes, >= 1.
  Sourced<double> stock_fill_months{3.0, {}};
};

/// Everything that turns capacity into accelerators. Ids are indices. Flows form no cycle, and
/// every bill has a component that something can limit.
struct SupplyNetwork {
  std::vector<SupplyStage> stages;
  std::vector<Flow> flows;
  std::vector<Component> components;
  std::vector<Bill> bills;
  std::vector<Contract> contracts;
  SupplyHabits habits;
};

/// True where the stage works ahead of use, into a stock: its product lasts or takes time to make.
/// Other stages (wafer starts, equipment, packaging) only work for immediate use.
inline bool makes_ahead(const SupplyStage& stage) {
  return stage.lead_months > 0 || stage.kind == StageKind::Dies ||
         stage.kind == StageKind::Memory || stage.kind == StageKind::Module;
}

}  // namespace chokepoint
