#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <span>
#include <string_view>
#include <system_error>

#include "tools/commands/commands.hpp"
#include "tools/console/locate.hpp"

namespace chokepoint {
namespace {

// What reads the catalogue and computes an answer. Loading the libraries of a simulation would take
// longer than such an answer.
struct Answer {
  std::string_view verb, verb_of_verb;  // The second is empty where all of the first are answers.
  AddCommand add;
};
constexpr Answer kAnswers[] = {{"catalog", "", add_catalog_command},
                               {"policy", "", add_policy_command},
                               {"estimate", "", add_estimate_command},
                               {"explain", "", add_explain_command},
                               {"size", "", add_size_command},
                               {"replay", "requests", add_replay_requests_command},
                               {"replay", "graph", add_replay_graph_command},
                               {"replay", "jobs", add_replay_jobs_command}};

// The answer that the first arguments without a dash ask for; null where they do for none.
const Answer* answer_for(std::span<char*> arguments) {
  std::string_view words[2];
  std::size_t found = 0;
  for (const std::string_view argument : arguments) {
    if (!argument.starts_with("-") && found < std::size(words)) words[found++] = argument;
  }
  const auto answer = std::ranges::find_if(kAnswers, [&](const Answer& candidate) {
    return candidate.verb == words[0] &&
           (candidate.verb_of_verb.empty() || candidate.verb_of_verb == words[1]);
  });
  return answer == std::end(kAnswers) ? nullptr : answer;
}

// Becomes the program that knows every verb. Returns only where it cannot, with the exit code.
int simulate(char** argv) {
  // Large pages, where the user asks for nothing else: a run touches memory that it handles for a
  // second, and a third of that would go into handing it out in small ones.
  setenv("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1", 0);
  const auto program = running_program().replace_filename("chokepoint-simulate");
  execv(program.c_str(), argv);
  const std::error_code failure(errno, std::generic_category());
  complain("cannot start '" + program.string() + "': " + failure.message(),
           "it belongs beside chokepoint: build or install both");
  return kFailed;
}

}  // namespace
}  // namespace chokepoint

int main(int argc, char** argv) {
  using namespace chokepoint;
  const auto given = static_cast<std::size_t>(std::max(argc - 1, 0));
  const Answer* answer = answer_for({argv + 1, given});
  if (answer == nullptr) return simulate(argv);
  try {
    return run_program(argc, argv, {&answer->add, 1}, [] {});
  } catch (const NeedsSimulation&) {
    return simulate(argv);
  }
}
