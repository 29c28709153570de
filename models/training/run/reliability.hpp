#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/ids.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// How often something happens.
using PerSecond = Quantity<-1, 0, 0, 0, 0, 0>;

/// Of what a run has several, each of which may stop it.
enum class FailureScope {
  Devices,
  Nodes,
  Links,     ///< Cables between servers, with a transceiver at each end.
  Run,       ///< The run itself, whatever its size.
  Domains,   ///< Servers that fail together, such as those of a rack.
  Switches,  ///< Of the network: servers below one are out of reach together.
  Storage    ///< Of the site: nobody writes or reads checkpoints while it is away.
};

/// "device", "node", "link", "run", "domain", "switch", "storage".
std::string_view name(FailureScope scope);

/// A reason for which runs stop.
struct FailureMode {
  std::string name;
  FailureScope scope = FailureScope::Devices;
  Sourced<PerSecond> each;       ///< Interruptions by one of these.
  Sourced<double> broken_share;  ///< After which a server is of no use until it is repaired.
};

/// How often runs on some devices stop.
struct ReliabilitySpec {
  std::string name;
  std::vector<StackId> stacks;  ///< None: of all that no other one names.
  std::vector<FailureMode> modes;
  Sourced<double> weibull_shape{1.0, {}};  ///< Of the time from a start to an interruption.
  Sourced<double> lemon_factor{1.0, {}};   ///< Hardware that nobody sorts out, over sorted out.
  Sourced<PerSecond> planned;              ///< Stops in training that people plan.
  Sourced<Seconds> repair;                 ///< Mean, of a server.
  Sourced<double> switch_ports{64.0, {}};
  Sourced<double> slow_node_share, slow_node_delay;
  Sourced<double> nodes_per_domain{4.0, {}};
  std::optional<Sourced<double>> nodes_per_switch;                ///< Unset: nodes_per_domain.
  std::optional<Sourced<Seconds>> switch_repair, storage_repair;  ///< Mean; unset: repair.

  /// Servers that a failure of that scope takes away together; at least 1.
  int nodes_struck(FailureScope scope) const;
  /// For which something of that scope is away once it is broken, in the mean.
  Seconds repair_of(FailureScope scope) const;
};

/// How runs go on once they have stopped.
struct RecoverySpec {
  std::string name;
  Sourced<Seconds> detection, diagnosis;
  Sourced<Seconds> restart, init_per_device;
  Sourced<Seconds> planned;                  ///< A planned stop, but for the restart.
  Sourced<BytesPerSecond> storage_per_node;  ///< Of a checkpoint, written or read.
  Sourced<BytesPerSecond> snapshot;          ///< From a device to memory of its server.
  Sourced<double> idle_power_share;
};

/// The one for devices of `stack`: that which names it, else the first that names none. Null where
/// there is neither.
const ReliabilitySpec* reliability_for(const std::vector<ReliabilitySpec>& all, StackId stack);

/// What runs together.
struct GangSize {
  int devices = 1;
  int devices_per_node = 8;

  int nodes() const { return (devices + devices_per_node - 1) / devices_per_node; }
};

/// Cables of a network that joins servers without blocking, a network card for each device:
///
///   devices * tiers,    tiers the least t with  2 (ports / 2)^t >= devices
///
/// 0 within one server. Requires: ports >= 4.
double network_links(const GangSize& gang, double ports);

/// Rate at which `mode` stops a gang of that size, on devices that fail as `spec` says; it stands
/// in as few domains and below as few switches as hold it. Where the servers below a switch have a
/// card for each device and more cards than half its ports, as many switches as those need stand
/// side by side, and each that fails stops them all. Storage that is away stops nobody: 0.
PerSecond gang_rate(const FailureMode& mode, const GangSize& gang, const ReliabilitySpec& spec);

/// Which end of the ranges of a figure.
enum class RateBound { Low, High };

/// The same with every rate of interruption at that end of its range; as it is where it has none.
ReliabilitySpec at_bound(ReliabilitySpec spec, const std::vector<Input>& inputs, RateBound bound);

}  // namespace chokepoint
