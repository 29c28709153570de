#include "models/network/collectives.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

namespace chokepoint {
namespace {

// 10 bytes a second, a second per hop, half a second between phases.
constexpr Fabric kFabric{BytesPerSecond{10}, Seconds{1}, Seconds{0.5}};

// Each of 4 ranks: 2 log2 steps, 80 bytes.
constexpr Exchange kExchange{4, Bytes{80}};

TEST_CASE("collectives: closed forms by hand", "[network][collectives]") {
  CHECK(point_to_point(kFabric, Bytes{80}) == Seconds{1 + 8});
  CHECK(broadcast(kFabric, kExchange) == Seconds{2 + 8});
  CHECK(reduce_scatter(kFabric, kExchange) == Seconds{2 + 0.5 + 6});
  CHECK(all_gather(kFabric, kExchange) == Seconds{2 + 0.5 + 6});
  CHECK(all_to_all(kFabric, kExchange) == Seconds{2 + 0.5 + 6});
  CHECK(ring_all_reduce(kFabric, kExchange) == Seconds{6 * (1 + 2)});
  CHECK(tree_all_reduce(kFabric, kExchange) == Seconds{2 * (2 + 8)});
  CHECK(one_shot_all_reduce(kFabric, kExchange) == Seconds{2 + 24});
  CHECK(two_shot_all_reduce(kFabric, kExchange) == Seconds{2 + 0.5 + 12});
  CHECK(all_reduce(kFabric, kExchange) == Seconds{14.5});
}

TEST_CASE("collectives: one rank waits for nobody", "[network][collectives]") {
  const Exchange alone{1, Bytes{1e9}};
  for (const auto form : {broadcast, reduce_scatter, all_gather, all_to_all, ring_all_reduce,
                          tree_all_reduce, one_shot_all_reduce, two_shot_all_reduce}) {
    CHECK(form(kFabric, alone) == 0_s);
  }
}

TEST_CASE("collectives: small messages go one-shot, large ones two-shot",
          "[network][collectives]") {
  const Exchange small{8, Bytes{0.1}}, large{8, Bytes{1000}};
  CHECK(direct_all_reduce(kFabric, small) == one_shot_all_reduce(kFabric, small));
  CHECK(direct_all_reduce(kFabric, large) == two_shot_all_reduce(kFabric, large));
}

TEST_CASE("collectives: a hierarchy is its inner fabric where all fit in",
          "[network][collectives]") {
  const Fabric slow{BytesPerSecond{1}, Seconds{5}, Seconds{5}};
  const Hierarchy both{kFabric, slow, 8};
  CHECK(all_reduce(both, kExchange) == direct_all_reduce(kFabric, kExchange));
  CHECK(all_gather(both, kExchange) == all_gather(kFabric, kExchange));
  // 32 ranks: 8 inside, 4 groups that exchange an eighth.
  const Exchange wide{32, Bytes{80}};
  CHECK(all_reduce(both, wide) == reduce_scatter(kFabric, {8, Bytes{80}}) +
                                      all_reduce(slow, {4, Bytes{10}}) +
                                      all_gather(kFabric, {8, Bytes{80}}));
  CHECK(all_gather(both, wide) ==
        all_gather(slow, {4, Bytes{10}}) + all_gather(kFabric, {8, Bytes{80}}));
}

TEST_CASE("law: an all-reduce takes no less than its bytes on the links", "[network][law]") {
  CHECK(rc::check([] {
    const double ranks = *rc::gen::inRange(2, 1000), bytes = *rc::gen::inRange(0, 1'000'000);
    const Exchange exchange{ranks, Bytes{bytes}};
    // Every rank sends all but its share, and receives the sums of others.
    const Seconds least = Bytes{2 * bytes * (ranks - 1) / ranks} / kFabric.bandwidth;
    RC_ASSERT(ring_all_reduce(kFabric, exchange) >= least);
    RC_ASSERT(two_shot_all_reduce(kFabric, exchange) >= least);
    RC_ASSERT(tree_all_reduce(kFabric, exchange) >= least);
    RC_ASSERT(all_reduce(kFabric, exchange) <= all_reduce(kFabric, {ranks, Bytes{bytes + 1}}));
    Fabric faster = kFabric;
    faster.bandwidth = faster.bandwidth * 2.0;
    RC_ASSERT(all_reduce(faster, exchange) <= all_reduce(kFabric, exchange));
  }));
}

}  // namespace
}  // namespace chokepoint
