#include "models/cluster/ranked_queue.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/cluster/random_jobs.hpp"

namespace chokepoint {
namespace {

constexpr RankedOrder kOrders[] = {RankedOrder::Priority, RankedOrder::FairShare,
                                   RankedOrder::Preemptive, RankedOrder::LeastService};

QueueSettings costly(Milliseconds checkpoint_every, Milliseconds restart) {
  QueueSettings settings;
  settings.service_limit = 10'000;
  settings.checkpoint_every = checkpoint_every;
  settings.restart = restart;
  return settings;
}

std::vector<Milliseconds> starts_of(const PlayedQueue& played) {
  std::vector<Milliseconds> starts;
  for (const QueuedRun& job : played.jobs) starts.push_back(job.start);
  return starts;
}

// Work that a job did over again, from what its periods say: it goes on from the last whole
// checkpoint, and gets nowhere while it restarts.
Milliseconds lost_by_periods(const PlayedQueue& played, std::uint32_t job,
                             const QueueSettings& settings) {
  Milliseconds saved = 0, lost = 0, restart = 0;
  std::vector<HeldPeriod> own;
  for (const HeldPeriod& one : played.periods) {
    if (one.job == job) own.push_back(one);
  }
  for (std::size_t i = 0; i < own.size(); ++i) {
    const Milliseconds held = own[i].until - own[i].from;
    const Milliseconds starts_again = std::min(held, restart);
    lost += starts_again;
    if (i + 1 == own.size()) return lost;
    const Milliseconds reached = saved + held - starts_again;
    const Milliseconds every = settings.checkpoint_every;
    const Milliseconds kept = every > 0 ? std::max(saved, reached / every * every) : reached;
    lost += reached - kept;
    saved = kept;
    restart = settings.restart;
  }
  return lost;
}

TEST_CASE("law: a preempted job loses exactly the work since its checkpoint, and its restarts",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(30, 12);
    const auto settings = costly(*rc::gen::inRange(0, 4) * 1500, *rc::gen::inRange(0, 3) * 700);
    for (const RankedOrder order : kOrders) {
      const PlayedQueue played = play_ranked_queue(jobs, {{3, 4}}, order, settings);
      for (std::uint32_t i = 0; i < jobs.size(); ++i) {
        const QueuedRun& job = played.jobs[i];
        RC_ASSERT(job.held - job.lost == jobs[i].run);
        RC_ASSERT(job.lost == lost_by_periods(played, i, settings));
      }
    }
  }));
}

TEST_CASE("law: devices are given to nobody twice, on pools of several speeds as well",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(30, 8);
    const std::vector<JobPool> pools = {{2, 4, 1.0}, {1, 8, 1.7}};
    for (const RankedOrder order : kOrders) {
      const PlayedQueue played = play_ranked_queue(jobs, pools, order, costly(2000, 300));
      for (const HeldPeriod& at : played.periods) {
        int used = 0;
        for (const HeldPeriod& one : played.periods) {
          const bool is_then = one.from <= at.from && at.from < one.until;
          if (one.pool == at.pool && is_then) used += jobs[one.job].devices;
        }
        RC_ASSERT(used <= 8);
      }
      for (const QueuedRun& job : played.jobs) RC_ASSERT(job.end >= job.start);
    }
  }));
}

TEST_CASE("law: with one priority and one owner these are first come, first served",
          "[cluster][law]") {
  CHECK(rc::check([] {
    auto jobs = random_jobs(30, 12);
    for (RigidJob& job : jobs) job.priority = 0, job.owner = 0;
    const auto fifo = starts_of(play_queue(jobs, {{3, 4}}, QueuePolicy::Fifo));
    for (const RankedOrder order : {RankedOrder::Priority, RankedOrder::FairShare}) {
      RC_ASSERT(starts_of(play_ranked_queue(jobs, {{3, 4}}, order, {})) == fifo);
    }
  }));
}

TEST_CASE("law: with preemption the highest priority never notices the others", "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(30, 12);
    const auto all = play_ranked_queue(jobs, {{3, 4}}, RankedOrder::Preemptive, costly(2000, 500));
    std::vector<RigidJob> high;
    std::vector<Milliseconds> ends;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      if (jobs[i].priority != 2) continue;
      high.push_back(jobs[i]);
      ends.push_back(all.jobs[i].end);
    }
    const auto alone =
        play_ranked_queue(high, {{3, 4}}, RankedOrder::Preemptive, costly(2000, 500));
    for (std::size_t i = 0; i < high.size(); ++i) RC_ASSERT(alone.jobs[i].end == ends[i]);
  }));
}

TEST_CASE("ranked queue: who is new passes who had its service, and goes on behind", "[cluster]") {
  // On one device: the first has had its 10 s when the second comes.
  const std::vector<RigidJob> jobs = {{0, 30'000, 30'000, 1}, {12'000, 5000, 5000, 1}};
  const auto played = play_ranked_queue(jobs, {{1, 1}}, RankedOrder::LeastService, costly(0, 1000));
  CHECK(played.jobs[1].start == 12'000);
  CHECK(played.jobs[1].end == 17'000);
  CHECK(played.jobs[0].preempted == 1);
  CHECK(played.jobs[0].end == 36'000);
  CHECK(played.periods ==
        std::vector<HeldPeriod>{{0, 0, 0, 12'000}, {1, 0, 12'000, 17'000}, {0, 0, 17'000, 36'000}});
}

TEST_CASE("ranked queue: owners take turns, and who used little of late comes first", "[cluster]") {
  std::vector<RigidJob> jobs;
  for (int i = 0; i < 4; ++i) jobs.push_back({0, 10'000, 10'000, 1, 0, 0});
  for (int i = 0; i < 2; ++i) jobs.push_back({0, 10'000, 10'000, 1, 0, 1});
  const auto played = play_ranked_queue(jobs, {{1, 1}}, RankedOrder::FairShare, {});
  CHECK(starts_of(played) == std::vector<Milliseconds>{0, 20'000, 40'000, 50'000, 10'000, 30'000});
}

TEST_CASE("ranked queue: policies that are not by rank have no order", "[cluster]") {
  CHECK_FALSE(ranked_order(QueuePolicy::Easy));
  CHECK(ranked_order(QueuePolicy::LeastService) == RankedOrder::LeastService);
}

}  // namespace
}  // namespace chokepoint
