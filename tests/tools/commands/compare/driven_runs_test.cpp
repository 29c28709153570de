#include <catch2/catch.hpp>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

using called::Folder;

TEST_CASE("compare: drivers are ranked from the draws of two runs", "[compare][drivers]") {
  const Folder folder;
  const std::string rest = " -q --until 2022-07-01 --draws 24 --all-draws -o ";
  REQUIRE(called::chokepoint("run history" + rest + "a", folder).exit_code == 0);
  const std::string off = "run history --set choice.sensitivity.value=2";
  REQUIRE(called::chokepoint(off + rest + "b", folder).exit_code == 0);
  const auto found = called::chokepoint("compare a b --drivers --top 3", folder);
  INFO(found.err);
  REQUIRE(found.exit_code == 0);
  CHECK(found.out.find(" 24 pairs of draws") != std::string::npos);
  CHECK(found.out == called::chokepoint("compare a b --drivers --top 3", folder).out);
  const std::string of =
      "compare a b --drivers --csv --year 2021 --of 'installed_training mainland'";
  CHECK(called::chokepoint(of, folder).out.rfind("input,first_order_share,", 0) == 0);
  CHECK(called::chokepoint("compare a b --drivers --of nothing", folder).exit_code == 2);
  CHECK(called::chokepoint("compare a b --drivers --attribute", folder).exit_code == 2);
  CHECK(called::chokepoint("compare a a b --drivers", folder).exit_code == 2);
}

TEST_CASE("compare: without draws, or of other seeds, nothing drives", "[compare][drivers]") {
  const Folder folder;
  const std::string rest = " -q --until 2021-07-01 -o ";
  REQUIRE(called::chokepoint("run history" + rest + "a", folder).exit_code == 0);
  REQUIRE(called::chokepoint("run history --seed 2" + rest + "b", folder).exit_code == 0);
  const auto few = called::chokepoint("compare a a --drivers", folder);
  CHECK(few.exit_code == 2);
  CHECK(few.err.find("run both with --draws 200") != std::string::npos);
  CHECK(called::chokepoint("compare a b --drivers", folder).err.find("of different seeds") !=
        std::string::npos);
}

}  // namespace
}  // namespace chokepoint
