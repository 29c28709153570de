#include "tools/fleet/replay.hpp"

#include "tests/tools/fleet/shipped_cluster.hpp"

namespace chokepoint {
namespace {

ReplayAccount replayed(const std::string& name, const FleetQuestion& question,
                       std::uint64_t requests) {
  const Cluster cluster = shipped_cluster(name);
  PlannedFleet fleet = planned(cluster, question);
  Listed source = even_requests(requests);
  return replay(fleet, source, {});
}

TEST_CASE("replay: all that is asked is delivered, by some replica", "[fleet]") {
  for (const std::string name : {"hgx_h20", "mixed_h20_910c"}) {
    const ReplayAccount account = replayed(name, small_question(), 300);
    CHECK(account.total.asked == 300);
    CHECK(account.total.delivered == 300);
    std::int64_t delivered = 0, tokens = 0, read = 0;
    for (const ReplicaAccount& replica : account.replicas) {
      delivered += replica.delivered;
      tokens += replica.tokens;
      read += replica.engine.prompt_tokens;
    }
    CHECK(delivered == 300);
    CHECK(tokens == account.total.tokens_delivered);
    CHECK(read == account.engines().prompt_tokens);
    CHECK(account.span > Seconds{29.9});
  }
}

TEST_CASE("replay: energy lies between that of idle and of busy devices", "[fleet]") {
  const Cluster cluster = shipped_cluster("hgx_h20");
  PlannedFleet fleet = planned(cluster, small_question());
  Listed source = even_requests(100);
  const ReplayAccount account = replay(fleet, source, {});
  const double full = 2 * 6500 * 1.3 * account.span.value;
  CHECK(account.energy_joules() >= 0.3 * full * (1 - 1e-9));
  CHECK(account.energy_joules() < full);
  CHECK(account.usd().value() > 0);
}

TEST_CASE("replay: pools that read and decode apart deliver as well", "[fleet]") {
  FleetQuestion question = small_question();
  question.service.tensor.reset();
  const ReplayAccount account =
      replayed(source_dir() + "/tests/tools/fleet/two_pools.textproto", question, 100);
  CHECK(account.total.delivered == 100);
  CHECK(account.pools[0].done.engines.prompt_tokens == 100 * 500);
  CHECK(account.pools[1].done.engines.prompt_tokens == 0);
}

}  // namespace
}  // namespace chokepoint
