#include "tools/sweep/sweep_engine.hpp"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "tools/console/command_line.hpp"
#include "tools/console/program.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kEngineNames = {"local", "slurm", "parallel"};
constexpr int kNotThere = 127, kSignalled = 128;

// How a shard is run: "chokepoint sweep work FOLDER --shard SHARD/OF ...", quoted for a shell.
std::string work_line(const ShardOrder& order, const std::string& shard) {
  return fmt::format("{} -q --root {} sweep work {} --shard {}/{} --workers {}",
                     shell_word(order.program.string()), shell_word(order.root.string()),
                     shell_word(order.folder.string()), shard, order.of, order.workers);
}

std::string list_of(const std::vector<std::size_t>& shards) {
  std::string list;
  for (const std::size_t shard : shards)
    list += fmt::format("{}{}", list.empty() ? "" : ",", shard);
  return list;
}

}  // namespace

std::string_view name(SweepEngine engine) {
  return kEngineNames[static_cast<std::size_t>(engine)];
}

std::optional<SweepEngine> sweep_engine_named(std::string_view name) {
  const auto found = std::ranges::find(kEngineNames, name);
  if (found == kEngineNames.end()) return std::nullopt;
  return static_cast<SweepEngine>(found - kEngineNames.begin());
}

std::string slurm_script(const ShardOrder& order) {
  return fmt::format(
      "#!/bin/bash\n"
      "#SBATCH --job-name=chokepoint\n"
      "#SBATCH --array={}\n"
      "#SBATCH --cpus-per-task={}\n"
      "#SBATCH --requeue\n"
      "#SBATCH --output={}\n"
      "exec {}\n",
      list_of(order.shards), order.workers, (order.folder / "slurm-%a.log").string(),
      work_line(order, "\"$SLURM_ARRAY_TASK_ID\""));
}

std::vector<std::string> slurm_command(const ShardOrder& order, const fs::path& script) {
  std::vector<std::string> words = {"sbatch", "--wait", "--parsable"};
  words.insert(words.end(), order.options.begin(), order.options.end());
  words.push_back(script.string());
  return words;
}

std::vector<std::string> parallel_command(const ShardOrder& order) {
  std::vector<std::string> words = {"parallel", "--will-cite"};
  words.insert(words.end(), order.options.begin(), order.options.end());
  words.push_back(work_line(order, "{}"));
  words.emplace_back(":::");
  for (const std::size_t shard : order.shards) words.push_back(std::to_string(shard));
  return words;
}

int run_command(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child < 0) {
    throw std::runtime_error("cannot start " + words.front() + ": " +
                             std::error_code(errno, std::generic_category()).message());
  }
  if (child == 0) {
    dup2(STDERR_FILENO, STDOUT_FILENO);
    execvp(arguments.front(), arguments.data());
    _exit(kNotThere);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) return kSignalled + WTERMSIG(status);
  if (WEXITSTATUS(status) == kNotThere) {
    throw HelpedFailure("there is no program '" + words.front() + "' here",
                        "'--engine local' runs the sweep on this machine");
  }
  return WEXITSTATUS(status);
}

}  // namespace chokepoint
