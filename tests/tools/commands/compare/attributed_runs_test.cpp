#include <catch2/catch.hpp>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

using called::Folder;

TEST_CASE("compare: attributes a difference to changes, rules and shortages", "[compare]") {
  const Folder folder;
  const std::string rest = " -q --until 2023-07-01 -o ";
  REQUIRE(called::chokepoint("run history" + rest + "a", folder).exit_code == 0);
  const std::string off = "run history --set rules[us_2022_08_26_letters].enabled=false";
  REQUIRE(called::chokepoint(off + rest + "b", folder).exit_code == 0);
  const auto found = called::chokepoint("compare a b --attribute --tries 3 --top 2", folder);
  INFO(found.err);
  REQUIRE(found.exit_code == 0);
  CHECK(found.out.rfind("b less a, ", 0) == 0);
  CHECK(found.out.find("rules[us_2022_08_26_letters]") != std::string::npos);
  CHECK(found.out.find("all orders of 1 lever, 2 sets of them") != std::string::npos);
  CHECK(found.out.find("  remainder ") != std::string::npos);
  CHECK(found.out.find("each off alone") != std::string::npos);
  CHECK(found.err.empty());  // No terminal: no progress.
  const std::string csv = "compare a b --attribute --tries 1 --year 2022 --csv -q";
  const auto once = called::chokepoint(csv, folder), again = called::chokepoint(csv, folder);
  CHECK(once.out.rfind("run,baseline,year,", 0) == 0);
  CHECK(once.out == again.out);
  CHECK(once.err.empty());
  CHECK(called::chokepoint("compare a b --attribute --year 2031", folder).exit_code == 2);
  CHECK(called::chokepoint("compare a --attribute", folder).exit_code == 2);
  CHECK(called::chokepoint("compare a b --attribute --orders 3", folder).exit_code == 2);
  CHECK(called::chokepoint("compare a b --attribute --levers 0", folder).exit_code == 2);
}

TEST_CASE("compare: runs without a market have nothing to attribute", "[compare]") {
  const Folder folder;
  REQUIRE(called::chokepoint("run h20_2025 -q --until 2025-02-01 -o a", folder).exit_code == 0);
  CHECK(called::chokepoint("compare a a --attribute", folder).exit_code == 2);
}

}  // namespace
}  // namespace chokepoint
