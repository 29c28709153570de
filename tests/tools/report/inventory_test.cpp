#include "tools/report/inventory.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/report/made_runs.hpp"

namespace chokepoint {
namespace {

TEST_CASE("inventory: a pool's device is its node's", "[report][inventory]") {
  const auto manifest = made::manifest();
  const auto inventory = take_inventory(manifest.scenario());
  REQUIRE(inventory.pools.count("north/910c") == 1);
  CHECK(inventory.pools.at("north/910c").device == "910c");
  CHECK(inventory.pools.at("north/910c").site == "north");
  CHECK(inventory.vendor.at("910c") == "huawei");
}

TEST_CASE("inventory: a job's tokens are in tokens", "[report][inventory]") {
  const auto manifest = made::manifest();
  CHECK(take_inventory(manifest.scenario()).job_tokens.at("pretrain") == 1e12);
}

}  // namespace
}  // namespace chokepoint
