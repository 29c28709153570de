#include <catch2/catch.hpp>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

// Two all-to-alls over the same cards: each has half of them.
TEST_CASE("estimate flows: two that share cards take about twice as long", "[estimate][network]") {
  const called::Folder folder;
  const auto said = called::chokepoint(
      "estimate collective --on hgx_h100 --kind all-to-all --bytes 16GiB --devices 2 --stride 8 "
      "--beside all-to-all:16GiB:2:0:8",
      folder);
  INFO(said.out << said.err);
  CHECK(said.exit_code == 0);
  CHECK(said.out.find("flows, in company") != std::string::npos);
  const auto at = said.out.find("+", said.out.find("flows, in company"));
  REQUIRE(at != std::string::npos);
  CHECK(std::stod(said.out.substr(at)) == Approx(100).margin(2));
}

}  // namespace
}  // namespace chokepoint
