#include "tools/console/locate.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "tests/paths.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

/// A program in "bin", beside whatever the test makes.
struct Installed {
  fs::path prefix = fs::temp_directory_path() / ("chokepoint-locate-" + std::to_string(getpid()));
  Installed() { fs::create_directories(prefix / "bin"); }
  ~Installed() { fs::remove_all(prefix); }
  fs::path program() const { return prefix / "bin" / "chokepoint"; }
};

void touch(const fs::path& file) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << "name: \"x\"\n";
}

TEST_CASE("locate: --root wins, and must hold scenarios", "[locate]") {
  const Installed installed;
  fs::create_directories(installed.prefix / "mine" / "scenarios");
  const fs::path mine = installed.prefix / "mine";
  CHECK(locate_root(mine.string(), installed.program()) == mine);
  CHECK_THROWS_AS(locate_root((installed.prefix / "bin").string(), installed.program()),
                  std::runtime_error);
}

TEST_CASE("locate: a program finds the scenarios that were installed or built with it",
          "[locate]") {
  const Installed installed;
  CHECK_THROWS_AS(locate_root("", installed.program()), std::runtime_error);
  CHECK(locate_root("", program_path()) == fs::canonical(source_dir()));
  fs::create_directories(installed.prefix / "scenarios");
  CHECK(locate_root("", installed.program()) == installed.prefix);
  fs::create_directories(installed.prefix / "share" / "chokepoint" / "scenarios");
  CHECK(locate_root("", installed.program()) == installed.prefix / "share" / "chokepoint");
}

TEST_CASE("locate: a scenario is a file, or one below the root by path or name", "[locate]") {
  const Installed installed;
  const fs::path shipped = installed.prefix / "scenarios" / "only_here.textproto";
  touch(shipped);
  touch(installed.prefix / "own.textproto");
  CHECK(locate_scenario("only_here", installed.prefix) == shipped);
  CHECK(locate_scenario("only_here.textproto", installed.prefix) == shipped);
  CHECK(locate_scenario("scenarios/only_here.textproto", installed.prefix) == shipped);
  const std::string own = (installed.prefix / "own.textproto").string();
  CHECK(locate_scenario(own, "/nonexistent") == own);
}

TEST_CASE("locate: what is found nowhere keeps its name, and a folder is no scenario", "[locate]") {
  const Installed installed;
  fs::create_directories(installed.prefix / "scenarios" / "policy");
  CHECK(locate_scenario("h20_2052", installed.prefix) == "h20_2052");
  CHECK(locate_scenario("policy", installed.prefix) == "policy");
}

TEST_CASE("locate: the running program is a file", "[locate]") {
  CHECK(fs::is_regular_file(running_program()));
}

}  // namespace
}  // namespace chokepoint
