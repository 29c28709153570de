#include <catch2/catch.hpp>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

TEST_CASE("explain: an indicator, with what it is of or without", "[explain]") {
  const called::Folder folder;
  const auto told = called::chokepoint("explain 'installed_training mainland'", folder);
  CHECK(told.exit_code == 0);
  CHECK(told.out.rfind("installed_training, H100e\n", 0) == 0);
  CHECK(told.out.find("formula") != std::string::npos);
  CHECK(told.out.find("it is     not what has power") != std::string::npos);
  CHECK(called::chokepoint("explain kind_price_decode --json", folder)
            .out.find("\"schema\": \"chokepoint.explain/1\"") != std::string::npos);
  CHECK(called::chokepoint("explain", folder).out.find("\nttft_p50_s\n") != std::string::npos);
}

TEST_CASE("explain: a misspelt name names the nearest", "[explain]") {
  const called::Folder folder;
  const auto told = called::chokepoint("explain instaled_training", folder);
  CHECK(told.exit_code == 2);
  CHECK(told.err ==
        "chokepoint: error: there is no indicator 'instaled_training'\n"
        "  help: did you mean 'installed_training'?\n");
}

}  // namespace
}  // namespace chokepoint
