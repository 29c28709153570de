#include "models/cluster/elastic_jobs.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/cluster/failing_jobs.hpp"
#include "tests/models/cluster/random_changes.hpp"
#include "tests/models/cluster/random_jobs.hpp"

namespace chokepoint {
namespace {

constexpr int kMost = 12;

// Two of three are elastic.
std::vector<RigidJob> random_elastic_jobs(int most, bool is_linear = false) {
  std::vector<RigidJob> jobs = random_jobs(most, kMost);
  for (RigidJob& job : jobs) {
    if (*rc::gen::inRange(0, 3) == 0) continue;
    job.min_devices = *rc::gen::inRange(1, job.devices + 1);
    job.max_devices = *rc::gen::inRange(job.devices, 2 * kMost);
    if (!is_linear) job.serial_share = *rc::gen::inRange(0, 9) / 10.0;
  }
  return jobs;
}

// Follows how many devices each job has, and checks that it may have so many.
class BetweenLeastAndMost : public HeldNodes {
public:
  BetweenLeastAndMost(const std::vector<JobPool>& pools, const std::vector<RigidJob>& jobs,
                      QueuePolicy policy)
      : HeldNodes(pools), jobs_(jobs), policy_(policy), held(jobs.size()) {}

  void took(std::int64_t at, std::uint32_t job, std::uint32_t pool,
            const std::vector<NodeShare>& shares) override {
    HeldNodes::took(at, job, pool, shares);
    int devices = 0;
    for (const NodeShare& share : shares) devices += share.devices;
    const RigidJob& one = jobs_[job];
    RC_ASSERT(devices >= one.least_devices());
    RC_ASSERT(devices <= one.most_devices());
    if (!fits_jobs_to_room(policy_)) RC_ASSERT(devices == one.devices);
    last_[job] = devices;
  }
  void gave(std::int64_t at, std::uint32_t job, std::uint32_t pool,
            const std::vector<NodeShare>& shares, HoldEnd why) override {
    HeldNodes::gave(at, job, pool, shares, why);
    const HeldNodes::Hold& hold = holds[job].back();
    held[job] += static_cast<double>(hold.until - hold.from) * last_[job];
  }

private:
  const std::vector<RigidJob>& jobs_;
  QueuePolicy policy_;
  std::map<std::uint32_t, int> last_;

public:
  std::vector<double> held;  ///< Device-milliseconds, by job.
};

TEST_CASE("law: an elastic job has between its least and its most, and nobody has what another has",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_elastic_jobs(30);
    const std::vector<JobPool> pools = {{3, 4, 1.0}, {2, 4, 2.0}};
    for (const QueuePolicy policy : queue_policies()) {
      BetweenLeastAndMost held(pools, jobs, policy);
      const PlayedQueue played = play_queue(jobs, pools, policy, {}, &held);
      RC_ASSERT(held.used() == 0);
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        RC_ASSERT(played.jobs[i].is_ended());
        RC_ASSERT(played.jobs[i].start >= jobs[i].submit);
        if (jobs[i].is_elastic()) RC_ASSERT(played.elastic[i].held == held.held[i]);
      }
    }
  }));
}

TEST_CASE("law: with failures and changes elastic jobs end or are told, and keep to their bounds",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_elastic_jobs(20);
    const ChangingPools made = random_surprises({{3, 4, 1.0}, {2, 4, 2.0}});
    for (const QueuePolicy policy : queue_policies()) {
      for (const bool fails : {false, true}) {
        QueueSettings settings = fails ? random_failures(2) : QueueSettings();
        settings.changes = made.changes;
        BetweenLeastAndMost held(made.pools, jobs, policy);
        TakesOnlyOpen open(made.pools, made.changes, held);
        const PlayedQueue played = play_queue(jobs, made.pools, policy, settings, &open);
        RC_ASSERT(held.used() == 0);
        int stops = 0;
        for (std::size_t i = 0; i < jobs.size(); ++i) {
          const QueuedRun& run = played.jobs[i];
          stops += run.failed;
          RC_ASSERT(run.end >= run.start);
          RC_ASSERT(run.lost <= run.held);
          if (jobs[i].is_elastic()) RC_ASSERT(played.elastic[i].held == held.held[i]);
          const auto& holds = held.holds[static_cast<std::uint32_t>(i)];
          const bool is_finished = !holds.empty() && holds.back().why == HoldEnd::Finished;
          RC_ASSERT(is_finished == run.is_ended());
        }
        RC_ASSERT(played.stops + played.closed_stops == stops);
      }
    }
  }));
}

TEST_CASE("law: whatever fails, linear jobs do their work once on devices of speed 1",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_elastic_jobs(20, true);
    const std::vector<JobPool> pools = {{3, 4, 1.0}};
    for (const QueuePolicy policy : queue_policies()) {
      for (const bool fails : {false, true}) {
        const QueueSettings settings = fails ? random_failures(1) : QueueSettings();
        const PlayedQueue played = play_queue(jobs, pools, policy, settings);
        for (std::size_t i = 0; i < jobs.size(); ++i) {
          const QueuedRun& run = played.jobs[i];
          if (!jobs[i].is_elastic() || !run.is_ended()) continue;
          const double work = static_cast<double>(jobs[i].run) * jobs[i].devices;
          // Each hold is rounded to milliseconds of all its devices, what is saved as well.
          const double rounded = jobs[i].max_devices * (2.0 * run.failed + 1);
          RC_ASSERT(std::abs(played.elastic[i].held - played.elastic[i].lost - work) <= rounded);
        }
      }
    }
  }));
}

