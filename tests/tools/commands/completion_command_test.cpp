#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

using called::Folder;

/// Runs `script` with bash in `folder`; what it printed, where it ends well.
std::string said_by_bash(const std::string& script, const Folder& folder) {
  std::ofstream(folder.path() / "script") << script;
  const std::string at = "cd '" + folder.path().string() + "' && ";
  REQUIRE(std::system((at + "bash script >said").c_str()) == 0);
  return called::bytes_of(folder.path() / "said");
}

struct Help {
  std::set<std::string> verbs, flags;
};

/// What `--help` of a verb, "" or "trace cat", lists.
Help help_of(const std::string& verb, const Folder& folder) {
  const auto help = called::chokepoint(verb + " --help", folder);
  REQUIRE(help.exit_code == 0);
  const std::regex flag("(--?[a-z][a-z-]*)"), name("  ([a-z_]+) .*");
  Help found;
  std::string section, line;
  for (std::istringstream lines(help.out); std::getline(lines, line);) {
    if (!line.empty() && line[0] != ' ') section = line;
    std::smatch match;
    if (section == "Subcommands:" && std::regex_match(line, match, name)) {
      found.verbs.insert(match[1]);
    }
    if (section == "Options:" && line.rfind("  -", 0) == 0) {
      const std::string names = line.substr(2, line.find(' ', 2) - 2);
      for (std::sregex_iterator at(names.begin(), names.end(), flag), end; at != end; ++at) {
        found.flags.insert((*at)[1]);
      }
    }
  }
  return found;
}

/// What bash offers behind "chokepoint VERB".
std::set<std::string> offered(const std::string& verb, const Folder& folder) {
  std::istringstream words(said_by_bash("source ./completion\nCOMP_WORDS=(chokepoint " + verb +
                                            " '')\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n" +
                                            "_chokepoint\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n",
                                        folder));
  std::set<std::string> found;
  for (std::string word; words >> word;) found.insert(word);
  return found;
}

/// Checks a verb and all below it; how many those are.
int check_verb(const std::string& verb, const std::string& fish, const Folder& folder) {
  INFO("chokepoint " << verb);
  const Help help = help_of(verb, folder);
  const auto found = offered(verb, folder);
  CHECK(help.flags.count("--help") == 1);
  CHECK(found.count("--quiet") == 1);  // Of the program, and may stand anywhere.
  for (const auto& flag : help.flags) {
    INFO(flag);
    CHECK(found.count(flag) == 1);
  }
  int verbs = 1;
  for (const auto& next : help.verbs) {
    INFO(next);
    CHECK(found.count(next) == 1);
    CHECK(fish.find("-a " + next + " ") != std::string::npos);
    verbs += check_verb(verb.empty() ? next : verb + " " + next, fish, folder);
  }
  return verbs;
}

TEST_CASE("completion: every verb and flag of the help is offered where it may stand",
          "[completion]") {
  const Folder folder;
  std::ofstream(folder.path() / "completion") << called::chokepoint("completion bash", folder).out;
  const auto fish = called::chokepoint("completion fish", folder);
  CHECK(check_verb("", fish.out, folder) > 20);
  CHECK(offered("--quiet run", folder).count("--seed") == 1);
  CHECK(offered("run", folder).count("catalog") == 0);
}

TEST_CASE("completion: each shell reads its script", "[completion]") {
  const Folder folder;
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    const auto script = called::chokepoint("completion " + shell, folder);
    CHECK(script.exit_code == 0);
    std::ofstream(folder.path() / shell) << script.out;
    INFO(shell);
    CHECK(said_by_bash("if command -v " + shell + " >/dev/null; then " + shell + " -n " + shell +
                           "; fi && echo read",
                       folder) == "read\n");
  }
}

TEST_CASE("completion: another shell is a usage error", "[completion]") {
  const Folder folder;
  CHECK(called::chokepoint("completion", folder).exit_code == 2);
  CHECK(called::chokepoint("completion tcsh", folder).exit_code == 2);
}

}  // namespace
}  // namespace chokepoint
