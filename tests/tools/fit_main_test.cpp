#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

/// The exit code of the program, which lies beside the main one.
int exit_code_of(const std::string& arguments) {
  const auto program = std::filesystem::path(program_path()).parent_path() / "chokepoint_fit";
  const int status =
      std::system(("'" + program.string() + "' " + arguments + " > /dev/null 2>&1").c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_CASE("fit_main: exit codes tell what went wrong", "[history]") {
  const std::string folder = source_dir() + "/tests/sim/scenario/";
  const std::string small = "'" + folder + "small.textproto' ";
  CHECK(exit_code_of("") == 2);
  CHECK(exit_code_of(small + "'" + folder + "nowhere.txt' 2025-03-31 1") == 5);
  CHECK(exit_code_of("'" + folder + "nowhere.textproto' /dev/null 2025-03-31 1") == 3);
  CHECK(exit_code_of(small + "/dev/null soon 1") == 5);
  const called::Folder scratch;
  const std::string empty = (scratch.path() / "empty.txt").string();
  std::ofstream(empty).close();
  CHECK(exit_code_of(small + "'" + empty + "' 2025-03-31 0") == 0);  // Nothing to look for.
}

}  // namespace
}  // namespace chokepoint
