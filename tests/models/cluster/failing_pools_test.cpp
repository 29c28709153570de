#include "models/cluster/failing_pools.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/cluster/failing_jobs.hpp"
#include "tests/models/cluster/random_jobs.hpp"

namespace chokepoint {
namespace {

const std::vector<JobPool>& two_pools() {
  static const std::vector<JobPool> pools = {{3, 4, 1.0}, {2, 4, 2.0}};
  return pools;
}

// What a job of an unbroken stretch of `left` saves in `held`, a millisecond after the other.
struct Stretch {
  Milliseconds done = 0, saved = 0;
};
Stretch stretch(Milliseconds held, Milliseconds left, const QueueSettings& settings,
                bool is_restart) {
  Stretch at;
  Milliseconds rests = is_restart ? settings.restart : 0;
  Milliseconds saves = 0;
  for (Milliseconds t = 0; t < held; ++t) {
    if (rests > 0) {
      --rests;
    } else if (saves > 0) {
      if (--saves == 0) at.saved = at.done;
    } else if (at.done < left) {
      ++at.done;
      const bool is_due = settings.checkpoint_every > 0 && at.done < left &&
                          (at.done - at.saved) == settings.checkpoint_every;
      if (is_due) saves = settings.checkpoint_cost;
      if (is_due && saves == 0) at.saved = at.done;
    }
  }
  return at;
}

TEST_CASE("law: with failures no node is given twice, or given while it is down, and all come back",
          "[cluster][law]") {
  CHECK(rc::check([] {
    auto jobs = random_jobs(25, 12);
    // The last one needs all of the largest pool, and so all of its nodes.
    jobs.push_back({jobs.empty() ? 0 : jobs.back().submit, 1000, 1000, 12});
    for (const QueuePolicy policy : queue_policies()) {
      QueueSettings settings = random_failures(2);
      settings.most_stops = 100'000;
      HeldNodes held(two_pools());
      const PlayedQueue played = play_queue(jobs, two_pools(), policy, settings, &held);
      RC_ASSERT(held.used() == 0);
      RC_ASSERT(held.failures >= held.returns);
      RC_ASSERT(!played.jobs.back().is_given_up);
      int failures = 0;
      for (const PoolUse& use : played.pools) failures += use.failures;
      RC_ASSERT(failures == held.failures);
    }
  }));
}

TEST_CASE("law: every job does its work once, whatever fails, or it is told that it was given up",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(25, 12);
    const std::vector<JobPool> pools = {{3, 4, 1.0}};
    for (const QueuePolicy policy : queue_policies()) {
      const QueueSettings settings = random_failures(1);
      HeldNodes held(pools);
      const PlayedQueue played = play_queue(jobs, pools, policy, settings, &held);
      int stops = 0;
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        const QueuedRun& run = played.jobs[i];
        stops += run.failed;
        RC_ASSERT(run.start >= jobs[i].submit);
        RC_ASSERT(run.is_given_up == (run.failed > settings.most_stops));
        const auto& last = held.holds.at(static_cast<std::uint32_t>(i)).back();
        RC_ASSERT(last.why == (run.is_given_up ? HoldEnd::GivenUp : HoldEnd::Finished));
        RC_ASSERT(run.end == last.until);
        // Intervals of Young and Daly are no whole milliseconds: what each hold keeps is rounded.
        const Milliseconds kept = run.held - run.lost;
        const int rounded = settings.young_daly ? 2 * run.failed + 2 : 0;
        if (!run.is_given_up) RC_ASSERT(std::abs(kept - jobs[i].run) <= rounded);
        RC_ASSERT(run.redone <= run.lost + rounded);
      }
      RC_ASSERT(stops == played.stops);
    }
  }));
}

TEST_CASE("law: a job that a failure stops loses exactly the work since its checkpoint",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(20, 12);
    const std::vector<JobPool> pools = {{3, 4, 1.0}};
    for (const QueuePolicy policy : queue_policies()) {
      QueueSettings settings = random_failures(1);
      settings.young_daly = false;
      HeldNodes held(pools);
      const PlayedQueue played = play_queue(jobs, pools, policy, settings, &held);
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        Milliseconds left = jobs[i].run, redone = 0;
        bool is_restart = false;
        for (const auto& hold : held.holds.at(static_cast<std::uint32_t>(i))) {
          Stretch at = stretch(hold.until - hold.from, left, settings, is_restart);
          if (hold.why == HoldEnd::Finished) {
            RC_ASSERT(at.done == left);
            break;
          }
          const bool is_saved = hold.why == HoldEnd::Preempted && settings.checkpoint_every == 0;
          if (is_saved) at.saved = at.done;
          redone += at.done - at.saved;
          left -= at.saved;
          // Who lost devices in the moment in which it got them did not begin.
          is_restart = is_restart || hold.why == HoldEnd::Failed || hold.until > hold.from;
        }
        RC_ASSERT(played.jobs[i].redone == redone);
      }
    }
  }));
}

