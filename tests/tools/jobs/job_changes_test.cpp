#include "tools/jobs/job_changes.hpp"

#include "tests/tools/estimate/training/shipped_training.hpp"
#include "tests/tools/fleet/shipped_cluster.hpp"
#include "tests/tools/jobs/small_jobs.hpp"

namespace chokepoint {
namespace {

constexpr Milliseconds kHour = 3'600'000;
constexpr const char* kBegin = "2026-03-02";

std::optional<JobChanges> changes_of(const Cluster& cluster, const JobLog& log,
                                     const std::optional<Date>& begins, Diagnostics& found) {
  return job_changes(cluster, job_pools(cluster, shipped_training(), "", found), log, begins,
                     found);
}

TEST_CASE("job changes: a day is one of the log, or the day on which its first job comes",
          "[jobs][changes]") {
  const Cluster cluster = shipped_cluster("mixed_closing");
  Diagnostics found;
  JobLog log = small_jobs();
  for (RigidJob& job : log.jobs) job.submit += kHour;  // The first comes at one o'clock.
  const auto made = changes_of(cluster, log, parse_date(kBegin), found);
  REQUIRE(made);
  REQUIRE(made->changes.size() == 2);
  CHECK(made->changes[0].kind == PoolChangeKind::Drain);
  CHECK(made->changes[0].on == 12 * kHour);
  CHECK(made->changes[0].until == 18 * kHour);
  CHECK(made->changes[0].known == kLongAgo);
  CHECK(made->changes[1].known == 16 * kHour);
  REQUIRE(made->stated.size() == 3);
  CHECK(made->stated[0].is_refused);
  CHECK(made->stated[0].on == 5 * kHour);
  // A log with dates has its own days.
  const Milliseconds first = 1'772'409'600'000;  // 2026-03-02.
  for (RigidJob& job : log.jobs) job.submit += first;
  const auto dated = changes_of(cluster, log, {}, found);
  REQUIRE(dated);
  CHECK(dated->changes[0].on == first + 12 * kHour);
  CHECK(has_changes_by_day(cluster));
  CHECK_FALSE(has_changes_by_day(shipped_cluster("philly_closing")));
  CHECK_FALSE(found.has_errors());
}

TEST_CASE("job changes: where nobody knows the day it is told", "[jobs][changes]") {
  Diagnostics found;
  CHECK_FALSE(changes_of(shipped_cluster("mixed_closing"), small_jobs(), {}, found));
  REQUIRE(found.items().size() == 1);
  CHECK(found.items()[0].message ==
        "change 'order' is on a day, and the times of the log count from its begin");
  Diagnostics none;
  CHECK(changes_of(shipped_cluster("philly_closing"), small_jobs(), {}, none));
  CHECK_FALSE(none.has_errors());
}

TEST_CASE("job changes: nodes that arrive are of their pool, those that are refused are not",
          "[jobs][changes]") {
  Diagnostics found;
  const auto nodes = [&](const std::vector<std::string>& sets) {
    const auto pools =
        job_pools(shipped_cluster("mixed_closing", sets), shipped_training(), "", found);
    std::vector<int> all;
    for (const JobPoolFacts& facts : pools) all.push_back(facts.pool.nodes);
    return all;
  };
  CHECK(nodes({}) == std::vector<int>{1, 1});
  CHECK(nodes({"sites[pod].changes[order].refused=false"}) == std::vector<int>{2, 1});
  // A pool of nothing but what arrives.
  CHECK(nodes({"sites[pod].changes[order].refused=false",
               "sites[pod].pools[h20].stocks[all].units.value=0"}) == std::vector<int>{1, 1});
}

TEST_CASE("job changes: they are told to people and to programs", "[jobs][changes]") {
  Diagnostics found;
  const auto made =
      changes_of(shipped_cluster("mixed_closing"), small_jobs(), parse_date(kBegin), found);
  REQUIRE(made);
  CHECK(changes_text("pod", *made) ==
        "pod, after 6 h: pod/h20 1 node never comes: the second server needs a license\n"
        "pod, after 12 h: pod/h20 1 node is drained until 18 h: maintenance\n"
        "pod, after 20 h: pod/ascend_910c 1 node is closed until 26 h, known after 16 h: a rule "
        "closes the 910C for six hours\n");
  const std::string json = changes_json(*made).text();
  for (const char* words : {"\"what\": \"close\"", "\"refused\": true", "\"known_s\": 57600"}) {
    INFO(words);
    CHECK(json.find(words) != std::string::npos);
  }
}

TEST_CASE("job changes: who is never placed is named, and waits are of the others",
          "[jobs][changes]") {
  QueueSettings settings;
  settings.changes = {{PoolChangeKind::Close, 0, 1000, kNoMoment, 1000, 1, 1, "a rule"}};
  const auto pools = two_node_pool();
  const JobReplay replay = replay_jobs(small_jobs(), pools, QueuePolicy::Easy, settings, {});
  // The first needs both nodes, and one is closed after a second.
  CHECK(replay.closed_stops == 1);
  CHECK(replay.never_placed == std::vector<std::size_t>{0});
  CHECK(never_placed_text(small_jobs(), replay) == "Never placed under easy: 1 job: a.\n");
  CHECK(replay.wait_mean == Approx((0 + 40) / 2.0));
  CHECK(replay.played.jobs[0].held == 1000);
  // Eight devices are gone after a second: 16 for 1 s, 8 for 50 s, 4 for 10 s.
  CHECK(replay.utilization == Approx((16 * 1 + 8 * 50 + 4 * 10) / (16 * 1 + 8 * 69.0)));
  const double busy = 16 * 1 + 8 * 50 + 4 * 10, idle = 16 * 1 + 8 * 69 - busy;
  CHECK(replay.energy_mwh == Approx((busy * 1000 + idle * 300) / 3.6e9));
  JobReplay all = replay;
  all.never_placed = {0, 1, 2, 3, 0, 1, 2};
  CHECK(never_placed_text(small_jobs(), all) ==
        "Never placed under easy: 7 jobs: a, b, c, d, a and 2 more.\n");
}

TEST_CASE("job changes: nobody pays for what has not arrived", "[jobs][changes]") {
  QueueSettings settings;
  settings.changes = {{PoolChangeKind::Arrive, 0, 60'000, kNoMoment, kLongAgo, 1, {}, "order"}};
  JobLog log = small_jobs();
  log.jobs = {{0, 100'000, 100'000, 8}};
  log.ids = {"a"};
  JobPrices prices;
  prices.usd_per_kwh = 0.0;
  const auto usd = [&](const QueueSettings& of) {
    return *replay_jobs(log, two_node_pool(), QueuePolicy::Fifo, of, prices).usd;
  };
  CHECK(usd(settings) == Approx(usd({}) * (100 + 40) / 200.0));
}

}  // namespace
}  // namespace chokepoint
