#include "sim/serving/fabric_transfers.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <stdexcept>

#include "tests/models/performance/random_serving.hpp"
#include "tests/sim/serving/small_fabric.hpp"

namespace chokepoint {
namespace {

constexpr Nanoseconds kLatency = 20'000;  // Of both pools.

// Within a nanosecond, to which dates are rounded.
void check_way(const HandedOver& request, Nanoseconds expected) {
  INFO("request " << request.id << " took " << request.way() << ", expected " << expected);
  CHECK(request.outcome == RequestOutcome::Delivered);
  CHECK(std::abs(request.way() - expected) <= 1);
}

TEST_CASE("fabric transfers: one alone takes latency and bytes over bandwidth",
          "[serving][fabric]") {
  SmallFabric small;
  for (const std::uint32_t prompt : {1u, 100u, 2000u, 20'000u}) {
    check_way(small.at_once(1, prompt)[0], kLatency + small.flow(prompt, 10_GBps));
  }
}

TEST_CASE("fabric transfers: two on one link each take twice as long", "[serving][fabric]") {
  const Nanoseconds both_ways = kLatency + 2 * SmallFabric().flow(2000, 10_GBps);
  SECTION("to one host") {
    for (const HandedOver& each : SmallFabric(2, 1).at_once(2)) check_way(each, both_ways);
  }
  SECTION("from one host") {
    SmallFabric small(2, 2);
    small.fabric.pools[0].replicas_per_host = 2;
    for (const HandedOver& each : small.at_once(2)) check_way(each, both_ways);
  }
  SECTION("over the boundary of two fabrics") {
    SmallFabric small(2, 2);
    small.fabric.pools[1].fabric = 1;
    small.fabric.boundary = 10_GBps;
    for (const HandedOver& each : small.at_once(2)) check_way(each, both_ways);
  }
}

TEST_CASE("fabric transfers: links of their own leave each other alone", "[serving][fabric]") {
  SmallFabric small(2, 2);
  const auto both = small.at_once(2);
  REQUIRE(both[0].replica != both[1].replica);
  for (const HandedOver& each : both) check_way(each, kLatency + small.flow(2000, 10_GBps));
}

TEST_CASE("fabric transfers: the slower side binds, or the boundary", "[serving][fabric]") {
  for (const std::size_t slow : {0u, 1u}) {
    SmallFabric small;
    small.fabric.pools[slow].bandwidth = 1_GBps;
    check_way(small.at_once(1)[0], kLatency + small.flow(2000, 1_GBps));
  }
  SmallFabric small;
  small.fabric.pools[1].fabric = 7;
  small.fabric.boundary = 2_GBps;
  small.fabric.boundary_latency = Seconds{1e-3};
  check_way(small.at_once(1)[0], kLatency + 1'000'000 + small.flow(2000, 2_GBps));
}

TEST_CASE("fabric transfers: the side that keeps more changes the format", "[serving][fabric]") {
  SmallFabric small;
  small.fabric.pools[0].conversion = 40_GBps;
  small.fabric.pools[1].conversion = 20_GBps;
  SECTION("the same size in another layout: written anew by the one that decodes") {
    small.fabric.pools[1].layout = 1;
    check_way(small.at_once(1)[0],
              kLatency + small.flow(2000, 10_GBps) + small.flow(4000, 20_GBps));
  }
  SECTION("twice as much to decode: made of half of it there") {
    small.spec.pools[1].kv_per_token = small.spec.pools[0].kv_per_token * 2;
    check_way(small.at_once(1)[0],
              kLatency + small.flow(2000, 10_GBps) + small.flow(6000, 20_GBps));
  }
  SECTION("half as much to decode: made before it leaves") {
    small.spec.pools[1].kv_per_token = small.spec.pools[0].kv_per_token / 2;
    check_way(small.at_once(1)[0],
              kLatency + small.flow(1000, 10_GBps) + small.flow(3000, 40_GBps));
  }
  SECTION("two at once on one replica take twice as long for it") {
    SmallFabric two(2, 1);
    two.fabric = small.fabric;
    two.fabric.pools[1].layout = 1;
    for (const HandedOver& each : two.at_once(2)) {
      check_way(each, kLatency + two.flow(4000, 10_GBps) + two.flow(8000, 20_GBps));
    }
  }
}

TEST_CASE("fabric transfers: what a sequence holds however long travels too", "[serving][fabric]") {
  SmallFabric small;
  for (PoolSpec& pool : small.spec.pools) pool.kv_per_sequence = 1_GB;
  check_way(small.at_once(1)[0], kLatency + small.flow(2000, 10_GBps) + 100'000'000);
}

TEST_CASE("fabric transfers: a faster link never raises an isolated request's times",
          "[serving][fabric]") {
  CHECK(rc::check([] {
    SmallFabric small;
    const auto prompt = *rc::gen::inRange(1u, 20'000u);
    const double slower = any::number(1e8, 1e12), faster = slower * any::number(1, 100);
    for (PoolLinks& links : small.fabric.pools) links.bandwidth = BytesPerSecond{slower};
    const HandedOver before = small.at_once(1, prompt)[0];
    small.fabric.pools[*rc::gen::inRange(0u, 2u)].bandwidth = BytesPerSecond{faster};
    const HandedOver after = small.at_once(1, prompt)[0];
    RC_ASSERT(ttft_of(after.times) <= ttft_of(before.times));
    RC_ASSERT(after.times.last <= before.times.last);
  }));
}

SmallFabric any_fabric() {
  SmallFabric small(*rc::gen::inRange(1, 5), *rc::gen::inRange(1, 5));
  for (PoolLinks& links : small.fabric.pools) {
    links.bandwidth = BytesPerSecond{any::number(1e8, 1e11)};
    links.replicas_per_host = *rc::gen::inRange(1, 4);
    links.latency = Seconds{any::number(1e-6, 1e-3)};
    links.fabric = *rc::gen::inRange(0u, 2u);
    links.layout = *rc::gen::inRange(0u, 2u);
    links.conversion = BytesPerSecond{any::number(1e10, 1e12)};
  }
  small.fabric.boundary = BytesPerSecond{any::number(1e8, 1e11)};
  for (PoolSpec& pool : small.spec.pools) {
    if (any::chance()) pool.between_failures = 3 * kSecond, pool.repair = kSecond;
  }
  return small;
}

TEST_CASE("fabric transfers: the same inputs give the same bytes, by events and by iterations",
          "[serving][fabric]") {
  CHECK(rc::check([] {
    SmallFabric small = any_fabric();
    const auto requests = poisson(*rc::gen::inRange(1, 80), *rc::gen::inRange(1, 60), 600, 50,
                                  *rc::gen::inRange<std::uint64_t>(0, 1000));
    const auto by_events = small.replayed(requests);
    RC_ASSERT(by_events.size() == requests.size());
    for (int i = 0; i < 2; ++i) {
      const auto again = small.replayed(requests);
      RC_ASSERT(again.size() == by_events.size());
      for (std::size_t j = 0; j < again.size(); ++j) {
        RC_ASSERT(again[j].outcome == by_events[j].outcome);
        RC_ASSERT(again[j].times.first == by_events[j].times.first);
        RC_ASSERT(again[j].times.handed == by_events[j].times.handed);
        RC_ASSERT(again[j].times.last == by_events[j].times.last);
        RC_ASSERT(again[j].replica == by_events[j].replica);
      }
      for (PoolSpec& pool : small.spec.pools) pool.rules.most_steps = 1;
    }
  }));
}

// Requests so far apart that no cache meets another.
TEST_CASE("fabric transfers: without company they are those that never hinder each other",
          "[serving][fabric]") {
  SmallFabric small(2, 2);
  std::vector<Request> requests = poisson(20, 1, 3000, 100, 5);
  for (Request& request : requests)
    request.arrival += static_cast<Nanoseconds>(request.id) * 9 * kSecond;
  const auto shared = small.replayed(requests);
  UncontendedTransfers link(Seconds{2e-5}, 10_GBps);
  small.spec.transfers = &link;
  Ends ends;
  Fleet fleet(small.spec, &ends);
  ListSource source(requests);
  fleet.run(source);
  for (const HandedOver& each : shared) {
    CHECK(std::abs(each.times.handed - ends.of.at(each.id).times.handed) <= 1);
    CHECK(std::abs(each.times.last - ends.of.at(each.id).times.last) <= 1);
  }
}

TEST_CASE("fabric transfers: the tally says what sharing cost", "[serving][fabric]") {
  SmallFabric small(2, 1);
  FabricTransfers transfers(small.spec, small.fabric);
  small.spec.transfers = &transfers;
  Fleet fleet(small.spec);
  ListSource source({{.id = 0, .arrival = 5, .prompt = 2000, .output = 9},
                     {.id = 1, .arrival = 5, .prompt = 2000, .output = 9}});
  transfers.run(fleet, source);
  const TransferTally& tally = transfers.tally();
  const double flow = static_cast<double>(small.flow(2000, 10_GBps)) * 1e-9;
  CHECK(tally.transfers == 2);
  CHECK(tally.most_at_once == 2);
  CHECK(tally.bytes.value == Approx(4000 * small.spec.pools[0].kv_per_token.value));
  CHECK(tally.alone.value == Approx(2 * (2e-5 + flow)));
  CHECK(tally.taken.value == Approx(2 * (2e-5 + 2 * flow)));
}

// SimGrid's clock goes on, and is a double.
TEST_CASE("fabric transfers: a second run in a process differs by rounding alone",
          "[serving][fabric]") {
  SmallFabric small(2, 1);
  FabricTransfers transfers(small.spec, small.fabric);
  small.spec.transfers = &transfers;
  const auto requests = poisson(200, 30, 2000, 50, 3);
  std::vector<std::map<std::uint64_t, Ends::Fate>> fates;
  for (int i = 0; i < 3; ++i) {
    Ends ends;
    Fleet fleet(small.spec, &ends);
    ListSource source(requests);
    transfers.run(fleet, source);
    fates.push_back(ends.of);
  }
  std::int64_t handed = 0;
  for (const auto& [id, fate] : fates[0]) {
    handed += fate.times.handed > 0;
    CHECK(std::abs(fates[1].at(id).times.handed - fate.times.handed) <= 1);
    CHECK(std::abs(fates[2].at(id).times.handed - fate.times.handed) <= 1);
  }
  CHECK(transfers.tally().transfers == 3 * handed);
}

TEST_CASE("fabric transfers: who watches hears of every event before it happens",
          "[serving][fabric]") {
  SmallFabric small(2, 1);
  FabricTransfers transfers(small.spec, small.fabric);
  small.spec.transfers = &transfers;
  Fleet fleet(small.spec);
  ListSource source(poisson(50, 30, 2000, 50, 3));
  Nanoseconds last = 0;
  std::int64_t heard = 0;
  transfers.run(fleet, source, [&](Nanoseconds next) {
    CHECK(next >= last);
    CHECK(fleet.now() <= next);
    last = next;
    ++heard;
  });
  CHECK(last == fleet.now());
  CHECK(heard > 200);
}

class BrokenLog : public RequestSource {
public:
  std::optional<Nanoseconds> next_arrival() override { return read_ * kSecond / 1000; }
  std::optional<Request> next() override {
    if (++read_ == 5) throw std::runtime_error("log:5: truncated");
    Request request{.id = static_cast<std::uint64_t>(read_), .prompt = 9000, .output = 9};
    request.arrival = (read_ - 1) * kSecond / 1000;
    return request;
  }

private:
  Nanoseconds read_ = 0;
};

TEST_CASE("fabric transfers: what a source throws comes out of the run", "[serving][fabric]") {
  SmallFabric small;
  FabricTransfers transfers(small.spec, small.fabric);
  small.spec.transfers = &transfers;
  Fleet fleet(small.spec);
  BrokenLog source;
  CHECK_THROWS_WITH(transfers.run(fleet, source), "log:5: truncated");
  Fleet other(small.spec);
  ListSource sound({{.id = 1, .prompt = 100, .output = 9}});
  transfers.run(other, sound);
  CHECK(other.total().delivered == 1);
}

}  // namespace
}  // namespace chokepoint
