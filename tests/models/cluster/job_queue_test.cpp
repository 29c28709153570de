#include "models/cluster/job_queue.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/models/cluster/random_jobs.hpp"

namespace chokepoint {
namespace {

constexpr int kDevices = 12;

// Devices in use never exceed those there are.
void check_capacity(const std::vector<RigidJob>& jobs, const PlayedQueue& played, int devices) {
  for (const HeldPeriod& at : played.periods) {
    int used = 0;
    for (const HeldPeriod& one : played.periods) {
      if (one.from <= at.from && at.from < one.until) used += jobs[one.job].devices;
    }
    RC_ASSERT(used <= devices);
  }
}

TEST_CASE("law: every job does its work once, not before it came, on devices that are there",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(30, kDevices);
    for (const QueuePolicy policy : queue_policies()) {
      const PlayedQueue played = play_queue(jobs, {{3, 4}}, policy);
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        RC_ASSERT(played.jobs[i].start >= jobs[i].submit);
        RC_ASSERT(played.jobs[i].held == jobs[i].run);
        RC_ASSERT(played.jobs[i].lost == 0);
        RC_ASSERT(played.jobs[i].end >= played.jobs[i].start + jobs[i].run);
      }
      check_capacity(jobs, played, kDevices);
    }
  }));
}

TEST_CASE("law: nobody starts later than was promised", "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(40, kDevices);
    for (const QueuePolicy policy : {QueuePolicy::Easy, QueuePolicy::Conservative}) {
      for (const QueuedRun& job : play_queue(jobs, {{3, 4}}, policy).jobs) {
        if (job.promised) RC_ASSERT(job.start <= *job.promised);
      }
    }
  }));
}

TEST_CASE(
    "law: conservatively everybody has a promise, and with exact estimates it is kept to the "
    "moment",
    "[cluster][law]") {
  CHECK(rc::check([] {
    auto jobs = random_jobs(40, kDevices);
    for (RigidJob& job : jobs) job.estimate = job.run += 1000;
    for (const QueuedRun& job : play_queue(jobs, {{3, 4}}, QueuePolicy::Conservative).jobs) {
      RC_ASSERT(job.promised.has_value());
      RC_ASSERT(job.start == *job.promised);
    }
  }));
}

TEST_CASE("law: first come first served starts in the order in which they came", "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(30, kDevices);
    const PlayedQueue played = play_queue(jobs, {{3, 4}}, QueuePolicy::Fifo);
    for (std::size_t i = 1; i < jobs.size(); ++i) {
      RC_ASSERT(played.jobs[i - 1].start <= played.jobs[i].start);
    }
  }));
}

TEST_CASE("law: where nobody has to wait, all policies are alike", "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(20, 4);
    for (const QueuePolicy policy : queue_policies()) {
      const PlayedQueue played = play_queue(jobs, {{100, 8}}, policy);
      for (std::size_t i = 0; i < jobs.size(); ++i)
        RC_ASSERT(played.jobs[i].start == jobs[i].submit);
      RC_ASSERT(played.longest_queue == 0);
    }
  }));
}

TEST_CASE("law: use of devices adds up to what jobs took", "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = random_jobs(30, kDevices);
    double took = 0;
    for (const RigidJob& job : jobs) took += static_cast<double>(job.run) * job.devices;
    for (const QueuePolicy policy : queue_policies()) {
      const PlayedQueue played = play_queue(jobs, {{3, 4}}, policy);
      RC_ASSERT(std::abs(played.pools[0].busy - took) <= 1e-6 * took);
    }
  }));
}

TEST_CASE("job queue: who came later passes only where it delays nobody's promise", "[cluster]") {
  // Two of four devices are taken until 10 s; the head needs all four.
  std::vector<RigidJob> jobs = {
      {0, 10'000, 10'000, 2}, {1000, 5000, 5000, 4}, {2000, 8000, 8000, 2}, {3000, 9000, 9000, 2}};
  const auto starts = [&](QueuePolicy policy) {
    std::vector<Milliseconds> made;
    for (const auto& job : play_queue(jobs, {{4, 1}}, policy).jobs) made.push_back(job.start);
    return made;
  };
  CHECK(starts(QueuePolicy::Fifo) == std::vector<Milliseconds>{0, 10'000, 15'000, 15'000});
  CHECK(starts(QueuePolicy::Easy) == std::vector<Milliseconds>{0, 10'000, 2000, 15'000});
  CHECK(starts(QueuePolicy::Conservative) == std::vector<Milliseconds>{0, 10'000, 2000, 15'000});
  CHECK(starts(QueuePolicy::ShortestJob) == std::vector<Milliseconds>{0, 10'000, 15'000, 15'000});
}

TEST_CASE("job queue: a job goes where it ends first, and is as fast as its pool", "[cluster]") {
  const std::vector<JobPool> pools = {{1, 4, 1.0}, {1, 4, 2.0}};
  const std::vector<RigidJob> jobs = {
      {0, 10'000, 10'000, 4}, {0, 10'000, 10'000, 4}, {0, 10'000, 10'000, 4}};
  const PlayedQueue played = play_queue(jobs, pools, QueuePolicy::Fifo);
  CHECK(played.jobs[0].pool == 1);
  CHECK(played.jobs[0].end == 5000);
  // On the slower one it would end when the faster one has made it as well: of equals the first.
  CHECK(played.jobs[1].pool == 0);
  CHECK(played.jobs[2].pool == 1);
  CHECK(played.jobs[2].start == 5000);
}

}  // namespace
}  // namespace chokepoint
