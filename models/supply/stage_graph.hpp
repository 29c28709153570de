#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "models/supply/stage.hpp"

namespace chokepoint {

/// A part of a device so small that it is rounding, not supply.
inline constexpr double kNegligible = 1e-9;

/// What can flow, or does flow, at a stage; in finished devices.
struct StageFlow {
  double made = 0.0;     ///< Through the stage, from what feeds it to its product.
  double stock = 0.0;    ///< Out of its stock.
  double started = 0.0;  ///< Into its work under way, for later.
};

/// What bounds the flow through a ComponentGraph; in finished devices.
struct FlowLimits {
  std::vector<StageFlow> stages;  ///< As ComponentGraph::stages().
  bool delivers = true;           ///< Into the component.
  double started = 0.0;           ///< Into work under way, of all stages together.
};

/// A maximum flow through a ComponentGraph; in finished devices.
struct ComponentFlow {
  double delivered = 0.0;
  double started = 0.0;
  std::vector<StageFlow> stages;  ///< As ComponentGraph::stages().
  std::vector<double> flows;      ///< As ComponentGraph::flows().
};

/// A minimum cut of a ComponentGraph: the stages that limit its flow.
struct ComponentCut {
  double flow = 0.0;      ///< The maximum flow,
  double capacity = 0.0;  ///< and the capacity of the cut, which equals it.
  struct Crossing {
    bool made = false;    ///< The capacity of the stage is full.
    bool beyond = false;  ///< Its product lies beyond the cut: more stock of it would help.
  };
  std::vector<Crossing> stages;  ///< As ComponentGraph::stages().
};

/// Finished devices per good unit of each stage, and per unit that goes along each flow.
struct DevicesPerUnit {
  std::vector<double> stages;  ///< As ComponentGraph::stages().
  std::vector<double> flows;   ///< As ComponentGraph::flows().
};

/// The stages that feed one component of one device, as a network whose flow is counted in finished
/// devices: every capacity is scaled by the yields and ratios of all that follows.
class ComponentGraph {
public:
  /// A flow between two of `stages()`, by index; to none where it goes into the component.
  struct Link {
    std::size_t from;
    std::optional<std::size_t> to;
    double units_out_per_in;
  };

  /// `order`: all stages, each after those that it feeds.
  ComponentGraph(const SupplyNetwork& network, const Bill& bill, const Need& need,
                 const std::vector<StageId>& order);

  const Need& need() const { return need_; }
  /// Each after those that it feeds.
  const std::vector<StageId>& stages() const { return stages_; }
  const std::vector<Link>& flows() const { return links_; }
  /// True where some stage works ahead of use.
  bool works_ahead() const { return works_ahead_; }
  /// True where stage number `i` of `stages()` has nothing but its stock.
  bool is_bank(std::size_t i) const { return !can_make_[i]; }
  /// From the first start to the component, on the longest route.
  int lead_months() const { return lead_months_; }

  /// Finished devices per unit, where stage s has the yield `yields[s]` (by StageId):
  ///
  ///   into the component   assembly yield / units needed * yield^(units - 1) if tested too late
  ///   into stage t         ratio * yield of t * devices per unit of t
  ///
  /// A stage with several routes counts by the least of them, so that no flow promises too much.
  /// This is exact where there is one route or all are alike.
  DevicesPerUnit devices_per_unit(const std::vector<double>& yields) const;

  /// A maximum flow within `limits`, whose `stages` match. Nothing flows through a bank: its
  /// `made` is ignored. Requires: something finite on every way; limits >= 0.
  ComponentFlow max_flow(const FlowLimits& limits) const;

  /// The minimum cut: what the residual graph of a maximum flow can still reach from the source.
  ComponentCut min_cut(const FlowLimits& limits) const;

private:
  struct Arcs;
  std::vector<double> capacities(const FlowLimits& limits) const;

  Need need_;
  double assembly_yield_;
  std::vector<StageId> stages_;
  std::vector<Link> links_;
  std::vector<bool> is_fed_, works_ahead_stage_, can_make_;
  bool works_ahead_ = false;
  int lead_months_ = 0;
  std::shared_ptr<const Arcs> arcs_;  // Shared by copies: it never changes.
};

/// A network with a graph for every need of every bill. Built once for many months.
class StageGraph {
public:
  /// Requires: no cycle among flows, and ids within range.
  explicit StageGraph(SupplyNetwork network);

  const SupplyNetwork& network() const { return network_; }
  /// In the order of the needs of bill number `bill`.
  const std::vector<ComponentGraph>& of_bill(std::size_t bill) const { return graphs_[bill]; }
  /// Stages that bill number `bill` can draw on, by id.
  const std::vector<StageId>& stages_of_bill(std::size_t bill) const { return stages_[bill]; }

private:
  SupplyNetwork network_;
  std::vector<std::vector<ComponentGraph>> graphs_;
  std::vector<std::vector<StageId>> stages_;
};

/// True where the flows among stages form a cycle, which no StageGraph can hold.
bool has_cycle(const SupplyNetwork& network);

}  // namespace chokepoint
