#include "models/cluster/pool_changes.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/cluster/failing_jobs.hpp"
#include "tests/models/cluster/random_changes.hpp"
#include "tests/models/cluster/random_jobs.hpp"

namespace chokepoint {
namespace {

std::vector<JobPool> three_and_two() {
  return {{3, 4, 1.0}, {2, 4, 2.0}};
}

TEST_CASE("law: with changes no node is given twice, or while it takes no job, and none is lost",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(25, 12);
    const ChangingPools made = random_surprises(three_and_two());
    for (const QueuePolicy policy : queue_policies()) {
      for (const bool fails : {false, true}) {
        QueueSettings settings = fails ? random_failures(2) : QueueSettings();
        settings.most_stops = 100'000;
        settings.changes = made.changes;
        HeldNodes held(made.pools);
        TakesOnlyOpen open(made.pools, made.changes, held);
        const PlayedQueue played = play_queue(jobs, made.pools, policy, settings, &open);
        RC_ASSERT(held.used() == 0);
        int away = 0;
        for (std::uint32_t p = 0; p < made.pools.size(); ++p) {
          for (int node = 0; node < made.pools[p].nodes; ++node) {
            if (!open.is_open(played.ends, p, node)) ++away;
          }
        }
        RC_ASSERT(held.away == away);
      }
    }
  }));
}

TEST_CASE("law: with changes every job does its work once, or is told never to be placed",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(25, 12);
    const ChangingPools made = random_surprises({{3, 4, 1.0}});
    for (const QueuePolicy policy : queue_policies()) {
      QueueSettings settings;
      settings.changes = made.changes;
      settings.checkpoint_every = *rc::gen::inRange(0, 6) * 1000;
      settings.checkpoint_cost = *rc::gen::inRange(0, 4) * 100;
      settings.restart = *rc::gen::inRange(0, 3) * 500;
      HeldNodes held(made.pools);
      const PlayedQueue played = play_queue(jobs, made.pools, policy, settings, &held);
      int stops = 0;
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        const QueuedRun& run = played.jobs[i];
        stops += run.failed;
        RC_ASSERT(run.start >= jobs[i].submit);
        RC_ASSERT(run.end >= run.start);
        RC_ASSERT(!run.is_given_up);
        if (!run.is_never_placed) RC_ASSERT(run.held - run.lost == jobs[i].run);
        if (run.failed == 0 && run.is_never_placed) RC_ASSERT(run.preempted > 0 || run.held == 0);
        const auto& holds = held.holds[static_cast<std::uint32_t>(i)];
        const bool is_finished = !holds.empty() && holds.back().why == HoldEnd::Finished;
        RC_ASSERT(is_finished == !run.is_never_placed);
      }
      RC_ASSERT(played.stops == 0);
      RC_ASSERT(played.closed_stops == stops);
    }
  }));
}

TEST_CASE("law: with changes that are known nobody starts later than was promised",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(40, 12);
    const ChangingPools made = random_changes(*rc::gen::inRange(0, 2) == 1
                                                  ? std::vector<JobPool>{{3, 4, 1.0}}
                                                  : std::vector<JobPool>{{3, 4, 1.0}, {2, 4, 1.0}});
    for (const QueuePolicy policy : {QueuePolicy::Easy, QueuePolicy::Conservative}) {
      QueueSettings settings;
      settings.changes = made.changes;
      const PlayedQueue played = play_queue(jobs, made.pools, policy, settings);
      for (const QueuedRun& job : played.jobs) {
        if (!job.promised) continue;
        RC_ASSERT(!job.is_never_placed);
        RC_ASSERT(job.start <= *job.promised);
      }
      // Who plans puts no job where it is stopped.
      RC_ASSERT(played.closed_stops == 0);
    }
  }));
}

