#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

int fit_training_program(const std::string& arguments) {
  const auto program =
      std::filesystem::path(program_path()).parent_path() / "chokepoint_fit_training";
  const int status =
      std::system(("'" + program.string() + "' " + arguments + " > /dev/null 2>&1").c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_CASE("fit_training_main: exit codes tell what went wrong", "[measure][training]") {
  const called::Folder scratch;
  CHECK(fit_training_program("") == 2);
  CHECK(fit_training_program("/nowhere '" + scratch.path().string() + "'") == 3);
}

}  // namespace
}  // namespace chokepoint
