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
  const auto json = called::chokepoint("why a nv_h20_96@2025-04 --json", folder);
  CHECK(json.out.find("\"schema\": \"chokepoint.why/1\"") != std::string::npos);
  CHECK(json.out.find("\"held_back_by\": \"us_2025_04_09_bandwidth_letter\"") != std::string::npos);
  const auto unknown = called::chokepoint("why a nv_h21@2025-04", folder);
  CHECK(unknown.exit_code == 2);
  CHECK(unknown.err.find("nv_h21") != std::string::npos);
  CHECK(called::chokepoint("why a nv_h20_96", folder).exit_code == 2);
}

TEST_CASE("why: answers for indicators of years and months of a market", "[why]") {
  const Folder folder;
  REQUIRE(called::chokepoint("run history -q --until 2023-01-01 -o a", folder).exit_code == 0);
  const auto year = called::chokepoint("why a 'domestic_share units@2022'", folder);
  REQUIRE(year.exit_code == 0);
  CHECK(year.out.rfind("domestic_share units, 2022: 0.", 0) == 0);
  CHECK(year.out.find("us_2022_10_07_3a090 (US)") != std::string::npos);
  CHECK(year.out.find("shortage of ") != std::string::npos);
  const auto before = called::chokepoint("why a 'delivered mainland/nvidia@2022-06'", folder);
  REQUIRE(before.exit_code == 0);
  CHECK(before.out.find("us_2022_10_07_3a090") == std::string::npos);
  CHECK(called::chokepoint("why a 'installed_decode mainland@2022-11'", folder).exit_code == 0);
  CHECK(called::chokepoint("why a 'domestic_share units@2022' --json", folder)
            .out.find("\"indicator\": \"domestic_share\"") != std::string::npos);
  CHECK(called::chokepoint("why a kinds@2022 --json", folder).out.find("chokepoint.why.kinds/1") !=
        std::string::npos);
  CHECK(called::chokepoint("why a all@2022-11", folder).out.rfind("all in 2022-11", 0) == 0);
  const auto unknown = called::chokepoint("why a happiness@2022", folder);
  CHECK(unknown.exit_code == 2);
  CHECK(unknown.err.find("domestic_share") != std::string::npos);
  CHECK(called::chokepoint("why a 'domestic_share units@2031'", folder).exit_code == 2);
}

}  // namespace
}  // namespace chokepoint