TEST_CASE("law: conservatively, with exact estimates and known changes promises hold to the moment",
          "[cluster][law]") {
  CHECK(rc::check([] {
    auto jobs = random_jobs(40, 12);
    for (RigidJob& job : jobs) job.estimate = job.run += 1000;
    const ChangingPools made = random_changes({{3, 4, 1.0}});
    QueueSettings settings;
    settings.changes = made.changes;
    const PlayedQueue played = play_queue(jobs, made.pools, QueuePolicy::Conservative, settings);
    for (const QueuedRun& job : played.jobs) {
      RC_ASSERT(job.promised.has_value() == !job.is_never_placed);
      if (job.promised) RC_ASSERT(job.start == *job.promised);
    }
  }));
}

TEST_CASE("law: changes after the last end move no time", "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(30, 12);
    for (const QueuePolicy policy : queue_policies()) {
      QueueSettings settings;
      settings.changes = {
          {PoolChangeKind::Close, 0, 1'000'000'000, kNoMoment, kLongAgo, 2, 1, "late"},
          {PoolChangeKind::SupportEnds, 1, 1'000'000'000, kNoMoment, kLongAgo, 0, {}, "late"}};
      // It plans which nodes a job is to have: those that come and go apart it fills apart.
      if (policy == QueuePolicy::Conservative) settings.changes.erase(settings.changes.begin());
      const PlayedQueue without = play_queue(jobs, three_and_two(), policy);
      const PlayedQueue with = play_queue(jobs, three_and_two(), policy, settings);
      RC_ASSERT(with.periods == without.periods);
      RC_ASSERT(with.ends == without.ends);
      RC_ASSERT(with.longest_queue == without.longest_queue);
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        RC_ASSERT(with.jobs[i].promised == without.jobs[i].promised);
      }
    }
  }));
}

// Two nodes of 4. A job of 4 comes at 0 and lasts 10 s, one of 8 at 1 s lasts 5 s.
std::vector<RigidJob> small_then_large() {
  return {{0, 10'000, 10'000, 4}, {1000, 5000, 5000, 8}};
}

PlayedQueue played_with(const PoolChange& change, QueuePolicy policy, int nodes = 2) {
  QueueSettings settings;
  settings.changes = {change};
  return play_queue(small_then_large(), {{nodes, 4}}, policy, settings);
}

