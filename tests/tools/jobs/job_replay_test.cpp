#include "tools/jobs/job_replay.hpp"

#include "tests/tools/estimate/training/shipped_training.hpp"
#include "tests/tools/fleet/shipped_cluster.hpp"
#include "tests/tools/jobs/small_jobs.hpp"

namespace chokepoint {
namespace {

TEST_CASE("job replay: pools have whole nodes, and speeds beside the device recorded on",
          "[jobs]") {
  Diagnostics found;
  const Cluster cluster = shipped_cluster("mixed_h20_910c");
  const auto own = job_pools(cluster, shipped_training(), "", found);
  REQUIRE(own.size() == 2);
  CHECK(own[0].pool.speed == 1);
  CHECK(own[0].pool.nodes * own[0].pool.per_node == 8);
  CHECK(own[1].pool.speed > 1);
  CHECK(own[0].busy > own[0].idle);
  const auto beside = job_pools(cluster, shipped_training(), "nv_h100_sxm", found);
  CHECK(beside[0].pool.speed < 1);
  CHECK(beside[1].pool.speed / beside[0].pool.speed == Approx(own[1].pool.speed));
  CHECK_FALSE(found.has_errors());
  CHECK(job_pools(cluster, shipped_training(), "nv_h1OO_sxm", found).empty());
  CHECK(found.has_errors());
}

TEST_CASE("job replay: waits, use, energy and money of a few jobs", "[jobs]") {
  const auto pools = two_node_pool();
  const JobReplay fifo = replay_jobs(small_jobs(), pools, QueuePolicy::Fifo, {}, {});
  CHECK(fifo.kept.size() == 3);
  CHECK(fifo.too_large.size() == 1);
  // 0 to 100 s whole; then the second, which waits 90 s, for 50 s; the third beside it.
  CHECK(fifo.wait_p50 == 80);
  CHECK(fifo.wait_p90 == 90);
  CHECK(fifo.waited == Approx(2.0 / 3));
  CHECK(fifo.span_days == Approx(150.0 / 86'400));
  CHECK(fifo.utilization == Approx((16 * 100 + 8 * 50 + 4 * 10) / (16 * 150.0)));
  const double busy = 16 * 100 + 8 * 50 + 4 * 10, idle = 16 * 150 - busy;
  CHECK(fifo.energy_mwh == Approx((busy * 1000 + idle * 300) / 3.6e9));
  REQUIRE(fifo.usd);
  CHECK(*fifo.usd > 0);
}

TEST_CASE("job replay: an elastic job pays for the devices that it has", "[jobs]") {
  JobLog log = small_jobs();
  log.jobs = {{0, 100'000, 100'000, 8}};
  log.jobs[0].min_devices = 4, log.jobs[0].max_devices = 16;
  log.elastic = 1;
  const JobReplay fits = replay_jobs(log, two_node_pool(), QueuePolicy::Easy, {}, {});
  const JobReplay rigid = replay_jobs(log, two_node_pool(), QueuePolicy::Conservative, {}, {});
  CHECK(fits.elastic_devices.value() == Approx(2));
  CHECK(rigid.elastic_devices.value() == Approx(1));
  CHECK(devices_had(log.jobs[0], fits.played.jobs[0]) == 16);
  CHECK(fits.utilization == Approx(1));
  CHECK(rigid.utilization == Approx(0.5));
  // Linear: twice the devices for half the time.
  CHECK(*fits.bills[0].usd == Approx(*rigid.bills[0].usd));
  CHECK(fits.spread == Approx(1));
  // On half of what it asked for it is twice as slow as it was to be.
  auto small = two_node_pool();
  small[0].pool.nodes = 1;
  log.jobs.insert(log.jobs.begin(), {0, 500'000, 500'000, 4});
  log.ids.push_back("b");
  const JobReplay tight = replay_jobs(log, small, QueuePolicy::Easy, {}, {});
  CHECK(tight.wait_mean == 0);
  CHECK(tight.slowdown_mean == Approx(1.5));
  CHECK_FALSE(
      replay_jobs(small_jobs(), two_node_pool(), QueuePolicy::Easy, {}, {}).elastic_devices);
}

TEST_CASE("job replay: a site's hours have their prices, unless one is given", "[jobs]") {
  auto pools = two_node_pool();
  std::vector<ElectricityHours> hours(1);
  hours[0].usd_per_kwh.value = 0.5;
  hours[0].carbon_g_per_kwh = Sourced<double>{1000.0, {}};
  pools[0].tariff = Tariff::of(hours);
  pools[0].states_carbon = true;
  const JobReplay stated = replay_jobs(small_jobs(), pools, QueuePolicy::Fifo, {}, {});
  CHECK(stated.power_usd == Approx(stated.energy_mwh * 1e3 * 0.5));
  REQUIRE(stated.carbon_t);
  CHECK(*stated.carbon_t == Approx(stated.energy_mwh));
  const JobReplay given = replay_jobs(small_jobs(), pools, QueuePolicy::Fifo, {}, {0.1, 4});
  CHECK(given.power_usd == Approx(given.energy_mwh * 1e3 * 0.1));
  CHECK(given.carbon_t == stated.carbon_t);
  const JobReplay unsaid = replay_jobs(small_jobs(), two_node_pool(), QueuePolicy::Fifo, {}, {});
  CHECK(unsaid.power_usd == Approx(unsaid.energy_mwh * 1e3 * kUsdPerKwhUnsaid));
  CHECK_FALSE(unsaid.carbon_t);
}

TEST_CASE("law: where no device idles the bills of jobs are what all costs", "[jobs][law]") {
  auto pools = two_node_pool();
  pools[0].idle = Watts{0};
  JobLog log = small_jobs();
  log.jobs.resize(1);  // It holds every device from the first submit to the last end.
  log.ids.resize(1);
  const JobReplay replay = replay_jobs(log, pools, QueuePolicy::Easy, {}, {});
  REQUIRE(replay.bills.size() == 1);
  REQUIRE(replay.bills[0].usd);
  CHECK(*replay.bills[0].usd == Approx(*replay.usd));
  CHECK(replay.bills[0].power.energy.value == Approx(replay.energy_mwh * 1e-3 * kJoulesPerGwh));
}

TEST_CASE("law: faster devices never raise the mean wait of jobs of one size", "[jobs][law]") {
  JobLog log = small_jobs();
  for (RigidJob& job : log.jobs) job.devices = 8;
  auto pools = two_node_pool();
  double before = 1e300;
  for (const double speed : {0.5, 1.0, 2.0, 4.0}) {
    pools[0].pool.speed = speed;
    const double wait = replay_jobs(log, pools, QueuePolicy::Fifo, {}, {}).wait_mean;
    CHECK(wait <= before);
    before = wait;
  }
}

TEST_CASE("law: parts of a device use, draw and cost their part of one", "[jobs][law]") {
  auto pools = two_node_pool();
  JobLog log = small_jobs();
  log.jobs.assign(2, {0, 100'000, 100'000, 1, 0, 0, 250});
  log.jobs[1].part = 600;
  log.ids.resize(2);
  log.shares = 2;
  const JobReplay replay = replay_jobs(log, pools, QueuePolicy::Easy, {}, {});
  CHECK(replay.waited == 0);
  CHECK(replay.utilization == Approx(0.85 / 16));
  REQUIRE(replay.part_fragmentation);
  CHECK(*replay.part_fragmentation == Approx(0.15 / 15.15));
  CHECK(replay.fragmentation == Approx(7.15 / 15.15));
  CHECK(replay.energy_mwh == Approx((0.85 * 1000 + 15.15 * 300) * 100 / 3.6e9));
  CHECK(replay.bills[0].power.energy.value == Approx(0.25 * 1000 * 100));
  CHECK(*replay.bills[1].usd / *replay.bills[0].usd == Approx(600.0 / 250));
}

TEST_CASE("job replay: domains of gangs over the fewest, where they are known", "[jobs]") {
  auto pools = two_node_pool();
  CHECK_FALSE(replay_jobs(small_jobs(), pools, QueuePolicy::Fifo, {}, {}).domains_mean);
  pools[0].pool.nodes_per_domain = 1;
  JobReplay replay = replay_jobs(small_jobs(), pools, QueuePolicy::Fifo, {}, {});
  CHECK(replay.domains_mean == 1.0);  // Two nodes, of two domains.
  pools[0].pool = {4, 2, 1.0, 2};
  JobLog log = small_jobs();
  log.jobs = {{0, 100'000, 100'000, 2}, {0, 10'000, 10'000, 4}};
  log.ids.resize(2);
  CHECK(replay_jobs(log, pools, QueuePolicy::Fifo, {}, {}).domains_worst == 2.0);
  QueueSettings by_domain;
  by_domain.placement = NodePlacement::Domain;
  CHECK(replay_jobs(log, pools, QueuePolicy::Fifo, by_domain, {}).domains_worst == 1.0);
}

}  // namespace
}  // namespace chokepoint
