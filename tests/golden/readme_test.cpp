// Every command that a README shows does what it says there: it runs, in the order shown.

#include "tests/golden/readme.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/paths.hpp"
#include "tools/print/table_width.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

/// Commands of a README: indented by four spaces, beginning with the program's name.
std::vector<std::string> commands_in(const fs::path& readme) {
  const std::string mark = "    chokepoint ";
  std::ifstream in(readme);
  std::vector<std::string> commands;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind(mark, 0) == 0) commands.push_back(line.substr(mark.size()));
  }
  return commands;
}

/// What a pipe needs is the reader's; ours is what stands before it.
std::string before_pipe(const std::string& command) {
  return command.substr(0, command.find(" | "));
}

int exit_code_of(const std::string& arguments, const fs::path& folder) {
  const std::string command = "cd '" + folder.string() + "' && " + program_path() + " " +
                              arguments + " > stdout.txt 2> stderr.txt";
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Tables whose rule, such as "-----  ---", is wider than the narrowest terminal.
std::vector<std::string> wide_tables(const fs::path& printed) {
  std::ifstream in(printed);
  std::vector<std::string> wide;
  std::string heading;
  for (std::string line; std::getline(in, line); heading = line) {
    const bool is_rule =
        line.find_first_not_of("- ") == std::string::npos && line.find("-  -") != std::string::npos;
    if (is_rule && line.size() > kTableColumns) wide.push_back(heading);
  }
  return wide;
}

}  // namespace

void check_commands_of(const std::string& readme) {
  const fs::path root = source_dir();
  std::string pattern = (fs::temp_directory_path() / "chokepoint-readme-XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  const fs::path folder = pattern;
  fs::create_directory_symlink(root / "scenarios", folder / "scenarios");
  for (const auto& command : commands_in(root / readme)) {
    INFO(readme << ": chokepoint " << command);
    const int code = exit_code_of(before_pipe(command), folder);
    // A finding is an answer too: a shipment that is not free.
    const bool may_find =
        command.rfind("policy check", 0) == 0 || command.rfind("validate", 0) == 0;
    CHECK((code == 0 || (code == 1 && may_find)));
    CHECK(wide_tables(folder / "stdout.txt") == std::vector<std::string>{});
  }
  fs::remove_all(folder);
}

namespace {

TEST_CASE("readme: the first one shows what the program can do", "[golden][readme]") {
  CHECK(commands_in(fs::path(source_dir()) / "README.md").size() >= 15);
}

}  // namespace
}  // namespace chokepoint