TEST_CASE("law: where nothing ever fails, all is as without failures", "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(30, 12);
    for (const QueuePolicy policy : queue_policies()) {
      QueueSettings settings;
      settings.young_daly = true;
      settings.checkpoint_cost = 300;
      settings.restart = 700;
      const PlayedQueue without = play_queue(jobs, two_pools(), policy, settings);
      settings.failures.resize(2);
      const PlayedQueue with = play_queue(jobs, two_pools(), policy, settings);
      RC_ASSERT(with.periods == without.periods);
      RC_ASSERT(with.ends == without.ends);
      RC_ASSERT(with.longest_queue == without.longest_queue);
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        RC_ASSERT(with.jobs[i].start == without.jobs[i].start);
        RC_ASSERT(with.jobs[i].lost == without.jobs[i].lost);
        RC_ASSERT(with.jobs[i].promised == without.jobs[i].promised);
      }
    }
  }));
}

TEST_CASE("law: use, time down and the seed repeat", "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(25, 12);
    const QueueSettings settings = random_failures(2);
    for (const QueuePolicy policy : queue_policies()) {
      const PlayedQueue one = play_queue(jobs, two_pools(), policy, settings);
      const PlayedQueue two = play_queue(jobs, two_pools(), policy, settings);
      RC_ASSERT(one.periods == two.periods);
      double busy = 0, held = 0;
      for (const PoolUse& use : one.pools) busy += use.busy;
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        held += static_cast<double>(one.jobs[i].held) * jobs[i].devices;
      }
      RC_ASSERT(std::abs(busy - held) <= 1e-6 * (1 + held));
      for (std::size_t p = 0; p < one.pools.size(); ++p) {
        const double all = 4.0 * two_pools()[p].nodes * static_cast<double>(one.ends - one.begins);
        RC_ASSERT(one.pools[p].busy + one.pools[p].down <= all * (1 + 1e-9));
      }
    }
  }));
}

// Nobody waits but for nodes: each job alone. A stop every 1 / rate of the time it holds them.
TEST_CASE("law: time to failure falls with the size of a job, as rates of its nodes add up",
          "[cluster][law]") {
  PoolFailures how;
  how.causes = {{"node", PerSecond{1e-5}, 0.2}};
  how.domain_causes = {{"rack", PerSecond{1e-5}, 0.2}};
  how.of_job = PerSecond{2e-5};
  how.noticed = Seconds{60};
  how.repair = Seconds{600};
  double before = 1e300;
  for (const double shape : {1.0, 2.0}) {
    how.shape = shape;
    before = 1e300;
    for (const int nodes : {1, 4, 16, 64}) {
      QueueSettings settings;
      settings.failures = {how};
      settings.checkpoint_every = 100'000;
      settings.most_stops = 1'000'000;
      const Milliseconds run = 200'000'000LL / nodes;
      std::vector<RigidJob> jobs;
      for (int i = 0; i < 20; ++i) jobs.push_back({0, run, run, 8 * nodes});
      const PlayedQueue played = play_queue(jobs, {{64, 8, 1.0}}, QueuePolicy::Fifo, settings);
      double held = 0;
      for (const QueuedRun& one : played.jobs) held += static_cast<double>(one.held) * 1e-3;
      const double expected = held * how.of_job_on(nodes).value;
      INFO(nodes << " nodes, " << played.stops << " stops, " << expected << " expected");
      // Racks count where a job has part of one: only whole ones are few enough to be exact.
      if (nodes % 4 == 0) {
        CHECK(std::abs(played.stops - expected) < 5 * std::sqrt(expected) + 0.05 * expected);
      }
      CHECK(held / played.stops < before);
      before = held / played.stops;
    }
  }
}

TEST_CASE("failing pools: an idle node is a spare", "[cluster]") {
  QueueSettings settings;
  PoolFailures how;
  how.causes = {{"node", PerSecond{0.02}, 1.0}};
  how.noticed = Seconds{1}, how.repair = Seconds{300};
  settings.failures = {how};
  settings.checkpoint_every = 1000;
  const std::vector<RigidJob> jobs = {{0, 600'000, 600'000, 8}};
  const auto waits = [&](int nodes) {
    const QueuedRun run =
        play_queue(jobs, {{nodes, 8, 1.0}}, QueuePolicy::Easy, settings).jobs.front();
    CHECK(run.failed > 0);
    return run.end - run.held;
  };
  CHECK(waits(1) > 0);
  CHECK(waits(200) == 0);
}

}  // namespace
}  // namespace chokepoint
