#include <catch2/catch.hpp>
#include <fstream>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

TEST_CASE("replay jobs: a log under two policies, and its jobs as a table", "[replay][jobs]") {
  const called::Folder folder;
  std::ofstream(folder.path() / "jobs.csv") << "submit,run,gpus\n0,100,16\n10,50,8\n20,10,4\n";
  const auto text = called::chokepoint(
      "replay jobs jobs.csv --on hgx_h100 --policy fifo --policy easy -o all.csv", folder);
  INFO(text.err);
  CHECK(text.exit_code == 0);
  CHECK(text.out.find("3 jobs of a log (table)") == 0);
  CHECK(called::bytes_of(folder.path() / "all.csv").find("\nhgx_h100,easy,") != std::string::npos);
}

TEST_CASE("replay jobs: what is no log, and what no cluster holds, is told", "[replay][jobs]") {
  const called::Folder folder;
  std::ofstream(folder.path() / "requests.csv") << "arrival,prompt,output\n0,100,16\n";
  const auto wrong = called::chokepoint("replay jobs requests.csv --on hgx_h100", folder);
  CHECK(wrong.exit_code == 3);
  CHECK(wrong.err.find("requests.csv:1:1: error: does not say how long it ran") !=
        std::string::npos);
  std::ofstream(folder.path() / "large.csv") << "submit,run,gpus\n0,100,1600\n";
  CHECK(called::chokepoint("replay jobs large.csv --on hgx_h100", folder).exit_code == 6);
  CHECK(called::chokepoint("replay jobs large.csv --on hgx_h100 --policy best", folder).exit_code ==
        2);
}

}  // namespace
}  // namespace chokepoint
