// Levers of the ecosystem move what they must, the right way: laws of scenarios/history/levers.csv.
// CHOKEPOINT_WHOLE takes the median of 80 draws, else the run as written.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint::validation {
namespace {

TEST_CASE("levers: each moves what it must, the right way", "[levers]") {
  const bool is_whole = std::getenv("CHOKEPOINT_WHOLE") != nullptr;
  const called::Folder folder;
  const auto run = called::chokepoint(
      std::string("-q validate levers --draws ") + (is_whole ? "80" : "0"), folder);
  INFO(run.out << run.err);
  CHECK(run.exit_code == 0);
}

}  // namespace
}  // namespace chokepoint::validation
