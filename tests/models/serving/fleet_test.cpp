#include "models/serving/fleet.hpp"

#include <catch2/catch.hpp>

#include "tests/models/serving/small_loads.hpp"

namespace chokepoint {
namespace {

struct SmallFleet {
  SmallService service;
  StepCosts costs;
  FleetSpec spec;

  explicit SmallFleet(std::int64_t replicas = 1) : costs(service.costs()) {
    PoolSpec pool;
    pool.costs = &costs;
    const ServingSetup made = service.started();
    pool.rules = made.rules;
    pool.kv_per_token = made.kv_per_token;
    pool.replicas = replicas;
    spec.pools = {pool};
  }
};

void check_tokens(const Fleet& fleet) {
  const Tally sum = fleet.total();
  CHECK(sum.outstanding() == fleet.outstanding());
  CHECK(sum.asked == sum.delivered + sum.refused + sum.lost + fleet.outstanding());
  if (fleet.outstanding() == 0) {
    CHECK(sum.tokens_asked == sum.tokens_delivered + sum.tokens_dropped);
  }
}

TEST_CASE("fleet: requests in it are their rate times their stay", "[serving][fleet]") {
  SmallFleet small(2);
  Fleet fleet(small.spec);
  ListSource source(poisson(4000, 40, 1000, 200, 1));
  double held = 0;  // Requests times seconds, in engines.
  Nanoseconds last = 0;
  while (const auto at = fleet.next_event(source)) {
    held += static_cast<double>(fleet.outstanding()) * static_cast<double>(*at - last) * 1e-9;
    last = *at;
    fleet.handle_next(source);
  }
  const Tally sum = fleet.total();
  CHECK(sum.delivered == 4000);
  // The client's side of a stay is as long as first_token.
  const double stay = sum.e2e.mean().value - 0.012;
  CHECK(held == Approx(4000 * stay).epsilon(1e-3));
}

TEST_CASE("fleet: failures lose no request unaccounted", "[serving][fleet]") {
  SmallFleet small(3);
  small.spec.pools[0].between_failures = 20 * kSecond;
  small.spec.pools[0].repair = 5 * kSecond;
  small.spec.most_retries = 1;
  Ends ends;
  Fleet fleet(small.spec, &ends);
  ListSource source(poisson(3000, 60, 1000, 300, 2));
  int events = 0;
  while (fleet.next_event(source)) {
    fleet.handle_next(source);
    if (++events % 100 == 0) check_tokens(fleet);
  }
  check_tokens(fleet);
  const Tally sum = fleet.total();
  CHECK(fleet.pool(0).failures > 3);
  CHECK(sum.retried > 0);
  CHECK(sum.lost > 0);
  CHECK(fleet.outstanding() == 0);
  CHECK(ends.of.size() == 3000);
  CHECK(source.ends.size() == 3000);
  for (std::uint32_t i = 0; i < 3; ++i) CHECK(fleet.replica(i).blocks_in_use() == 0);
}

TEST_CASE("fleet: with no replica up, requests wait for the repair", "[serving][fleet]") {
  SmallFleet small;
  small.spec.pools[0].repair = 10 * kSecond;
  Ends ends;
  Fleet fleet(small.spec, &ends);
  ListSource source({{.id = 0, .arrival = kSecond, .prompt = 100, .output = 5000},
                     {.id = 1, .arrival = 3 * kSecond, .prompt = 100, .output = 5}});
  fleet.run(source, 2 * kSecond);
  fleet.fail(0, 2 * kSecond);
  CHECK(fleet.outstanding() == 1);
  fleet.run(source);
  CHECK(ends.of.at(0).outcome == RequestOutcome::Delivered);
  CHECK(ends.of.at(0).times.scheduled >= 12 * kSecond);
  CHECK(ends.of.at(1).times.first > 12 * kSecond);
}

TEST_CASE("fleet: a class is refused from its limit on", "[serving][fleet]") {
  SmallFleet small(2);
  small.spec.classes = {{.name = "chat"}, {.name = "batch", .most_outstanding = 2}};
  Fleet fleet(small.spec);
  std::vector<Request> requests;
  for (std::uint64_t i = 0; i < 20; ++i) {
    requests.push_back({.id = i, .arrival = 0, .prompt = 10, .output = 10});
    requests.back().slo_class = i % 2 == 1;
  }
  ListSource source(requests);
  fleet.run(source);
  CHECK(fleet.tallies()[0].refused == 0);
  CHECK(fleet.tallies()[0].delivered == 10);
  CHECK(fleet.tallies()[1].delivered == 2);  // Then four are in the fleet.
  CHECK(fleet.tallies()[1].refused == 8);
}

TEST_CASE("fleet: what no replica holds is refused, what another pool holds goes there",
          "[serving][fleet]") {
  SmallFleet small;
  small.spec.pools.push_back(small.spec.pools[0]);
  small.spec.pools[0].rules.blocks = 10;
  small.spec.pools[1].rules.blocks = 100;
  small.spec.routing = RoutingPolicy::RoundRobin;
  Ends ends;
  Fleet fleet(small.spec, &ends);
  ListSource source(
      {{.id = 0, .prompt = 1000, .output = 10}, {.id = 1, .prompt = 10'000, .output = 10}});
  fleet.run(source);
  CHECK(ends.of.at(0).outcome == RequestOutcome::Delivered);
  CHECK(ends.of.at(0).replica == 1);
  CHECK(ends.of.at(1).outcome == RequestOutcome::Refused);
}

// Two pools, the first too small for a prompt of 1 000 tokens.
SmallFleet small_and_large(std::int64_t large) {
  SmallFleet small;
  small.spec.pools.push_back(small.spec.pools[0]);
  small.spec.pools[0].rules.blocks = 10;
  small.spec.pools[1].replicas = large;
  small.spec.routing = RoutingPolicy::RoundRobin;
  return small;
}

TEST_CASE("fleet: what the chosen replica cannot hold goes to the least loaded that can",
          "[serving][fleet]") {
  SmallFleet small = small_and_large(3);
  small.spec.routing = RoutingPolicy::LeastLoaded;  // The small one, as it is always idle.
  Ends ends;
  Fleet fleet(small.spec, &ends);
  std::vector<Request> requests;
  for (std::uint64_t i = 0; i < 6; ++i) requests.push_back({.id = i, .prompt = 1000, .output = 50});
  ListSource source(requests);
  fleet.run(source);
  std::map<std::uint32_t, int> served;
  for (const auto& [id, fate] : ends.of) ++served[fate.replica];
  CHECK(served == std::map<std::uint32_t, int>{{1, 2}, {2, 2}, {3, 2}});
}

TEST_CASE("fleet: what only a replica can hold that is not up waits for it", "[serving][fleet]") {
  SmallFleet small = small_and_large(1);
  small.spec.pools[1].repair = 10 * kSecond;
  Ends ends;
  Fleet fleet(small.spec, &ends);
  ListSource source({{.id = 0, .arrival = 2 * kSecond, .prompt = 1000, .output = 10},
                     {.id = 1, .arrival = 2 * kSecond, .prompt = 100, .output = 10},
                     {.id = 2, .arrival = 2 * kSecond, .prompt = 10'000'000, .output = 10}});
  fleet.fail(1, kSecond);
  fleet.run(source);
  CHECK(ends.of.at(0).outcome == RequestOutcome::Delivered);
  CHECK(ends.of.at(0).times.scheduled >= 11 * kSecond);
  CHECK(ends.of.at(1).times.last < 3 * kSecond);
  CHECK(ends.of.at(2).outcome == RequestOutcome::Refused);
  check_tokens(fleet);
}

TEST_CASE("fleet: scaling follows the load after the time that a start takes", "[serving][fleet]") {
  SmallFleet small;
  small.spec.pools[0].scaling = Autoscaling{
      .least = 1, .most = 4, .target = 10, .interval = kSecond, .provisioning = 5 * kSecond};
  Fleet fleet(small.spec);
  std::vector<Request> requests = poisson(2000, 100, 1000, 200, 3);
  requests.push_back({.id = 9999, .arrival = 60 * kSecond, .prompt = 10, .output = 10});
  ListSource source(requests);
  fleet.run(source, 15 * kSecond);
  CHECK(fleet.up(0) == 4);
  fleet.run(source);
  CHECK(fleet.up(0) == 1);
  const PoolTally done = fleet.pool(0);
  CHECK(done.started >= 3);
  CHECK(done.stopped >= done.started);
  CHECK(done.up < 4 * fleet.now());
  CHECK(done.held == done.up + done.started * 5 * kSecond);
  CHECK(fleet.total().delivered == 2001);
}

class SlowLink : public KvTransfers {
public:
  explicit SlowLink(Nanoseconds taken) : taken_(taken) {}
  std::optional<Nanoseconds> start(const KvTransfer& transfer, Nanoseconds at) override {
    bytes += transfer.bytes;
    return at + taken_;
  }
  Bytes bytes;

private:
  Nanoseconds taken_;
};

RequestTimes apart(SmallFleet& small, KvTransfers& link) {
  PoolSpec decode = small.spec.pools[0];
  small.spec.pools[0].role = PoolRole::Prefill;
  decode.role = PoolRole::Decode;
  small.spec.pools.push_back(decode);
  small.spec.transfers = &link;
  Ends ends;
  Fleet fleet(small.spec, &ends);
  ListSource source({{.id = 4, .arrival = 7, .prompt = 2000, .output = 50}});
  fleet.run(source);
  REQUIRE(ends.of.at(4).outcome == RequestOutcome::Delivered);
  CHECK(ends.of.at(4).replica == 1);
  CHECK(ends.of.at(4).reader == 0);
  return ends.of.at(4).times;
}

TEST_CASE("fleet: a cache handed over delays all tokens but the first", "[serving][fleet]") {
  SmallFleet one, other, whole;
  SlowLink fast(1), slow(3 * kSecond + 1);
  const RequestTimes soon = apart(one, fast), late = apart(other, slow);
  CHECK(soon.first == late.first);
  CHECK(late.handed - soon.handed == 3 * kSecond);
  CHECK(late.last - soon.last == 3 * kSecond);
  // 2 x 32 layers x 8 heads x 128 values of a byte.
  CHECK(fast.bytes.value == Approx(2000.0 * 65'536));
  Ends ends;
  Fleet fleet(whole.spec, &ends);
  ListSource source({{.id = 4, .arrival = 7, .prompt = 2000, .output = 50}});
  fleet.run(source);
  CHECK(ends.of.at(4).times.first == soon.first);
  CHECK(std::abs(ends.of.at(4).times.last - soon.last) <= 5);
}

TEST_CASE("fleet: scaling alone neither retries nor loses a request", "[serving][fleet]") {
  SmallFleet small;
  PoolSpec decode = small.spec.pools[0];
  small.spec.pools[0].role = PoolRole::Prefill;
  decode.role = PoolRole::Decode;
  decode.replicas = 4;
  decode.scaling = Autoscaling{
      .least = 1, .most = 4, .target = 10, .interval = kSecond, .provisioning = 2 * kSecond};
  small.spec.pools.push_back(decode);
  SlowLink link(5 * kSecond);
  small.spec.transfers = &link;
  small.spec.most_retries = 0;
  Fleet fleet(small.spec);
  std::vector<Request> requests = poisson(100, 50, 1000, 20, 3);
  for (int i = 0; i < 40; ++i) {
    requests.push_back({.id = 1000u + static_cast<unsigned>(i), .prompt = 100, .output = 20});
    requests.back().arrival = (10 + 2 * i) * kSecond;
  }
  ListSource source(requests);
  fleet.run(source);
  CHECK(fleet.pool(1).stopped > 0);
  CHECK(fleet.total().retried == 0);
  CHECK(fleet.total().lost == 0);
  CHECK(fleet.total().delivered == 140);
}

// One that reads; two pools that decode, the first too small for a prompt of 1 000 tokens.
SmallFleet large_decoder() {
  SmallFleet small;
  PoolSpec decode = small.spec.pools[0];
  small.spec.pools[0].role = PoolRole::Prefill;
  decode.role = PoolRole::Decode;
  small.spec.pools.push_back(decode);
  small.spec.pools.push_back(decode);
  small.spec.pools[1].rules.blocks = 10;
  return small;
}

TEST_CASE("fleet: a prompt goes only where it can be decoded, and is not read for nothing",
          "[serving][fleet]") {
  SmallFleet small = large_decoder();
  small.spec.pools[2].rules.blocks = 100;
  SlowLink link(kSecond);
  small.spec.transfers = &link;
  Ends ends;
  Fleet fleet(small.spec, &ends);
  ListSource source({{.id = 0, .prompt = 1000, .output = 10},
                     {.id = 1, .arrival = 1, .prompt = 2000, .output = 10}});
  fleet.run(source);
  CHECK(ends.of.at(0).outcome == RequestOutcome::Delivered);
  CHECK(ends.of.at(0).replica == 2);
  CHECK(ends.of.at(1).outcome == RequestOutcome::Refused);
  CHECK(ends.of.at(1).times.last == 1);
  CHECK(fleet.pool(0).engines.prompt_tokens == 1000);
  CHECK(link.bytes.value == Approx(1000.0 * 65'536));
}

TEST_CASE("fleet: a prompt whose decoder is down is read again once that is up",
          "[serving][fleet]") {
  SmallFleet small = large_decoder();
  SlowLink link(kSecond);
  small.spec.transfers = &link;
  small.spec.pools[2].repair = 10 * kSecond;
  Ends ends;
  Fleet fleet(small.spec, &ends);
  ListSource source({{.id = 0, .arrival = kSecond, .prompt = 1000, .output = 10}});
  fleet.fail(2, 0);
  fleet.run(source);
  CHECK(ends.of.at(0).outcome == RequestOutcome::Delivered);
  CHECK(ends.of.at(0).times.handed > 11 * kSecond);
  CHECK(fleet.pool(0).engines.prompt_tokens == 2000);
  check_tokens(fleet);
}

TEST_CASE("fleet: a class is refused by the replicas that are open, those that decode too",
          "[serving][fleet]") {
  SmallFleet small = large_decoder();
  small.spec.pools[2].replicas = 2;
  SlowLink link(kSecond);
  small.spec.transfers = &link;
  small.spec.classes = {{.name = "batch", .most_outstanding = 2}};
  Fleet fleet(small.spec);
  std::vector<Request> requests;
  for (std::uint64_t i = 0; i < 20; ++i) requests.push_back({.id = i, .prompt = 10, .output = 10});
  ListSource source(requests);
  fleet.run(source);
  CHECK(fleet.total().delivered == 8);  // Of four replicas.
}

TEST_CASE("fleet: a replica that fails as it drains stays off", "[serving][fleet]") {
  SmallFleet small(2);
  small.spec.pools[0].repair = kSecond;
  small.spec.pools[0].scaling = Autoscaling{
      .least = 1, .most = 2, .target = 100, .interval = 10 * kSecond, .provisioning = kSecond};
  Fleet fleet(small.spec);
  ListSource source({{.id = 0, .prompt = 100, .output = 5000},
                     {.id = 1, .prompt = 100, .output = 5000},
                     {.id = 2, .arrival = 30 * kSecond, .prompt = 100, .output = 50}});
  fleet.run(source, 12 * kSecond);
  REQUIRE(fleet.replica(1).outstanding() == 1);
  REQUIRE(fleet.up(0) == 1);
  fleet.fail(1, 12 * kSecond);
  fleet.run(source, 15 * kSecond);
  CHECK(fleet.up(0) == 1);
  fleet.run(source);
  CHECK(fleet.total().delivered == 3);
  CHECK(fleet.pool(0).failures == 1);
}

TEST_CASE("fleet: a faster link never raises an isolated request's times", "[serving][fleet]") {
  Nanoseconds before = 0;
  for (const double gbit : {10.0, 100.0, 1000.0, 10'000.0}) {
    SmallFleet small;
    UncontendedTransfers link(Seconds{1e-5}, BytesPerSecond{gbit * 1e9 / 8});
    const RequestTimes times = apart(small, link);
    if (before > 0) CHECK(times.last < before);
    before = times.last;
  }
}

// Prompts as long as answers are short: a server that takes each time the same.
TEST_CASE("fleet: one replica that reads prompts waits as M/D/1 says", "[serving][fleet]") {
  SmallFleet small;
  small.spec.pools[0].rules.max_sequences = 1;
  PromptWork work;
  work.add(0, 2000);
  const double service =
      static_cast<double>(small.costs.prefill(work, false)) / double(kTicksPerNanosecond) * 1e-9;
  for (const double busy : {0.3, 0.6, 0.8}) {
    auto requests = poisson(60'000, busy / service, 1, 1, 5);
    for (Request& request : requests) request.prompt = 2000, request.output = 1;
    Fleet fleet(small.spec);
    ListSource source(requests);
    fleet.run(source);
    const double waited = fleet.total().queueing.mean().value;
    INFO("busy " << busy);
    CHECK(waited == Approx(busy / (2 * (1 - busy)) * service).epsilon(0.05));
  }
}

}  // namespace
}  // namespace chokepoint
