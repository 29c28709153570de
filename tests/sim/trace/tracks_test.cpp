#include "sim/trace/tracks.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

#include "tests/sim/trace/small_world.hpp"

namespace chokepoint {
namespace {

/// "government US > us_rule": the names from the top row down to the track.
std::string lineage(const Tracks& tracks, std::uint64_t uuid) {
  for (const Track& track : tracks.all()) {
    if (track.uuid != uuid) continue;
    return track.parent == 0 ? track.name : lineage(tracks, track.parent) + " > " + track.name;
  }
  return "no such track";
}

TEST_CASE("tracks: no two share an identity, and parents come first", "[trace][tracks]") {
  const Tracks tracks(small_world());
  std::set<std::uint64_t> seen = {0};
  for (const Track& track : tracks.all()) {
    CHECK(seen.count(track.parent) == 1);
    CHECK(seen.insert(track.uuid).second);
  }
}

TEST_CASE("tracks: identities depend on names, not on what else there is", "[trace][tracks]") {
  World larger = small_world();
  Rule rule;
  rule.name = "another";
  rule.government = Country("NL");
  larger.regime.rules.insert(larger.regime.rules.begin(), rule);
  larger.regime.exceptions[0].rules = {RuleId{1}};
  std::map<std::uint64_t, std::string> names;
  const Tracks large_tracks(larger);
  for (const Track& track : large_tracks.all()) names[track.uuid] = track.name;
  const Tracks tracks(small_world());
  for (const Track& track : tracks.all()) CHECK(names[track.uuid] == track.name);
}

TEST_CASE("tracks: a fact stands with whom it concerns", "[trace][tracks]") {
  Tracks tracks(small_world());
  const auto of = [&](const TraceEvent& event) { return lineage(tracks, tracks.of(event)); };
  CHECK(of(RuleBegan{0_s, RuleId{0}}) == "government US > us_rule");
  CHECK(of(RuleEnded{0_s, RuleId{1}}) == "government CN > cn_rule");
  CHECK(of(ExceptionBegan{0_s, ExceptionId{0}}) ==
        "government US > us_rule > exception us_exception");
  CHECK(of(DeliveryDue{0_s, OrderId{1}, DeviceId{0}, 1}) == "market > second (buyer_cn)");
  CHECK(of(WindowServed{0_s, ServiceId{0}, 1_days, {}, {}, {}, {}}) == "service chat");
  CHECK(of(RunEnded{0_s}) == "run");
  CHECK(of(CounterSampled{0_s, Counter::SupplyStock, 0, 1}) == "supply > line_a > supply_stock");
  CHECK(of(CounterSampled{0_s, Counter::Tpp, 1, 1}) == "site coast > coast/train > tpp");
  CHECK(of(CounterSampled{0_s, Counter::SitePower, 0, 1}) == "site inland > site_power");
  CHECK(of(CounterSampled{0_s, Counter::TokensUnmet, 0, 1}) == "service chat > tokens_unmet");
}

TEST_CASE("tracks: a job stands in its first choice until it is placed, then there",
          "[trace][tracks]") {
  Tracks tracks(small_world());
  const auto of = [&](const TraceEvent& event) { return lineage(tracks, tracks.of(event)); };
  const CounterSampled sample{0_s, Counter::TrainingTokens, 0, 1};
  CHECK(of(JobQueued{0_s, JobId{0}}) == "site inland > inland/train > job big_model");
  CHECK(of(sample) == "site inland > inland/train > job big_model > training_tokens");
  CHECK(of(JobPlaced{0_s, JobId{0}, PoolId{1}, 1, {}}) ==
        "site coast > coast/train > job big_model");
  CHECK(of(SegmentBegan{0_s, JobId{0}}) == "site coast > coast/train > job big_model");
  CHECK(of(sample) == "site coast > coast/train > job big_model > training_tokens");
}

TEST_CASE("tracks: what a rank of a pipeline does stands below its job, exchange beside it apart",
          "[trace][tracks]") {
  Tracks tracks(small_world());
  const auto of = [&](const TraceEvent& event) { return lineage(tracks, tracks.of(event)); };
  const std::string job = "site inland > inland/train > job big_model";
  CHECK(of(StepBegan{}) == job);
  OperationBegan operation;
  operation.rank = 3;
  CHECK(of(operation) == job + " > rank 3");
  ExchangeBegan exchange;
  exchange.rank = 3;
  CHECK(of(exchange) == job + " > rank 3");
  exchange.is_hidden = true;
  exchange.group = StepGroup::Copies;
  CHECK(of(exchange) == job + " > rank 3 > copies beside computing");
  ExchangeEnded end;
  end.rank = 3, end.group = StepGroup::Copies, end.is_hidden = true;
  CHECK(tracks.of(end) == tracks.of(exchange));
}

TEST_CASE(
    "tracks: jobs of a log that share a node stand side by side, the first on the node itself",
    "[trace][tracks]") {
  Tracks tracks(small_world());
  const auto take = [&](const char* job, int node) {
    return lineage(tracks, tracks.of(NodeHeld{0_s, PoolId{1}, node, job, 1, 1}));
  };
  const auto give = [&](const char* job) {
    return lineage(tracks, tracks.of(NodeLeft{0_s, PoolId{1}, 7, job, HoldEnd::Finished}));
  };
  const std::string node = "site coast > coast/train > node 7";
  CHECK(take("a", 7) == node);
  CHECK(take("b", 7) == node + " > lane 1");
  CHECK(take("a", 8) == "site coast > coast/train > node 8");
  CHECK(give("a") == node);
  CHECK(take("c", 7) == node);
  CHECK(give("b") == node + " > lane 1");
  CHECK(give("c") == node);
  CHECK(lineage(tracks, tracks.of(NodeFailed{0_s, PoolId{1}, 7, "nic", true})) == node);
  CHECK(lineage(tracks, tracks.of(NodeReturned{0_s, PoolId{1}, 7})) == node);
}

TEST_CASE("tracks: storage that fails is told beside its site", "[trace][tracks]") {
  Tracks tracks(small_world());
  CHECK(lineage(tracks, tracks.of(StorageFailed{0_s, SiteId{1}, "storage"})) == "site coast");
  CHECK(lineage(tracks, tracks.of(StorageReturned{0_s, SiteId{1}})) == "site coast");
}

TEST_CASE("tracks: those of counters have the unit, the others none", "[trace][tracks]") {
  Tracks tracks(small_world());
  std::map<std::uint64_t, std::string> units;
  for (const Track& track : tracks.all()) units[track.uuid] = track.unit;
  CHECK(units[tracks.of(CounterSampled{0_s, Counter::SitePower, 0, 1})] == "W");
  CHECK(units[tracks.of(JobQueued{0_s, JobId{0}})].empty());
}

TEST_CASE("tracks: requests under way stand side by side, later ones where lanes are free",
          "[trace][tracks]") {
  Tracks tracks(small_world());
  const auto begin = [&](std::uint64_t request, int replica) {
    return tracks.of(PhaseBegan{0_s, request, ServingPoolId{0}, replica, RequestPhase::Queued});
  };
  const auto end = [&](std::uint64_t request, bool leaves) {
    return tracks.of(PhaseEnded{0_s, request, ServingPoolId{0}, 0, RequestPhase::Queued, leaves});
  };
  const auto first = begin(1, 0), second = begin(2, 0);
  CHECK(first != second);
  CHECK(begin(1, 1) != first);
  CHECK(lineage(tracks, second) == "fleet > readers > replica 0 > lane 1");
  CHECK(end(1, false) == first);
  CHECK(begin(1, 0) == first);  // Another phase of one that stays.
  CHECK(end(1, true) == first);
  CHECK(begin(3, 0) == first);
  CHECK(begin(4, 0) != second);
  const auto queue = tracks.of(ReplicaSampled{0_s, ServingPoolId{1}, 2, ReplicaGauge::Queue, 1});
  CHECK(lineage(tracks, queue) == "fleet > writers > replica 2 > queue");
}

TEST_CASE("tracks: counters of lending and of costs have one only where they are sampled",
          "[trace][tracks]") {
  const auto named = [](const World& world, const std::string& name) {
    const Tracks tracks(world);
    return std::ranges::count(tracks.all(), name, &Track::name);
  };
  World world = small_world();
  CHECK(named(world, "lent_node_hours") == 0);
  CHECK(named(world, "unmet_in_return") == 0);
  CHECK(named(world, "cost_of_idle") == 0);
  REQUIRE_FALSE(world.services.empty());
  world.services[0].shares = {{PoolId{0}, 0.5, LendingTerms{}}};
  world.sites[0].costs = SiteCosts{};
  CHECK(named(world, "lent_node_hours") == 1);
  CHECK(named(world, "unmet_in_return") == 1);
  CHECK(named(world, "cost_of_idle") == 1);
}

}  // namespace
}  // namespace chokepoint
