#include "tools/jobs/job_failures.hpp"

#include "models/training/run/long_run.hpp"
#include "tests/tools/estimate/training/shipped_training.hpp"
#include "tests/tools/fleet/shipped_cluster.hpp"
#include "tests/tools/jobs/small_jobs.hpp"

namespace chokepoint {
namespace {

JobFailures shipped_failures(const Cluster& cluster, const FailureQuestion& asked) {
  Diagnostics found;
  const auto pools = job_pools(cluster, shipped_training(), "", found);
  const auto made = job_failures(cluster, shipped_training(), pools, asked, found);
  for (const auto& item : found.items()) UNSCOPED_INFO(item.message);
  REQUIRE(made);
  return *made;
}

const ReliabilitySpec& frontier() {
  return shipped_training().reliabilities.front();
}

TEST_CASE("job failures: a job fails as often as a long run on as many devices",
          "[jobs][failures]") {
  const Cluster cluster = shipped_cluster("philly");
  FailureQuestion asked;
  asked.with_software = true;
  const JobFailures made = shipped_failures(cluster, asked);
  REQUIRE(made.pools.size() == 1);
  CHECK(made.names.front() == "frontier_gpu");
  // All of the pool, so that the network is the same.
  const GangSize all{2496, 8};
  PerSecond whole;
  for (const FailureMode& mode : frontier().modes) whole += gang_rate(mode, all, frontier());
  CHECK(made.pools[0].of_job_on(312).value == Approx(whole.value));
  CHECK(made.pools[0].of_domain().value * 86'400e3 == Approx(0.1085));
  CHECK(made.pools[0].of_switch().value * 86'400e3 == Approx(0.22));
  CHECK(made.pools[0].switch_repair == Seconds{3.5 * 3'600});
  CHECK(made.pools[0].of_job > PerSecond{});
  CHECK(made.pools[0].repair == frontier().repair.value);
  CHECK(made.pools[0].shape == 1);
  asked.with_software = false;
  CHECK(shipped_failures(cluster, asked).pools[0].of_job == PerSecond{});
}

// Llama 3: 419 in 54 days on 16,384 H100, which rates were counted on. RSC-1: a job of 1,024 A100
// stopped every 7.9 h, in part before servers that fail again and again were sought; validation.
TEST_CASE("validation: time to failure falls with the size of a job as was published",
          "[jobs][failures][validation]") {
  const Cluster cluster = shipped_cluster(
      "hgx_h100",
      {"sites[pod].pools[h100].stocks[all].units.value=16384", "sites[pod].power_cap_mw.value=40"});
  FailureQuestion asked;
  asked.with_software = true;
  const JobFailures made = shipped_failures(cluster, asked);
  const auto hours = [&](int devices) {
    return 1 / (made.pools[0].of_job_on(devices / 8).value * 3600);
  };
  CHECK(hours(16'384) == Approx(54 * 24 / 419.0).epsilon(0.03));
  CHECK(hours(1'024) > hours(16'384));
  CHECK(hours(8) > hours(1'024));
  CHECK(hours(1'024) < 2.2 * 7.9);
  CHECK(hours(1'024) > 7.9 / 2.2);
}

TEST_CASE("job failures: figures of the cluster count, and what was asked before them",
          "[jobs][failures]") {
  const Cluster cluster =
      shipped_cluster("philly_mixed", {"reliabilities[domestic].weibull_shape.value=0.7",
                                       "reliabilities[domestic].repair_hours.value=9"});
  FailureQuestion asked;
  asked.factor = 2;
  const JobFailures made = shipped_failures(cluster, asked);
  REQUIRE(made.pools.size() == 2);
  CHECK(made.names == std::vector<std::string>{"frontier_gpu", "domestic"});
  CHECK(made.pools[0].shape == 1);
  CHECK(made.pools[1].shape == 0.7);
  CHECK(made.pools[1].repair == 9_hours);
  CHECK(made.checkpoint > Seconds{});
  CHECK(made.restart > made.checkpoint);
  const JobFailures once = shipped_failures(cluster, {});
  CHECK(made.pools[1].of_node().value == Approx(2 * once.pools[1].of_node().value));

  const QueueSettings as_often_as_due = with_failures({}, made, asked);
  CHECK(as_often_as_due.saves_by_young_daly());
  CHECK(as_often_as_due.checkpoint_cost == std::llround(made.checkpoint.value * 1e3));
  asked.checkpoint_minutes = 30;
  asked.checkpoint_seconds = 4;
  asked.restart_seconds = 7;
  const JobFailures said = shipped_failures(cluster, asked);
  const QueueSettings settings = with_failures({}, said, asked);
  CHECK_FALSE(settings.saves_by_young_daly());
  CHECK(settings.checkpoint_every == 1'800'000);
  CHECK(settings.checkpoint_cost == 4000);
  CHECK(settings.restart == 7000);
  CHECK(failures_line(said, asked).find("after each 30 min of work, in 4 s, and restarts in 7 s") !=
        std::string::npos);
}

TEST_CASE("job failures: a domain fails where a mode of that scope has a rate",
          "[jobs][failures]") {
  const Cluster cluster =
      shipped_cluster("philly", {"reliabilities[frontier_gpu].modes[host].scope=DOMAINS",
                                 "reliabilities[frontier_gpu].nodes_per_domain.value=8"});
  const PoolFailures how = shipped_failures(cluster, {}).pools[0];
  CHECK(how.nodes_per_domain == 8);
  REQUIRE(how.domain_causes.size() == 2);
  CHECK(how.domain_causes[0].name == "host");
  CHECK(how.domain_causes[1].name == "power");
  CHECK(how.of_domain().value * 86'400e3 == Approx(0.09946 + 0.1085));
}

TEST_CASE("job failures: a switch is the leaf of the pool where the cluster says how large that is",
          "[jobs][failures]") {
  Diagnostics found;
  const Cluster cluster = shipped_cluster("philly");
  auto pools = job_pools(cluster, shipped_training(), "", found);
  for (const int below : {0, 24}) {
    pools[0].pool.nodes_per_domain = below;
    const auto made = job_failures(cluster, shipped_training(), pools, {}, found);
    REQUIRE(made);
    CHECK(made->pools[0].nodes_per_switch == (below == 0 ? 2 : below));
    REQUIRE(made->pools[0].switch_causes.size() == 1);
    CHECK(made->pools[0].switch_causes[0].name == "switch");
    // Of 24 servers with 8 cards each six switches of 64 ports stand side by side.
    const double rails = below == 0 ? 1 : 6;
    CHECK(made->pools[0].of_switch().value * 86'400e3 == Approx(rails * 0.22));
    for (const auto& cause : made->pools[0].causes) CHECK(cause.name != "storage");
  }
}

TEST_CASE("job failures: goodput, availability and lost work of a few jobs", "[jobs][failures]") {
  const auto pools = two_node_pool();
  QueueSettings settings;
  settings.failures.resize(1);
  settings.failures[0].causes = {{"node", PerSecond{0.01}, 1.0}};
  settings.failures[0].noticed = Seconds{5};
  settings.failures[0].repair = Seconds{20};
  settings.checkpoint_every = 10'000;
  settings.restart = 1000;
  const JobReplay replay = replay_jobs(small_jobs(), pools, QueuePolicy::Easy, settings, {});
  CHECK(replay.has_failures);
  CHECK(replay.failures > 0);
  CHECK(replay.repairs == replay.failures);
  CHECK(replay.stops > 0);
  CHECK(replay.given_up == 0);
  CHECK(replay.goodput == Approx(1 - replay.lost_share));
  CHECK(replay.goodput < 1);
  CHECK(replay.availability < 1);
  CHECK(replay.lost_device_hours > 0);
  const JobReplay without = replay_jobs(small_jobs(), pools, QueuePolicy::Easy, {}, {});
  CHECK_FALSE(without.has_failures);
  CHECK(without.goodput == 1);
  CHECK(without.availability == 1);
}

}  // namespace
}  // namespace chokepoint
