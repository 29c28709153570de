#include "tools/jobs/job_text.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/jobs/small_jobs.hpp"

namespace chokepoint {
namespace {

std::vector<JobsOnCluster> answers() {
  JobsOnCluster one{"pod", two_node_pool(), {}};
  for (const auto policy : {QueuePolicy::Fifo, QueuePolicy::Easy}) {
    one.replays.push_back(replay_jobs(small_jobs(), one.pools, policy, {}, {}));
  }
  return {one};
}

TEST_CASE("job text: figures by policy, and what was left out", "[jobs]") {
  const std::string text = jobs_text(small_jobs(), answers());
  INFO(text);
  for (const char* words :
       {"4 jobs of a log (table); no estimates", "Left out: 1 too large for pod",
        "pod: 2 x 8 gpu, speed 1.00", "fifo", "easy", "wait, p90, s"}) {
    INFO(words);
    CHECK(text.find(words) != std::string::npos);
  }
  const std::string json = jobs_json(small_jobs(), answers()).text();
  for (const char* words :
       {"\"schema\": \"chokepoint.replay.jobs/1\"", "\"policy\": \"easy\"", "\"wait_p90_s\": 90"}) {
    INFO(words);
    CHECK(json.find(words) != std::string::npos);
  }
}

TEST_CASE("job text: files have the figures by policy", "[jobs]") {
  const std::string csv = to_csv(job_figures_table(answers()));
  CHECK(csv.rfind("figure,fifo,easy\nwaited_share,", 0) == 0);
  CHECK(csv.find("\ncost_usd,") != std::string::npos);
}

TEST_CASE("job text: every job that was played is a row for each policy", "[jobs]") {
  const std::string csv = to_csv(job_table(small_jobs(), answers()));
  CHECK(csv.find(
            "cluster,policy,job,owner,devices,submit_s,promised_s,start_s,end_s,pool,nodes,held_s,"
            "lost_s,preempted,restarts,lost_work_s,given_up,energy_kwh,carbon_kg,cost_usd\n"
            "pod,fifo,a,lab,16,0,,0,100,pod/gpu,2,100,0,0,0,0,false,0.4444") == 0);
  CHECK(csv.find("pod,easy,b,lab,8,10,100,100,150,pod/gpu,1,50,0,0,0,0,false,0.1111") !=
        std::string::npos);
}

TEST_CASE("job text: what failed is told where something can, by size of jobs as well", "[jobs]") {
  JobsOnCluster one{"pod", two_node_pool(), {}};
  QueueSettings settings;
  settings.failures.resize(1);
  settings.failures[0].causes = {{"node", PerSecond{0.01}, 1.0}};
  settings.failures[0].repair = Seconds{20};
  settings.checkpoint_every = 10'000;
  one.replays.push_back(replay_jobs(small_jobs(), one.pools, QueuePolicy::Fifo, settings, {}));
  one.failures = "Failures: as often as a test needs.\n";
  const std::string text = jobs_text(small_jobs(), {one});
  INFO(text);
  for (const char* words : {"nodes that failed", "goodput, useful over held", "Failures: as often",
                            "hours to failure", "9 to 64", "2 to 8"}) {
    INFO(words);
    CHECK(text.find(words) != std::string::npos);
  }
  CHECK(to_csv(job_figures_table({one})).find("\nlost_device_hours,") != std::string::npos);
  CHECK(jobs_text(small_jobs(), answers()).find("goodput") == std::string::npos);
  int stops = 0;
  for (const QueuedRun& run : one.replays[0].played.jobs) stops += run.failed;
  CHECK(stops == one.replays[0].stops);
}

TEST_CASE("job text: what changes is told where something does", "[jobs][changes]") {
  JobsOnCluster one{"pod", two_node_pool(), {}};
  QueueSettings settings;
  settings.changes = {{PoolChangeKind::Close, 0, 1000, kNoMoment, 1000, 1, 1, "a rule"}};
  one.replays.push_back(replay_jobs(small_jobs(), one.pools, QueuePolicy::Easy, settings, {}));
  one.changes.stated = {{"pod/gpu", "a rule", PoolChangeKind::Close, 1000, {}, 1000, 1, false}};
  const std::string text = jobs_text(small_jobs(), {one});
  INFO(text);
  for (const char* words : {"; 1 are never placed.", "pod/gpu 1 node is closed for good, known",
                            "Never placed under easy: 1 job: a.", "jobs later than promised",
                            "times that closes stopped jobs", "goodput"}) {
    INFO(words);
    CHECK(text.find(words) != std::string::npos);
  }
  const std::string json = jobs_json(small_jobs(), {one}).text();
  CHECK(json.find("\"never_placed\": [") != std::string::npos);
  CHECK(json.find("\"closed_stops\": 1") != std::string::npos);
  const std::string csv = to_csv(job_table(small_jobs(), {one}));
  CHECK(csv.find("cost_usd,never_placed\n") != std::string::npos);
  const std::string without = jobs_text(small_jobs(), answers());
  CHECK(without.find("never placed") == std::string::npos);
  CHECK(without.find("promised") == std::string::npos);
}

}  // namespace
}  // namespace chokepoint
