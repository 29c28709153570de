#include "models/serving/router.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

namespace chokepoint {
namespace {

Router router_of(RoutingPolicy policy, std::uint32_t replicas) {
  Router router(policy, replicas, 1);
  for (std::uint32_t i = 0; i < replicas; ++i) router.set_open(i, true);
  return router;
}

constexpr RoutingPolicy kPolicies[] = {RoutingPolicy::RoundRobin, RoutingPolicy::Random,
                                       RoutingPolicy::LeastLoaded, RoutingPolicy::PowerOfTwo,
                                       RoutingPolicy::PrefixAware};

TEST_CASE("router: only open replicas are chosen", "[serving][router]") {
  CHECK(rc::check([] {
    Router router(*rc::gen::elementOf(std::vector(std::begin(kPolicies), std::end(kPolicies))), 8,
                  1);
    std::set<std::uint32_t> open;
    for (int i = 0; i < 40; ++i) {
      const auto replica = *rc::gen::inRange(0u, 8u);
      const bool opens = *rc::gen::inRange(0, 2) == 0;
      router.set_open(replica, opens);
      opens ? (void)open.insert(replica) : (void)open.erase(replica);
      Request request;
      request.blocks = {static_cast<std::uint64_t>(*rc::gen::inRange(0, 3))};
      const auto chosen = router.choose(request);
      RC_ASSERT(chosen.has_value() == !open.empty());
      if (chosen) RC_ASSERT(open.count(*chosen) == 1);
    }
  }));
}

TEST_CASE("router: round robin takes all in turn", "[serving][router]") {
  Router router = router_of(RoutingPolicy::RoundRobin, 3);
  router.set_open(1, false);
  for (std::uint32_t expected : {0, 2, 0, 2}) CHECK(router.choose({}) == expected);
  router.set_open(1, true);
  for (std::uint32_t expected : {0, 1, 2}) CHECK(router.choose({}) == expected);
}

TEST_CASE("router: the least loaded is the least of a plain search", "[serving][router]") {
  CHECK(rc::check([] {
    Router router = router_of(RoutingPolicy::LeastLoaded, 13);
    std::vector<int> loads(13);
    for (int i = 0; i < 50; ++i) {
      const auto at = static_cast<std::size_t>(*rc::gen::inRange(0, 13));
      loads[at] = *rc::gen::inRange(0, 20);
      router.set_load(static_cast<std::uint32_t>(at), loads[at]);
      const auto least = std::min_element(loads.begin(), loads.end()) - loads.begin();
      RC_ASSERT(router.choose({}) == static_cast<std::uint32_t>(least));
    }
  }));
}

TEST_CASE("router: a prefix goes where it was read, unless that is much busier",
          "[serving][router]") {
  Router router = router_of(RoutingPolicy::PrefixAware, 4);
  Request request;
  request.blocks = {1, 2, 3};
  router.set_load(0, 1), router.set_load(1, 1), router.set_load(3, 1);
  CHECK(router.choose(request) == 2u);
  router.set_load(2, 30);
  request.blocks = {1, 2, 9};
  CHECK(router.choose(request) == 2u);
  request.blocks = {8};
  CHECK(router.choose(request) == 0u);
  router.set_load(2, 66);
  request.blocks = {1, 2, 3};
  CHECK(router.choose(request) == 0u);
}

TEST_CASE("router: what it remembers is bounded", "[serving][router]") {
  Router router(RoutingPolicy::PrefixAware, 2, 1, {.names = 100});
  router.set_open(0, true), router.set_open(1, true);
  Request request;
  request.blocks = {7};
  router.set_load(0, 5);
  CHECK(router.choose(request) == 1u);
  router.set_load(1, 9);
  for (std::uint64_t i = 0; i < 200; ++i) {
    Request other;
    other.blocks = {1000 + i};
    router.choose(other);
  }
  CHECK(router.choose(request) == 0u);  // Forgotten: to the least loaded.
}

TEST_CASE("router: the least loaded of some is the first of those with least",
          "[serving][router]") {
  Router router(RoutingPolicy::RoundRobin, 7, 1);
  const std::vector<double> loads = {3, 1, 4, 1, 5, 0, 2};
  for (std::uint32_t i = 0; i < 7; ++i) {
    router.set_open(i, i != 5);
    router.set_load(i, loads[i]);
  }
  for (std::uint32_t first = 0; first < 7; ++first) {
    for (std::uint32_t count = 1; first + count <= 7; ++count) {
      std::optional<std::uint32_t> least;
      for (std::uint32_t i = first; i < first + count; ++i) {
        if (i != 5 && (!least || loads[i] < loads[*least])) least = i;
      }
      CHECK(router.least_loaded(first, count) == least);
    }
  }
}

}  // namespace
}  // namespace chokepoint
