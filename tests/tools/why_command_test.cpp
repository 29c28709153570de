#include <catch2/catch.hpp>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

using called::Folder;

TEST_CASE("why: says which rule held a device back, and refuses what it cannot answer", "[why]") {
  const Folder folder;
  REQUIRE(called::chokepoint("run h20_2025 -q --until 2025-07-01 -o a", folder).exit_code == 0);
  const auto april = called::chokepoint("why a nv_h20_96@2025-04", folder);
  REQUIRE(april.exit_code == 0);
  CHECK(april.out.find("us_2025_04_09_bandwidth_letter") != std::string::npos);
  const auto march = called::chokepoint("why a nv_h20_96@2025-03", folder);
  CHECK(march.out.find("us_2025_04_09_bandwidth_letter") == std::string::npos);
  const auto unknown = called::chokepoint("why a nv_h21@2025-04", folder);
  CHECK(unknown.exit_code == 2);
  CHECK(unknown.err.find("nv_h21") != std::string::npos);
  CHECK(called::chokepoint("why a nv_h20_96", folder).exit_code == 2);
}

}  // namespace
}  // namespace chokepoint
