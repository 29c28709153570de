// Fleets of any make: pools that read and decode apart, routers, failures, scaling and classes.

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <optional>

#include "tests/models/performance/random_serving.hpp"
#include "tests/models/serving/small_loads.hpp"

namespace chokepoint {
namespace {

StepCosts& shared_costs(bool speculates) {
  static SmallService service;
  service.settings.speculated = speculates ? 2 : 0;
  static std::optional<StepCosts> plain, speculating;
  auto& costs = speculates ? speculating : plain;
  if (!costs) costs.emplace(service.costs());
  return *costs;
}

PoolSpec any_pool(PoolRole role) {
  PoolSpec pool;
  pool.role = role;
  pool.costs = &shared_costs(any::chance());
  pool.rules.blocks = *rc::gen::inRange(150, 500);
  pool.rules.token_budget = *rc::gen::inRange(64, 3000);
  pool.rules.max_sequences = *rc::gen::inRange(1, 20);
  pool.rules.reads_alone = any::chance();
  pool.rules.first_token = *rc::gen::inRange(0, 20'000'000);
  pool.rules.first_token_steps = *rc::gen::inRange(0, 200) / 100.0;
  pool.kv_per_token = BytesPerToken{65'536};
  pool.replicas = *rc::gen::inRange(1, 4);
  pool.weight = *rc::gen::inRange(1, 4);
  if (any::chance()) pool.between_failures = 3 * kSecond, pool.repair = kSecond;
  if (any::chance()) {
    pool.scaling = Autoscaling{
        .least = 1, .most = 5, .target = 4, .interval = kSecond / 2, .provisioning = kSecond};
  }
  return pool;
}

FleetSpec any_fleet(KvTransfers& link) {
  FleetSpec spec;
  if (any::chance()) {
    spec.pools = {any_pool(PoolRole::Prefill), any_pool(PoolRole::Decode)};
    spec.transfers = &link;
  }
  if (spec.pools.empty() || any::chance()) spec.pools.push_back(any_pool(PoolRole::Whole));
  spec.routing = *rc::gen::element(RoutingPolicy::RoundRobin, RoutingPolicy::Random,
                                   RoutingPolicy::LeastLoaded, RoutingPolicy::PowerOfTwo,
                                   RoutingPolicy::PrefixAware);
  spec.seed = *rc::gen::inRange<std::uint64_t>(0, 1000);
  spec.most_retries = *rc::gen::inRange(0u, 3u);
  spec.classes = {{.name = "chat"}, {.name = "batch", .most_outstanding = 5}};
  return spec;
}

std::vector<Request> any_requests_of_classes() {
  auto requests = poisson(*rc::gen::inRange(1, 60), *rc::gen::inRange(1, 60), 600, 150,
                          *rc::gen::inRange<std::uint64_t>(0, 1000));
  for (Request& request : requests) {
    request.slo_class = request.id % 3 == 0;
    request.block_tokens = 64;
    for (std::uint32_t i = 0; i < request.prompt / 64; ++i) {
      request.blocks.push_back((request.id % 4) * 100 + i);
    }
  }
  return requests;
}

struct Replayed {
  std::map<std::uint64_t, Ends::Fate> fates;
  Tally sum;
  std::vector<PoolTally> pools;
  std::int64_t left;
};

bool are_alike(const PoolTally& a, const PoolTally& b) {
  const EngineTotals &one = a.engines, &other = b.engines;
  return one.steps == other.steps && one.prompt_tokens == other.prompt_tokens &&
         one.preemptions == other.preemptions && one.names == other.names &&
         one.hits == other.hits && one.busy == other.busy &&
         one.cache_seconds == other.cache_seconds && a.up == b.up && a.failures == b.failures &&
         a.started == b.started && a.stopped == b.stopped;
}

Replayed replay_of(const FleetSpec& spec, const std::vector<Request>& requests) {
  Ends ends;
  Fleet fleet(spec, &ends);
  ListSource source(requests);
  fleet.run(source);
  for (std::uint32_t i = 0; i < fleet.replicas(); ++i) {
    RC_ASSERT(fleet.replica(i).blocks_in_use() == 0);
  }
  RC_ASSERT(source.ends.size() == requests.size());
  std::vector<PoolTally> pools;
  for (std::size_t i = 0; i < spec.pools.size(); ++i) pools.push_back(fleet.pool(i));
  return {ends.of, fleet.total(), pools, fleet.outstanding()};
}

TEST_CASE("fleet: events and single iterations agree whatever the fleet, and nothing is lost",
          "[serving][fleet]") {
  std::int64_t retried = 0, refused = 0, delivered = 0, lost = 0;
  CHECK(rc::check([&] {
    UncontendedTransfers link(Seconds{1e-3}, BytesPerSecond{any::number(1e8, 1e11)});
    FleetSpec spec = any_fleet(link);
    const auto requests = any_requests_of_classes();
    const Replayed by_events = replay_of(spec, requests);
    for (PoolSpec& pool : spec.pools) pool.rules.most_steps = 1;
    const Replayed by_steps = replay_of(spec, requests);
    RC_ASSERT(by_steps.fates == by_events.fates);
    for (std::size_t i = 0; i < spec.pools.size(); ++i) {
      RC_ASSERT(are_alike(by_steps.pools[i], by_events.pools[i]));
    }
    const Tally& sum = by_events.sum;
    RC_ASSERT(by_events.left == 0);
    RC_ASSERT(sum.asked == sum.delivered + sum.refused + sum.lost);
    RC_ASSERT(sum.tokens_asked == sum.tokens_delivered + sum.tokens_dropped);
    for (const auto& [id, fate] : by_events.fates) {
      if (fate.outcome != RequestOutcome::Delivered) continue;
      RC_ASSERT(fate.times.arrival < fate.times.scheduled);
      RC_ASSERT(fate.times.scheduled < fate.times.first);
      RC_ASSERT(fate.times.first <= fate.times.last);
    }
    retried += sum.retried, refused += sum.refused, delivered += sum.delivered, lost += sum.lost;
  }));
  // The law is about fleets that come to all of that.
  CHECK(retried > 100);
  CHECK(refused > 100);
  CHECK(lost > 100);
  CHECK(delivered > 1000);
}

TEST_CASE("fleet: requests beyond the context are refused and counted, and hinder nobody",
          "[serving][fleet]") {
  CHECK(rc::check([] {
    UncontendedTransfers link(Seconds{1e-3}, BytesPerSecond{1e10});
    FleetSpec spec = any_fleet(link);
    spec.classes = {{.name = "chat"}, {.name = "batch"}};
    for (PoolSpec& pool : spec.pools) pool.scaling.reset(), pool.between_failures = 0;
    const auto requests = any_requests_of_classes();
    const std::int64_t context = *rc::gen::inRange(1, 1500);
    std::vector<Request> within;
    for (const Request& request : requests) {
      if (request.prompt + request.output <= context) within.push_back(request);
    }
    const Replayed without = replay_of(spec, within);
    for (PoolSpec& pool : spec.pools) pool.rules.context = context;
    const Replayed all = replay_of(spec, requests);
    const auto longer = std::ssize(requests) - std::ssize(within);
    RC_ASSERT(all.sum.too_long == longer);
    RC_ASSERT(all.sum.refused == without.sum.refused + longer);
    if (spec.routing != RoutingPolicy::LeastLoaded) return;  // Others count or draw at the door.
    for (const auto& [id, fate] : without.fates) RC_ASSERT(all.fates.at(id) == fate);
  }));
}

TEST_CASE("fleet: what many replicas hold adds up beyond what ticks count", "[serving][fleet]") {
  EngineCounters one;
  one.steps = 3;
  one.held = Ticks{1} << 126;
  EngineTotals some, all;
  for (int i = 0; i < 4; ++i) some.add(one);
  all.add(some);
  all.add(some);
  CHECK(all.steps == 24);
  CHECK(all.cache_seconds == Approx(8 * one.cache_seconds()));
}

}  // namespace
}  // namespace chokepoint
