#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "tools/console/program.hpp"

namespace CLI {
class App;
}

namespace chokepoint {

// Exit codes of the program beside 0.
inline constexpr int kFinding = 1;  ///< Something differs, is refused or is wrong, as was asked.
inline constexpr int kUsage = 2;
inline constexpr int kBadInput = 3;    ///< A file that was given has errors.
inline constexpr int kFailed = 5;      ///< The world did: a disk is full, a trace is cut.
inline constexpr int kInfeasible = 6;  ///< No plan does what is asked.

/// What a command leaves behind for run_program(): the exit code of the program.
struct Outcome {
  int exit_code = 0;
};

/// Thrown by a verb that needs the libraries of a simulation where they are not.
struct NeedsSimulation {};

struct Cluster;
struct PlannedFleet;
struct FlowJob;
struct PlayedJob;
class NetworkGraph;

/// Each adds its verb to `app`; the verb's callback does the work and sets `outcome`. Both must
/// outlive parsing. Callbacks print results on stdout and throw std::runtime_error where the world
/// fails, which run_program() turns into exit code 5.
void add_run_command(CLI::App& app, Outcome& outcome);
void add_compare_command(CLI::App& app, Outcome& outcome);
void add_estimate_command(CLI::App& app, Outcome& outcome);
/// The same for the program that has flows: without them --flows throws NeedsSimulation.
void add_simulated_estimate_command(CLI::App& app, Outcome& outcome);
using PlayCollectives = std::vector<PlayedJob> (*)(const NetworkGraph& graph,
                                                   const std::vector<FlowJob>& jobs);
void add_estimate_command(CLI::App& app, Outcome& outcome, PlayCollectives play);
/// Below `estimate`.
void add_estimate_training(CLI::App& estimate, Outcome& outcome);
void add_estimate_collective(CLI::App& estimate, Outcome& outcome, PlayCollectives play);
void add_explain_command(CLI::App& app, Outcome& outcome);
void add_fit_command(CLI::App& app, Outcome& outcome);
void add_completion_command(CLI::App& app, Outcome& outcome);
/// `replay run`.
void add_replay_command(CLI::App& app, Outcome& outcome);
/// `replay jobs`.
void add_replay_jobs_command(CLI::App& app, Outcome& outcome);
/// `replay graph`.
void add_replay_graph_command(CLI::App& app, Outcome& outcome);
/// `replay requests`, beside what `replay` has already. Where pools read and decode apart, caches
/// go over links that `drive` sets up; the second, which has none, throws NeedsSimulation there,
/// and the third is for the program that has.
using DriveTransfers = void (*)(const Cluster& cluster, PlannedFleet& fleet);
void add_replay_requests_command(CLI::App& app, Outcome& outcome, DriveTransfers drive);
void add_replay_requests_command(CLI::App& app, Outcome& outcome);
void add_simulated_replay_requests_command(CLI::App& app, Outcome& outcome);
void add_catalog_command(CLI::App& app, Outcome& outcome);
void add_policy_command(CLI::App& app, Outcome& outcome);
void add_report_command(CLI::App& app, Outcome& outcome);
void add_scenario_command(CLI::App& app, Outcome& outcome);
void add_size_command(CLI::App& app, Outcome& outcome);
void add_sweep_command(CLI::App& app, Outcome& outcome);
void add_trace_command(CLI::App& app, Outcome& outcome);
void add_validate_command(CLI::App& app, Outcome& outcome);
void add_why_command(CLI::App& app, Outcome& outcome);

using AddCommand = void (*)(CLI::App& app, Outcome& outcome);

/// The program with these verbs: does what its arguments ask for and returns its exit code.
/// `stop_workers` is as in catch_signals().
int run_program(int argc, char** argv, std::span<const AddCommand> commands,
                void (*stop_workers)());

/// The verb `replay` of the program, which several files add to; made where it is not there.
CLI::App& replay_verb(CLI::App& app);

/// Folder that holds `scenarios/`: `--root` where it was given, else as locate_root() finds it.
/// Requires: called from a callback, that is after parsing; `app` may be any verb of the program.
std::filesystem::path root_of(const CLI::App& app);

/// True where `-q` was given. Requires: as root_of().
bool is_quiet(const CLI::App& app);

/// Standard error for those who draw on it: what is printed here is not filtered as in
/// PrintableStream, so nothing that comes from others may be.
std::ostream& terminal();

/// What is wrong with `text` as a day, for options that take one; empty where nothing is.
std::string is_day(const std::string& text);
/// What is wrong with a `--set`, or nothing.
std::string is_assignment(const std::string& text);

/// What is wrong with a text as a number, for options that take one: see number_complaint(). The
/// parser itself takes "0x10", "-0" and "".
std::function<std::string(const std::string&)> is_number(std::uint64_t least, std::uint64_t most);

/// complain()s of how the program was called; the exit code for that.
int refuse(const std::string& message, const std::string& help);

}  // namespace chokepoint
