// Laws of queues whose jobs need parts of devices as well.

#include <catch2/catch.hpp>
#include <map>

#include "tests/models/cluster/failing_jobs.hpp"
#include "tests/models/cluster/random_jobs.hpp"

namespace chokepoint {
namespace {

std::vector<RigidJob> jobs_with_parts(int most, int devices) {
  auto jobs = random_jobs(most, devices);
  for (RigidJob& job : jobs) {
    if (*rc::gen::inRange(0, 3) == 0) continue;
    job.devices = 1;
    job.part = *rc::gen::inRange(1, kWholeDevice);
  }
  return jobs;
}

// Follows who holds what: thousandths of a node, in total and in parts of which each is of one
// device.
class HeldThousandths : public QueueObserver {
public:
  HeldThousandths(const std::vector<RigidJob>& jobs, int per_node)
      : jobs_(jobs), per_node_(per_node) {}

  void took(std::int64_t, std::uint32_t job, std::uint32_t,
            const std::vector<NodeShare>& shares) override {
    std::int64_t sum = 0;
    for (const NodeShare& share : shares) {
      const int all = share.devices * kWholeDevice + share.part;
      sum += all;
      used_[share.node] += all;
      RC_ASSERT(used_[share.node] <= per_node_ * kWholeDevice);
    }
    RC_ASSERT(sum == jobs_[job].thousandths(jobs_[job].devices));
    if (jobs_[job].part > 0) RC_ASSERT(shares.size() == 1 && shares[0].devices == 0);
  }
  void gave(std::int64_t, std::uint32_t, std::uint32_t, const std::vector<NodeShare>& shares,
            HoldEnd) override {
    for (const NodeShare& share : shares) {
      used_[share.node] -= share.devices * kWholeDevice + share.part;
    }
  }
  void failed(std::int64_t, std::uint32_t, int node, const std::string&, bool) override {
    RC_ASSERT(used_[node] == 0);
  }
  void returned(std::int64_t, std::uint32_t, int) override {}
  std::int64_t used() const {
    std::int64_t sum = 0;
    for (const auto& [node, used] : used_) sum += used;
    return sum;
  }

private:
  const std::vector<RigidJob>& jobs_;
  int per_node_;
  std::map<int, std::int64_t> used_;
};

TEST_CASE("law: with parts of devices nothing is held twice, all is given back, and work is done",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = jobs_with_parts(40, 12);
    double took = 0;
    for (const RigidJob& job : jobs) took += static_cast<double>(job.run) * job.size();
    for (const QueuePolicy policy : queue_policies()) {
      HeldThousandths held(jobs, 4);
      const PlayedQueue played = play_queue(jobs, {{3, 4}}, policy, {}, &held);
      RC_ASSERT(held.used() == 0);
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        RC_ASSERT(played.jobs[i].start >= jobs[i].submit);
        RC_ASSERT(played.jobs[i].held == jobs[i].run);
      }
      RC_ASSERT(std::abs(played.pools[0].busy - took) <= 1e-6 * took + 1e-6);
      RC_ASSERT(played.pools[0].unshared >= 0);
      RC_ASSERT(played.pools[0].stranded >= played.pools[0].unshared - 1e-6);
    }
  }));
}

TEST_CASE("law: with parts of devices nobody starts later than was promised", "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = jobs_with_parts(60, 6);
    const int nodes = *rc::gen::inRange(2, 5);
    for (const QueuePolicy policy : {QueuePolicy::Easy, QueuePolicy::Conservative}) {
      const PlayedQueue played = play_queue(jobs, {{nodes, 3}}, policy);
      for (const QueuedRun& job : played.jobs) {
        if (job.promised) RC_ASSERT(job.start <= *job.promised);
        if (policy == QueuePolicy::Conservative) RC_ASSERT(job.promised.has_value());
      }
    }
  }));
}

TEST_CASE("law: with parts of devices and nodes that fail nothing is held twice or lost",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const auto jobs = jobs_with_parts(25, 8);
    const QueueSettings settings = random_failures(1);
    for (const QueuePolicy policy : queue_policies()) {
      HeldThousandths held(jobs, 4);
      play_queue(jobs, {{3, 4}}, policy, settings, &held);
      RC_ASSERT(held.used() == 0);
    }
  }));
}

TEST_CASE("planned queue: two parts share the one device that is there", "[cluster]") {
  std::vector<RigidJob> jobs(3);
  for (RigidJob& job : jobs) job.run = job.estimate = 10'000, job.part = 400;
  for (const QueuePolicy policy : queue_policies()) {
    const PlayedQueue played = play_queue(jobs, {{1, 1}}, policy);
    CHECK(played.jobs[0].start == 0);
    CHECK(played.jobs[1].start == 0);
    CHECK(played.jobs[2].start == 10'000);
    CHECK(played.pools[0].busy == Approx(1.2 * 10'000));
    CHECK(played.pools[0].unshared == Approx(0.8 * 10'000));
  }
}

TEST_CASE("planned queue: a part does not keep a device from the head that was to have it",
          "[cluster]") {
  // Two devices: one shared until 10 s, one whole until 8 s. The head needs both.
  std::vector<RigidJob> jobs = {{0, 10'000, 10'000, 1, 0, 0, 500},
                                {0, 8000, 8000, 1},
                                {1000, 5000, 5000, 2},
                                {2000, 20'000, 20'000, 1, 0, 0, 300},
                                {3000, 6000, 6000, 1, 0, 0, 300}};
  for (const QueuePolicy policy : {QueuePolicy::Easy, QueuePolicy::Conservative}) {
    const PlayedQueue played = play_queue(jobs, {{2, 1}}, policy);
    CHECK(played.jobs[2].start == 10'000);
    CHECK(played.jobs[3].start == 15'000);
    CHECK(played.jobs[4].start == 3000);
  }
}

}  // namespace
}  // namespace chokepoint
