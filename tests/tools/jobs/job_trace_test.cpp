#include "tools/jobs/job_trace.hpp"

#include <map>

#include "sim/scenario/read_world.hpp"
#include "sim/trace/reader.hpp"
#include "sim/trace/recall.hpp"
#include "tests/tools/called_program.hpp"
#include "tests/tools/estimate/training/shipped_training.hpp"
#include "tests/tools/fleet/shipped_cluster.hpp"
#include "tests/tools/jobs/small_jobs.hpp"

namespace chokepoint {
namespace {

struct TracedJobs {
  JobReplay replay;
  std::vector<TraceEvent> events;
  std::map<std::uint64_t, int> open;  ///< Slices that began and did not end, by track.
  int most_open = 0;                  ///< On one track at once.
  std::vector<std::string> tracks;
};

QueueSettings often_failing() {
  QueueSettings settings;
  settings.failures.resize(1);
  settings.failures[0].causes = {{"psu", PerSecond{0.01}, 1.0}};
  settings.failures[0].noticed = Seconds{5};
  settings.failures[0].repair = Seconds{20};
  settings.checkpoint_every = 10'000;
  return settings;
}

TracedJobs traced(const QueueSettings& settings, TraceLevel level, const JobLog& log) {
  const called::Folder folder;
  const auto file = folder.path() / "t.pftrace";
  const Cluster cluster = shipped_cluster("hgx_h100");
  Diagnostics found;
  const auto pools = job_pools(cluster, shipped_training(), "", found);
  TracedJobs made;
  {
    JobTrace trace(file, cluster, pools, log, 1, level);
    made.replay = replay_jobs(log, pools, QueuePolicy::Easy, settings, {}, &trace);
    trace.close(made.replay.played.ends);
  }
  TraceReader reader(file);
  const auto world = read_world(composed_from(reader.manifest().scenario(), "trace"), found);
  REQUIRE(world);
  const WorldNames names(*world);
  while (const auto timed = reader.next()) {
    const auto event = recall(timed->fact, Seconds{double(timed->time_ns) * 1e-9}, names);
    REQUIRE(event);
    made.events.push_back(*event);
    if (timed->timeline == Timeline::SliceBegin) {
      made.most_open = std::max(made.most_open, ++made.open[timed->track]);
    }
    if (timed->timeline == Timeline::SliceEnd) --made.open[timed->track];
  }
  for (const Track& track : reader.tracks()) made.tracks.push_back(track.name);
  return made;
}

int count_of_nodes(const TracedJobs& of, HoldEnd why) {
  return static_cast<int>(std::ranges::count_if(of.events, [&](const TraceEvent& event) {
    const auto* left = std::get_if<NodeLeft>(&event);
    return left != nullptr && left->why == why;
  }));
}

TEST_CASE("job trace: a slice for each node that a job holds, in lanes that nobody shares",
          "[jobs][trace]") {
  const TracedJobs of = traced({}, TraceLevel::Job, small_jobs());
  // 16 devices on two nodes; 8 on one; 4 on one. 32 are too many.
  CHECK(count_of_nodes(of, HoldEnd::Finished) == 4);
  CHECK(of.events.size() == 2 * 4 + 1);
  CHECK(of.most_open == 1);
  for (const auto& [track, open] : of.open) CHECK(open == 0);
  const auto* first = std::get_if<NodeHeld>(&of.events.front());
  REQUIRE(first);
  CHECK(first->gang == "a");
  CHECK(first->devices == 8);
  CHECK(first->all_devices == 16);
  CHECK(std::ranges::count(of.tracks, "node 1") == 1);
}

TEST_CASE("job trace: nodes that fail are down until they are back, with nobody on them",
          "[jobs][trace]") {
  const TracedJobs of = traced(often_failing(), TraceLevel::Job, small_jobs());
  CHECK(of.replay.stops > 0);
  CHECK(count_of_nodes(of, HoldEnd::Failed) >= of.replay.stops);
  CHECK(of.most_open == 1);
  const auto failed = std::ranges::count_if(of.events, [](const TraceEvent& event) {
    const auto* node = std::get_if<NodeFailed>(&event);
    return node != nullptr && node->cause == "psu" && node->is_broken;
  });
  CHECK(static_cast<double>(failed) == of.replay.failures);

  const TracedJobs coarse = traced(often_failing(), TraceLevel::Site, small_jobs());
  CHECK(count_of_nodes(coarse, HoldEnd::Failed) == 0);
  CHECK(coarse.replay.failures == of.replay.failures);
  CHECK(coarse.events.size() < of.events.size());
  CHECK(std::ranges::count(coarse.tracks, "lane 1") == 0);
}

TEST_CASE("job trace: parts of a node stand side by side, and names that come twice are told apart",
          "[jobs][trace]") {
  JobLog log = small_jobs();
  log.jobs = {{0, 50'000, 50'000, 2}, {0, 60'000, 60'000, 3}, {1000, 5000, 5000, 3}};
  log.ids = {"x", "x", "y"};
  const TracedJobs of = traced({}, TraceLevel::Job, log);
  CHECK(of.most_open == 1);
  CHECK(std::ranges::count(of.tracks, "node 0") == 1);
  CHECK(std::ranges::count(of.tracks, "lane 1") == 1);
  CHECK(std::ranges::count(of.tracks, "lane 2") == 1);
  CHECK(std::get<NodeHeld>(of.events[0]).gang == "x#1");
  CHECK(std::get<NodeHeld>(of.events[1]).gang == "x#2");
}

TEST_CASE("job trace: a node that is away is down by what took it away, until it is back",
          "[jobs][trace]") {
  QueueSettings settings;
  settings.changes = {{PoolChangeKind::Close, 0, 10'000, 50'000, kLongAgo, 1, 1, "a rule"}};
  const TracedJobs of = traced(settings, TraceLevel::Site, small_jobs());
  std::vector<std::pair<int, double>> down, back;
  for (const TraceEvent& event : of.events) {
    if (const auto* node = std::get_if<NodeFailed>(&event)) {
      CHECK(node->cause == "a rule");
      CHECK_FALSE(node->is_broken);
      down.emplace_back(node->node, node->time.value);
    }
    if (const auto* node = std::get_if<NodeReturned>(&event)) {
      back.emplace_back(node->node, node->time.value);
    }
  }
  CHECK(down == std::vector<std::pair<int, double>>{{1, 10.0}});
  CHECK(back == std::vector<std::pair<int, double>>{{1, 50.0}});
}

}  // namespace
}  // namespace chokepoint