TEST_CASE("pool changes: nodes that arrive serve from their day on", "[cluster]") {
  const PoolChange arrives{PoolChangeKind::Arrive, 0, 20'000, kNoMoment, kLongAgo, 1, {}, "order"};
  for (const QueuePolicy policy : queue_policies()) {
    const PlayedQueue played = played_with(arrives, policy);
    CHECK(played.jobs[0].start == 0);
    CHECK(played.jobs[1].start == 20'000);
    REQUIRE(played.pools[0].away.size() == 1);
    CHECK(played.pools[0].away[0].until == 20'000);
    CHECK(played.pools[0].away[0].devices == 4);
  }
}

TEST_CASE("pool changes: a node that is drained ends its job first, and comes back", "[cluster]") {
  const PoolChange drained{PoolChangeKind::Drain, 0, 2000, 30'000, kLongAgo, 2, {}, "maintenance"};
  for (const QueuePolicy policy : queue_policies()) {
    const PlayedQueue played = played_with(drained, policy);
    CHECK(played.jobs[0].end == 10'000);
    CHECK(played.jobs[1].start == 30'000);
    CHECK(played.closed_stops == 0);
  }
}

TEST_CASE("pool changes: who knows of a close begins nothing before it that it would stop",
          "[cluster]") {
  const PoolChange closed{PoolChangeKind::Close, 0, 4000, 40'000, kLongAgo, 2, {}, "a rule"};
  for (const QueuePolicy policy : {QueuePolicy::Fifo, QueuePolicy::Easy}) {
    const PlayedQueue played = played_with(closed, policy);
    CHECK(played.jobs[0].start == 40'000);
    CHECK(played.closed_stops == 0);
  }
  const PlayedQueue blind = played_with(closed, QueuePolicy::Priority);
  CHECK(blind.closed_stops == 1);
  CHECK(blind.jobs[0].held == 14'000);
  CHECK(blind.jobs[0].redone == 4000);
  CHECK(blind.jobs[0].end == 50'000);
}

TEST_CASE("pool changes: a close that is told late stops jobs and breaks promises", "[cluster]") {
  PoolChange closed{PoolChangeKind::Close, 0, 4000, 40'000, 3000, 2, {}, "a rule"};
  const PlayedQueue played = played_with(closed, QueuePolicy::Conservative);
  CHECK(played.closed_stops == 1);
  CHECK(played.jobs[1].promised == 10'000);
  CHECK(played.jobs[1].start > 10'000);
}

TEST_CASE("pool changes: where nothing is left, jobs leave the queue and nothing hangs",
          "[cluster]") {
  const PoolChange closed{PoolChangeKind::Close, 0, 4000, kNoMoment, 4000, 1, {}, "a rule"};
  for (const QueuePolicy policy : queue_policies()) {
    const PlayedQueue played = played_with(closed, policy);
    CHECK(played.jobs[0].is_ended());
    CHECK(played.jobs[1].is_never_placed);
    CHECK(played.jobs[1].held == 0);
  }
}

TEST_CASE("pool changes: a stack that loses support takes only what came before", "[cluster]") {
  QueueSettings settings;
  settings.changes = {{PoolChangeKind::SupportEnds, 1, 1000, kNoMoment, kLongAgo, 0, {}, "stack"}};
  const std::vector<RigidJob> jobs = {
      {0, 10'000, 10'000, 4}, {999, 10'000, 10'000, 4}, {1000, 1000, 1000, 4}, {1000, 1, 1, 8}};
  for (const QueuePolicy policy : queue_policies()) {
    const PlayedQueue played = play_queue(jobs, {{1, 4}, {2, 4, 5.0}}, policy, settings);
    CHECK(played.jobs[0].pool == 1);
    CHECK(played.jobs[1].pool == 1);
    CHECK(played.jobs[2].pool == 0);
    CHECK(played.jobs[3].is_never_placed);
  }
}

TEST_CASE("pool changes: nodes that come and go together are a group", "[cluster]") {
  const std::vector<PoolChange> changes = {
      {PoolChangeKind::Arrive, 0, 50, kNoMoment, kLongAgo, 3, {}, "a"},
      {PoolChangeKind::Drain, 0, 10, 20, kLongAgo, 4, 1, "b"},
      {PoolChangeKind::Close, 0, 60, kNoMoment, 5, 2, {}, "c"},
      {PoolChangeKind::Close, 1, 40, kNoMoment, kLongAgo, 100, {}, "d"}};
  const auto groups = node_groups({10, 2}, changes);
  REQUIRE(groups.size() == 6);
  std::vector<int> firsts;
  for (const NodeGroup& group : groups) firsts.push_back(group.first_node);
  // Seven of stocks, of which 1 to 4 are drained; 7 to 9 arrive, of which the last two are closed.
  CHECK(firsts == std::vector<int>{0, 1, 5, 7, 8, 0});
  CHECK(groups[1].takes(9, 100, kNoMoment));
  CHECK_FALSE(groups[1].takes(10, 11, kNoMoment));
  CHECK(groups[1].takes(20, 30, kNoMoment));
  CHECK_FALSE(groups[3].takes(49, 60, kNoMoment));
  CHECK(groups[3].takes(50, 100, kNoMoment));
  CHECK(groups[4].takes(50, 100, 4));
  CHECK_FALSE(groups[4].takes(50, 61, 5));
  CHECK(groups[4].takes(50, 60, 5));
  CHECK(groups[5].nodes == 2);
  CHECK(groups[1].why_away(15) == "b");
  CHECK(change_moments(groups) == std::vector<std::int64_t>{5, 10, 20, 40, 50, 60});
}

}  // namespace
}  // namespace chokepoint
