#include <memory>

#include "sim/serving/fabric_transfers.hpp"
#include "tools/commands/commands.hpp"
#include "tools/fleet/fleet_links.hpp"

namespace chokepoint {

/// Caches of `fleet` are handed over as flows that share links.
void hand_over_links(const Cluster& cluster, PlannedFleet& fleet) {
  const auto transfers = std::make_shared<FabricTransfers>(fleet.spec(), fabric_of(cluster, fleet));
  fleet.transfers = transfers;
  fleet.run = [transfers](Fleet& running, RequestSource& source) {
    transfers->run(running, source);
  };
}

void add_simulated_replay_requests_command(CLI::App& app, Outcome& outcome) {
  add_replay_requests_command(app, outcome, hand_over_links);
}

}  // namespace chokepoint
