#include "sim/network/flow_player.hpp"
#include "tools/commands/commands.hpp"

namespace chokepoint {

void add_simulated_estimate_command(CLI::App& app, Outcome& outcome) {
  add_estimate_command(app, outcome, play_flows);
}

}  // namespace chokepoint
