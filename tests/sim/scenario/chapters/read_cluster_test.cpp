#include "sim/scenario/chapters/chapters.hpp"

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

std::string electricity(const std::string& entries) {
  return small_but("pue { value: 1.2", entries + " pue { value: 1.2");
}

std::string hours_from(int hour, const std::string& carbon = "") {
  return "electricity { from_hour: " + std::to_string(hour) +
         " usd_per_kwh { value: 0.1 source: \"guess\" confidence: MEMORY } " + carbon + "} ";
}

TEST_CASE("read_cluster: electricity of a site covers the day in order", "[scenario][read]") {
  const std::string carbon =
      "carbon_g_per_kwh { value: 500 source: \"guess\" confidence: MEMORY } ";
  const World world = world_of(electricity(hours_from(0, carbon) + hours_from(8, carbon)));
  const auto& hours = world.sites[0].electricity;
  REQUIRE(hours.size() == 2);
  CHECK(hours[1].from_hour == 8);
  CHECK(hours[1].usd_per_kwh.value == 0.1);
  CHECK(hours[1].carbon_g_per_kwh->value == 500);
  CHECK(world_of(small_text()).sites[0].electricity.empty());
  CHECK(only_error(electricity(hours_from(3))) ==
        "electricity begins at hour 3, not at 0 | the first entry holds from midnight on");
  CHECK(only_error(electricity(hours_from(0) + hours_from(0))) ==
        "hour 0 does not come after that of the entry before | entries stand in the order of the "
        "day");
  CHECK(only_error(electricity(hours_from(0) + hours_from(24))) ==
        "from_hour is 24, must lie in [0, 23] | ");
  CHECK(only_error(electricity(hours_from(0, carbon) + hours_from(8))) ==
        "carbon is stated in some hours, and not in others | write carbon_g_per_kwh in all "
        "entries, or in none");
}

TEST_CASE("read_cluster: a site that somebody buys for has a pool for all that is on sale",
          "[scenario][read]") {
  const World world = world_of(economy_text());
  std::vector<std::string> names;
  for (const Pool& pool : world.pools) names.push_back(pool.name);
  // Those of one site together, written ones first; nobody buys for "south".
  CHECK(names == std::vector<std::string>{"north/gpus", "north/npus", "north/west_gpu",
                                          "north/east_npu", "north/cloud_asic", "south/npus",
                                          "desert/west_gpu", "desert/east_npu",
                                          "desert/cloud_asic"});
  CHECK(world.pools[2].device == DeviceId{0});
  CHECK(world.pools[2].node == NodeTypeId{0});
  CHECK(world.pools[6].site == SiteId{2});
  CHECK(world.orders[0].pool == PoolId{0});  // A written order goes where it says.
  REQUIRE(world.market.domestic_pools.size() == 1);
  CHECK(world.pools[world.market.domestic_pools[0].value].name == "south/npus");
}

// A pool that is called as a device takes what is bought of it.
TEST_CASE("read_cluster: a written pool of the device's name is the one", "[scenario][read]") {
  std::string text = economy_but("name: \"north\"", "name: \"gpus\"", "name: \"west_gpu\"");
  for (auto at = text.find("north/gpus"); at != std::string::npos; at = text.find("north/gpus")) {
    text.replace(at, 10, "north/west_gpu");
  }
  const World world = world_of(text);
  for (const BlanketOrder& standing : world.blanket_orders) {
    const Order& order = world.orders[standing.order.value];
    if (order.name == "lab_north/west_gpu") CHECK(order.pool == PoolId{0});
  }
  CHECK(world.pools.size() == 8);
}

TEST_CASE("read_cluster: what is on sale must be known as well as what stands",
          "[scenario][read]") {
  CHECK(only_error(
            economy_but("name: \"cloud_asic\"",
                        "  memory_gib { value: 96 source: \"sheet\" confidence: OFFICIAL }\n", ""))
            .find("device 'cloud_asic' of node 'cloud_node' has no memory_gib") == 0);
}

TEST_CASE("read_cluster: storage of a site is in base units, and none where nobody wrote it",
          "[scenario][read]") {
  CHECK_FALSE(small_world().sites[0].storage);
  const World world =
      world_of(small_but("  install_days", figure("storage_gb_s", "20") + "  install_days"));
  REQUIRE(world.sites[0].storage);
  CHECK(world.sites[0].storage->value == 20_GBps);
}

}  // namespace
}  // namespace chokepoint
