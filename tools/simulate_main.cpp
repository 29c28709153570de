#include "sim/sweep/worker_process.hpp"
#include "tools/commands/commands.hpp"

namespace chokepoint {
namespace {

constexpr AddCommand kCommands[] = {
    add_run_command,
    add_compare_command,
    add_replay_command,
    add_trace_command,
    add_validate_command,
    add_why_command,
    add_catalog_command,
    add_policy_command,
    add_report_command,
    add_scenario_command,
    add_simulated_estimate_command,
    add_size_command,
    add_fit_command,
    add_completion_command,
    add_simulated_replay_requests_command,
    add_replay_graph_command,
    add_replay_jobs_command,
    add_sweep_command,
    add_explain_command,
};

}  // namespace
}  // namespace chokepoint

int main(int argc, char** argv) {
  return chokepoint::run_program(argc, argv, chokepoint::kCommands, chokepoint::stop_workers);
}
