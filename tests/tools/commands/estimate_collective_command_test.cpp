#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

called::Result collective(const std::string& flags) {
  const called::Folder folder;
  return called::chokepoint("estimate collective " + flags, folder);
}

TEST_CASE("estimate collective: exit codes", "[estimate][network]") {
  const std::string sound = "--on hgx_h100 --kind all-reduce --bytes 1GiB ";
  const auto said = collective(sound);
  INFO(said.err);
  CHECK(said.exit_code == 0);
  CHECK(said.out.find("closed form") != std::string::npos);
  CHECK(collective(sound + "--json").out.find("collective/1") != std::string::npos);
  CHECK(collective(sound + "--devices 64 --servers 8").exit_code == 0);
  CHECK(collective("").exit_code == 2);
  CHECK(collective(sound + "--devices 64").exit_code == 6);
  CHECK(collective(sound + "--devices 12").exit_code == 2);
  CHECK(collective(sound + "--devices 1").exit_code == 2);
  CHECK(collective(sound + "--oversubscription 0.5").exit_code == 2);
  CHECK(collective(sound + "--network rails").exit_code == 2);
  CHECK(collective(sound + "--beside all-reduce").exit_code == 2);
  CHECK(collective("--on hgx_h100 --kind sum --bytes 1GiB").exit_code == 2);
  CHECK(collective("--on hgx --kind all-reduce --bytes 1GiB").exit_code == 3);
}

TEST_CASE("estimate collective: flows in the program that simulates", "[estimate][network]") {
  const auto said = collective("--on hgx_h100 --kind all-to-all --bytes 1GiB --flows");
  INFO(said.err);
  CHECK(said.exit_code == 0);
  CHECK(said.out.find("flows, alone") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
