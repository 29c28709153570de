#include "models/serving/transfer_fabric.hpp"

#include <catch2/catch.hpp>

#include "tests/models/serving/small_loads.hpp"

namespace chokepoint {
namespace {

TransferFabric two_pools() {
  TransferFabric fabric;
  fabric.pools.resize(2);
  for (PoolLinks& links : fabric.pools) links.bandwidth = 50_GBps;
  return fabric;
}

FleetSpec two_roles() {
  FleetSpec spec;
  spec.pools.resize(2);
  spec.pools[0].role = PoolRole::Prefill;
  spec.pools[1].role = PoolRole::Decode;
  for (PoolSpec& pool : spec.pools) pool.kv_per_token = BytesPerToken{1000};
  return spec;
}

CachePath path(const TransferFabric& fabric, double bytes, double kept) {
  return cache_path(fabric, 0, 1, {0, 0, 0, Bytes{bytes}, Bytes{kept}});
}

TEST_CASE("transfer fabric: replicas share the cards of a node, or have several nodes'",
          "[serving][transfer_fabric]") {
  Links links;
  links.scaleout.emplace().value = 50_GBps;
  const PoolLinks small = pool_links(links, 8, 2, 1.0), whole = pool_links(links, 8, 8, 0.5),
                  large = pool_links(links, 8, 32, 1.0), odd = pool_links(links, 8, 3, 1.0);
  CHECK(small.replicas_per_host == 4);
  CHECK(small.bandwidth == 400_GBps);
  CHECK(whole.replicas_per_host == 1);
  CHECK(whole.bandwidth == 200_GBps);
  CHECK(large.replicas_per_host == 1);
  CHECK(large.bandwidth == 1600_GBps);
  CHECK(odd.replicas_per_host == 2);
}

TEST_CASE("transfer fabric: like caches travel as they are", "[serving][transfer_fabric]") {
  const CachePath same = path(two_pools(), 1000, 1000);
  CHECK(same.travels == Bytes{1000});
  CHECK(same.converted_before == Bytes{});
  CHECK(same.converted_after == Bytes{});
}

TEST_CASE("transfer fabric: the less travels, and who keeps more converts",
          "[serving][transfer_fabric]") {
  TransferFabric fabric = two_pools();
  const CachePath shrinks = path(fabric, 2000, 1000), grows = path(fabric, 1000, 2000);
  CHECK(shrinks.travels == Bytes{1000});
  CHECK(shrinks.converted_before == Bytes{3000});
  CHECK(shrinks.converted_after == Bytes{});
  CHECK(grows.travels == Bytes{1000});
  CHECK(grows.converted_before == Bytes{});
  CHECK(grows.converted_after == Bytes{3000});
  fabric.pools[1].layout = 1;
  CHECK(path(fabric, 1000, 1000).converted_after == Bytes{2000});
}

TEST_CASE("transfer fabric: latencies add up, that of the boundary where it is crossed",
          "[serving][transfer_fabric]") {
  TransferFabric fabric = two_pools();
  fabric.pools[0].latency = Seconds{1};
  fabric.pools[1].latency = Seconds{2};
  fabric.boundary_latency = Seconds{4};
  CHECK(path(fabric, 1, 1).latency == Seconds{3});
  fabric.pools[1].fabric = 1;
  CHECK(path(fabric, 1, 1).latency == Seconds{7});
}

TEST_CASE("transfer fabric: what keeps caches from being handed over is said",
          "[serving][transfer_fabric]") {
  TransferFabric fabric = two_pools();
  FleetSpec spec = two_roles();
  CHECK(fabric_complaint(fabric, spec).empty());
  SECTION("nothing is asked of a pool that hands nothing over") {
    spec.pools.emplace_back();
    fabric.pools.emplace_back();
    CHECK(fabric_complaint(fabric, spec).empty());
  }
  SECTION("pools without links") {
    fabric.pools.pop_back();
    CHECK(fabric_complaint(fabric, spec) == "links of 1 pools, the fleet has 2");
  }
  SECTION("links that cannot be") {
    fabric.pools[0].bandwidth = BytesPerSecond{};
    fabric.pools[1].replicas_per_host = 0;
    CHECK(fabric_complaint(fabric, spec) ==
          "links of pool 0: bandwidth is not positive; links of pool 1: replicas_per_host is "
          "below 1");
  }
  SECTION("a boundary without bandwidth") {
    fabric.pools[0].fabric = 1;
    CHECK(fabric_complaint(fabric, spec) ==
          "from pool 0 to pool 1: the boundary between fabrics has no bandwidth");
  }
  SECTION("a change of format that nobody can make") {
    spec.pools[1].kv_per_token = BytesPerToken{500};
    CHECK(fabric_complaint(fabric, spec) ==
          "from pool 0 to pool 1: caches are changed by pool 0, which has no rate of conversion");
    fabric.pools[0].conversion = 1_GBps;
    CHECK(fabric_complaint(fabric, spec).empty());
    fabric.pools[1].layout = 1;
    CHECK(fabric_complaint(fabric, spec).empty());
    spec.pools[1].kv_per_token = BytesPerToken{1000};
    CHECK(fabric_complaint(fabric, spec) ==
          "from pool 0 to pool 1: caches are changed by pool 1, which has no rate of conversion");
  }
}

}  // namespace
}  // namespace chokepoint
