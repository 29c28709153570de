#include "sim/scenario/read_cluster.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("read_cluster: sites, pools and stocks are in base units", "[scenario][read]") {
  const World world = small_world();
  REQUIRE(world.sites.size() == 2);
  CHECK(world.sites[0].power_cap.value == 50_MW);
  CHECK(world.sites[0].install.value == 30_days);
  REQUIRE(world.pools.size() == 3);
  CHECK(world.pools[0].device == DeviceId{0});
  CHECK(world.pools[2].site == SiteId{1});
  CHECK(world.pools[2].device == DeviceId{1});
  REQUIRE(world.stocks.size() == 1);
  CHECK(world.stocks[0].units.value == 800.0);
  CHECK(world.stocks[0].user == world.stocks[0].owner);
  CHECK(world.stocks[0].channel == Channel::Merchant);
  CHECK(world.stocks[0].use == ChipUse::Mixed);
}

TEST_CASE("read_cluster: a pool's device must be known", "[scenario][read]") {
  CHECK(only_error(small_but_after("\"north\"", "node: \"west_node\"", "node: \"west_nod\"")) ==
        "no node 'west_nod' in the scenario | did you mean 'west_node'?");
  const auto result = read_text(
      small_but("  memory_gib { value: 64 source: \"sheet\" confidence: OFFICIAL }\n", ""));
  REQUIRE(result.errors.size() == 2);  // One per pool of it.
  CHECK(result.errors[0] ==
        "device 'east_npu' of node 'east_node' has no memory_gib | a pool needs its device's "
        "peak_bf16_tflops, memory_gib and memory_bandwidth_gb_s");
}

TEST_CASE("read_cluster: a pool's node must have a power", "[scenario][read]") {
  const auto result =
      read_text(small_but("  tdp_w { value: 400 source: \"sheet\" confidence: OFFICIAL }\n", ""));
  REQUIRE(result.errors.size() == 2);
  CHECK(result.errors[0] ==
        "nobody knows the power of node 'east_node' | give the node node_power_kw, or device "
        "'east_npu' tdp_w");
}

TEST_CASE("read_cluster: a site has pools and believable figures", "[scenario][read]") {
  CHECK(only_error(small_text() +
                   "sites { name: \"bare\" country: \"CN\" "
                   "power_cap_mw { value: 1 source: \"guess\" confidence: MEMORY } "
                   "pue { value: 1 source: \"guess\" confidence: MEMORY } "
                   "idle_power_share { value: 0 source: \"guess\" confidence: MEMORY } "
                   "install_days { value: 0 source: \"guess\" confidence: MEMORY } }") ==
        "site 'bare' has no pool | add a pool, or make the place an exchange");
  CHECK(only_error(small_but("pue { value: 1.2", "pue { value: 0.9")) ==
        "pue is 0.9, must be at least 1 | ");
  CHECK(only_error(small_but("idle_power_share { value: 0.3", "idle_power_share { value: 30")) ==
        "idle_power_share is 30, must lie in [0, 1] | ");
  CHECK(only_error(small_but("units { value: 800", "units { value: 8e9"))
            .find("units is 8000000000, not believable above 1000000000") == 0);
  CHECK(only_error(small_but("      status: LEGAL\n", ""))
            .find("status is missing | write one of LEGAL") == 0);
}

}  // namespace
}  // namespace chokepoint