TEST_CASE("law: where least and most are what is asked for, all is as without them",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const auto rigid = random_jobs(25, kMost);
    auto elastic = rigid;
    for (RigidJob& job : elastic) {
      job.min_devices = job.max_devices = job.devices;
      job.serial_share = 0.3;
    }
    const ChangingPools made = random_surprises({{3, 4, 1.0}, {2, 4, 2.0}});
    QueueSettings settings = random_failures(2);
    settings.changes = made.changes;
    for (const QueuePolicy policy : queue_policies()) {
      const PlayedQueue one = play_queue(rigid, made.pools, policy, settings);
      const PlayedQueue two = play_queue(elastic, made.pools, policy, settings);
      RC_ASSERT(one.periods == two.periods);
      RC_ASSERT(one.longest_queue == two.longest_queue);
      for (std::size_t i = 0; i < rigid.size(); ++i) {
        RC_ASSERT(one.jobs[i].promised == two.jobs[i].promised);
        RC_ASSERT(one.jobs[i].end == two.jobs[i].end);
        RC_ASSERT(one.jobs[i].lost == two.jobs[i].lost);
        RC_ASSERT(one.jobs[i].devices == two.jobs[i].devices);
      }
    }
  }));
}

TEST_CASE("law: alone a job takes its most, for as long as Amdahl says", "[cluster][law]") {
  CHECK(rc::check([] {
    auto jobs = random_elastic_jobs(2);
    RigidJob& job = jobs.front();
    if (!job.is_elastic()) job.min_devices = 1, job.max_devices = job.devices + 3;
    const double s = job.serial_share, n = job.max_devices;
    const double time = static_cast<double>(job.run) * (s + (1 - s) * job.devices / n);
    for (const QueuePolicy policy : queue_policies()) {
      const QueuedRun run = play_queue(jobs, {{100, 4}}, policy).jobs.front();
      const bool fits = fits_jobs_to_room(policy);
      RC_ASSERT(run.devices == (fits ? job.max_devices : job.devices));
      if (fits) RC_ASSERT(std::abs(static_cast<double>(run.held) - std::ceil(time)) <= 1);
    }
  }));
}

TEST_CASE("law: no elastic job starts later than was promised, with known changes either",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_elastic_jobs(40);
    const bool has_two = *rc::gen::inRange(0, 2) == 1;
    const ChangingPools made =
        random_changes(has_two ? std::vector<JobPool>{{3, 4, 1.0}, {2, 4, 1.0}}
                               : std::vector<JobPool>{{3, 4, 1.0}});
    for (const QueuePolicy policy : {QueuePolicy::Easy, QueuePolicy::Conservative}) {
      for (const bool changes : {false, true}) {
        QueueSettings settings;
        if (changes) settings.changes = made.changes;
        const PlayedQueue played = play_queue(jobs, made.pools, policy, settings);
        for (const QueuedRun& job : played.jobs) {
          if (job.promised) RC_ASSERT(!job.is_never_placed && job.start <= *job.promised);
        }
        RC_ASSERT(played.closed_stops == 0);
      }
    }
  }));
}

RigidJob elastic(Milliseconds submit, Milliseconds run, int least, int devices, int most) {
  RigidJob job{submit, run, run, devices};
  job.min_devices = least, job.max_devices = most;
  return job;
}

TEST_CASE("elastic jobs: a job starts as soon as its least fits, and takes what is free",
          "[cluster]") {
  // Three of four devices are taken until 8 s.
  const std::vector<RigidJob> jobs = {{0, 8000, 8000, 3}, elastic(1000, 6000, 1, 2, 4)};
  for (const QueuePolicy policy : queue_policies()) {
    const QueuedRun run = play_queue(jobs, {{4, 1}}, policy).jobs[1];
    const bool fits = fits_jobs_to_room(policy);
    CHECK(run.start == (fits ? 1000 : 8000));
    CHECK(run.devices == (fits ? 1 : 2));
    CHECK(run.end == (fits ? 13'000 : 14'000));
  }
}

TEST_CASE("elastic jobs: who passes the head takes what is beside it, or ends before it",
          "[cluster]") {
  // Four of eight devices are taken until 10 s. The head needs six then: two are beside it.
  const RigidJob runs{0, 10'000, 10'000, 4}, head{1000, 5000, 5000, 6};
  const auto passes = [&](const RigidJob& job) {
    const PlayedQueue played = play_queue({runs, head, job}, {{8, 1}}, QueuePolicy::Easy);
    CHECK(played.jobs[1].start == 10'000);
    CHECK(played.jobs[2].start == 2000);
    return played.jobs[2].devices;
  };
  CHECK(passes(elastic(2000, 16'000, 1, 2, 8)) == 4);  // On four it ends at 10 s.
  CHECK(passes(elastic(2000, 17'000, 1, 2, 8)) == 2);
}

TEST_CASE("elastic jobs: the rate is that of Amdahl", "[cluster]") {
  RigidJob job = elastic(0, 1000, 1, 4, 64);
  CHECK(elastic_rate(job, 8) == Approx(2));
  CHECK(elastic_rate(job, 1) == Approx(0.25));
  job.serial_share = 0.5;
  CHECK(elastic_rate(job, 8) == Approx(1 / 0.75));
  CHECK(elastic_rate(job, 4) == 1);
  CHECK(elastic_rate(job, 1'000'000) == Approx(2).epsilon(1e-4));
}

}  // namespace
}  // namespace chokepoint
