#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// Who runs the shards of a sweep: this program, Slurm, or GNU parallel.
enum class SweepEngine { Local, Slurm, Parallel };

/// "local", "slurm", "parallel".
std::string_view name(SweepEngine engine);
std::optional<SweepEngine> sweep_engine_named(std::string_view name);

/// What shards are to be run, and how.
struct ShardOrder {
  std::filesystem::path program, root, folder;  ///< Absolute: nodes begin elsewhere.
  std::vector<std::size_t> shards;              ///< Those that lack something.
  std::size_t of = 1;
  int workers = 1;                   ///< Of one shard.
  std::vector<std::string> options;  ///< Of sbatch or parallel, such as "--partition=long".
};

/// The job script of an array with a task for each shard. Tasks are started again where their node
/// fails; what they had finished counts.
std::string slurm_script(const ShardOrder& order);

/// Words of a command that hands the script in and waits for the array's end.
std::vector<std::string> slurm_command(const ShardOrder& order,
                                       const std::filesystem::path& script);

/// Words of the command that has GNU parallel run the shards.
std::vector<std::string> parallel_command(const ShardOrder& order);

/// Runs a command with our streams, its output on stderr, and waits. Its exit code; 128 and the
/// signal's number where one ended it. Throws HelpedFailure where there is no such program.
int run_command(const std::vector<std::string>& words);

}  // namespace chokepoint
