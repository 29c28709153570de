#include "models/cluster/job_queue.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <map>
#include <queue>
#include <set>
#include <tuple>
#include <utility>

#include "models/cluster/availability.hpp"

namespace chokepoint {
namespace {

using JobAt = std::uint32_t;
constexpr Milliseconds kNever = std::numeric_limits<Milliseconds>::max() / 4;

Milliseconds lasts(Milliseconds time, const JobPool& pool) {
  if (pool.speed == 1) return time;
  return static_cast<Milliseconds>(std::ceil(static_cast<double>(time) / pool.speed));
}

// When and where a job may begin.
struct Slot {
  Milliseconds begin = kNever, end = kNever;
  std::uint32_t pool = 0;
};

// One pool while it is played.
struct PoolNow {
  DeviceNodes nodes;
  std::map<std::pair<Milliseconds, JobAt>, int> ends;  // Expected, of what runs: devices.
};

class QueuePlayer {
public:
  QueuePlayer(const std::vector<RigidJob>& jobs, const std::vector<JobPool>& pools,
              QueuePolicy policy)
      : jobs_(jobs), pools_(pools), policy_(policy), shares_(jobs.size()) {
    for (const JobPool& pool : pools) {
      now_of_.push_back({DeviceNodes(pool.nodes, pool.per_node), {}});
      plans_.emplace_back(0, now_of_.back().nodes.all());
    }
    played_.jobs.resize(jobs.size());
    played_.pools.resize(pools.size());
  }

  PlayedQueue played() {
    played_.begins = jobs_.empty() ? 0 : jobs_.front().submit;
    now_ = played_.begins;
    JobAt next = 0;
    while (next < jobs_.size() || !ends_.empty() || !due_.empty()) {
      const Milliseconds comes = next < jobs_.size() ? jobs_[next].submit : kNever;
      go_to(std::min({comes, ends_.empty() ? kNever : ends_.top().first,
                      due_.empty() ? kNever : due_.begin()->first}));
      const bool somebody_left = end_jobs();
      const JobAt first_new = next;
      while (next < jobs_.size() && jobs_[next].submit == now_) ++next;
      admit(first_new, next, somebody_left);
      played_.longest_queue = std::max(played_.longest_queue, waiting());
    }
    played_.ends = now_;
    return std::move(played_);
  }

private:
  std::size_t waiting() const {
    return policy_ == QueuePolicy::Conservative ? reserved_.size() : queue_.size();
  }

  void go_to(Milliseconds when) {
    const auto passed = static_cast<double>(when - now_);
    for (std::size_t p = 0; p < pools_.size(); ++p) {
      const DeviceNodes& nodes = now_of_[p].nodes;
      played_.pools[p].busy += passed * (nodes.all() - nodes.free());
      played_.pools[p].stranded += passed * nodes.stranded();
    }
    now_ = when;
  }

  bool end_jobs() {
    bool any = false;
    for (; !ends_.empty() && ends_.top().first == now_; ends_.pop(), any = true) {
      const JobAt job = ends_.top().second;
      PoolNow& pool = now_of_[played_.jobs[job].pool];
      pool.nodes.give(shares_[job]);
      shares_[job] = {};
      const Milliseconds expected = expected_end(job);
      pool.ends.erase({expected, job});
      if (expected <= now_) continue;
      somebody_was_early_ = true;
      if (policy_ == QueuePolicy::Conservative) {
        plans_[played_.jobs[job].pool].give(now_, expected, jobs_[job].devices);
      }
    }
    return any;
  }

  Milliseconds expected_end(JobAt job) const {
    const QueuedRun& played = played_.jobs[job];
    return played.start + expected(job, played.pool);
  }

  Milliseconds expected(JobAt job, std::uint32_t pool) const {
    // In a plan a job of no time needs a moment of its own: else others would be put into it.
    const Milliseconds least = policy_ == QueuePolicy::Conservative ? 1 : 0;
    return std::max(lasts(std::max(jobs_[job].run, jobs_[job].estimate), pools_[pool]), least);
  }

  void start(JobAt job, std::uint32_t p) {
    PoolNow& pool = now_of_[p];
    shares_[job] = pool.nodes.take(jobs_[job].devices);
    QueuedRun& played = played_.jobs[job];
    played.start = now_;
    played.end = now_ + lasts(jobs_[job].run, pools_[p]);
    played.pool = p;
    std::set<int> nodes;
    for (const NodeShare& share : shares_[job]) nodes.insert(share.node);
    played.nodes = static_cast<int>(nodes.size());
    pool.ends[{now_ + expected(job, p), job}] = jobs_[job].devices;
    ends_.push({played.end, job});
  }

  void admit(JobAt from, JobAt to, bool somebody_left) {
    if (policy_ == QueuePolicy::Conservative) return admit_with_reservations(from, to);
    const bool was_blocked = !queue_.empty();
    for (JobAt job = from; job < to; ++job) queue_.insert(key(job));
    const bool is_led_by_new = !queue_.empty() && queue_.begin()->second >= from;
    if (somebody_left || !was_blocked || is_led_by_new) {
      start_in_order();
      if (policy_ == QueuePolicy::Easy) backfill(0);
    } else if (policy_ == QueuePolicy::Easy) {
      backfill(from);  // Who waited before could not begin then, and cannot now.
    }
  }

  // The order of the queue; who came first is first of equals.
  std::pair<Milliseconds, JobAt> key(JobAt job) const {
    return {policy_ == QueuePolicy::ShortestJob ? jobs_[job].estimate : 0, job};
  }

  // When so many devices of a pool are expected to be free, and how many are beside them then.
  std::pair<Milliseconds, int> free_at(const PoolNow& pool, int devices) const {
    int free = pool.nodes.free();
    Milliseconds when = now_;
    for (auto at = pool.ends.begin(); at != pool.ends.end(); ++at) {
      if (free >= devices && at->first.first > when) break;
      free += at->second;
      when = std::max(when, at->first.first);
    }
    return {when, free - devices};
  }

  // Where a job is expected to end first.
  Slot best_slot(JobAt job) const {
    Slot best;
    for (std::uint32_t p = 0; p < pools_.size(); ++p) {
      const PoolNow& pool = now_of_[p];
      const int devices = jobs_[job].devices;
      if (devices > pool.nodes.all()) continue;
      const Milliseconds begin = pool.nodes.free() >= devices ? now_ : free_at(pool, devices).first;
      const Milliseconds end = begin + expected(job, p);
      if (end < best.end) best = {begin, end, p};
    }
    return best;
  }

  void start_in_order() {
    while (!queue_.empty()) {
      const JobAt head = queue_.begin()->second;
      const Slot slot = best_slot(head);
      const bool fits = now_of_[slot.pool].nodes.free() >= jobs_[head].devices;
      if (!fits || slot.begin > now_) {
        if (policy_ == QueuePolicy::Easy) reserve(head, slot.pool);
        return;
      }
      queue_.erase(queue_.begin());
      start(head, slot.pool);
    }
  }

  void reserve(JobAt head, std::uint32_t pool) {
    const auto [when, beside] = free_at(now_of_[pool], jobs_[head].devices);
    held_ = {when, kNever, pool};
    beside_ = beside;
    auto& promised = played_.jobs[head].promised;
    if (!promised) promised = when;
  }

  // Starts those behind the head, from number `from` on, that do not delay it.
  void backfill(JobAt from) {
    if (queue_.size() < 2) return;
    for (auto at = std::next(queue_.begin()); at != queue_.end();) {
      const JobAt job = at->second;
      const auto pool = job < from ? std::nullopt : pool_beside_head(job);
      at = pool ? queue_.erase(at) : std::next(at);
      if (!pool) continue;
      if (*pool == held_.pool && now_ + expected(job, *pool) > held_.begin) {
        beside_ -= jobs_[job].devices;
      }
      start(job, *pool);
      if (nothing_is_free()) return;
    }
  }

  bool nothing_is_free() const {
    return std::ranges::all_of(now_of_, [](const PoolNow& pool) { return pool.nodes.free() == 0; });
  }

  std::optional<std::uint32_t> pool_beside_head(JobAt job) const {
    std::optional<std::uint32_t> best;
    Milliseconds best_end = kNever;
    for (std::uint32_t p = 0; p < pools_.size(); ++p) {
      const int devices = jobs_[job].devices;
      if (now_of_[p].nodes.free() < devices) continue;
      const Milliseconds end = now_ + expected(job, p);
      const bool delays = p == held_.pool && end > held_.begin && devices > beside_;
      if (!delays && end < best_end) best = p, best_end = end;
    }
    return best;
  }

  void admit_with_reservations(JobAt from, JobAt to) {
    if (std::exchange(somebody_was_early_, false)) plan_again();
    for (JobAt job = from; job < to; ++job) {
      const Slot slot = plan(job);
      played_.jobs[job].promised = slot.begin;
      reserved_[job] = slot;
      due_.insert({slot.begin, job});
    }
    for (auto at = due_.begin(); at != due_.end() && at->first <= now_;) {
      const JobAt job = at->second;
      const std::uint32_t pool = reserved_[job].pool;
      at = due_.erase(at);
      start(job, pool);
      reserved_.erase(job);
    }
    for (Availability& plan : plans_) plan.forget(now_);
  }

  // Gives a job its first slot among what others have.
  Slot plan(JobAt job) {
    Slot best;
    for (std::uint32_t p = 0; p < pools_.size(); ++p) {
      if (jobs_[job].devices > now_of_[p].nodes.all()) continue;
      const Milliseconds time = expected(job, p);
      const Milliseconds begin = plans_[p].first(now_, time, jobs_[job].devices);
      if (begin + time < best.end) best = {begin, begin + time, p};
    }
    plans_[best.pool].take(best.begin, best.end, jobs_[job].devices);
    return best;
  }

  // Those that wait move into what has become free, one after the other, and none into what another
  // has: so none becomes later.
  void plan_again() {
    due_.clear();
    for (auto& [job, slot] : reserved_) {
      plans_[slot.pool].give(slot.begin, slot.end, jobs_[job].devices);
      slot = plan(job);
      due_.insert({slot.begin, job});
    }
  }

  const std::vector<RigidJob>& jobs_;
  const std::vector<JobPool>& pools_;
  QueuePolicy policy_;
  std::vector<PoolNow> now_of_;
  std::vector<std::vector<NodeShare>> shares_;  // Of what runs.
  std::set<std::pair<Milliseconds, JobAt>> queue_;
  std::priority_queue<std::pair<Milliseconds, JobAt>, std::vector<std::pair<Milliseconds, JobAt>>,
                      std::greater<>>
      ends_;
  Slot held_;                        // Of the head (Easy): when it is expected to start, and where.
  int beside_ = 0;                   // Devices that are free beside it then.
  std::vector<Availability> plans_;  // Conservative, by pool;
  std::map<JobAt, Slot> reserved_;   // of those that wait, in their order,
  std::set<std::pair<Milliseconds, JobAt>> due_;  // and by when they begin.
  bool somebody_was_early_ = false;
  Milliseconds now_ = 0;
  PlayedQueue played_;
};

constexpr std::array<std::string_view, kQueuePolicies> kPolicyNames = {"fifo", "sjf", "easy",
                                                                       "conservative"};

}  // namespace

std::string_view name(QueuePolicy policy) {
  return kPolicyNames[static_cast<std::size_t>(policy)];
}

std::optional<QueuePolicy> queue_policy_named(std::string_view name) {
  const auto found = std::ranges::find(kPolicyNames, name);
  if (found == kPolicyNames.end()) return std::nullopt;
  return static_cast<QueuePolicy>(found - kPolicyNames.begin());
}

PlayedQueue play_queue(const std::vector<RigidJob>& jobs, const std::vector<JobPool>& pools,
                       QueuePolicy policy) {
  return QueuePlayer(jobs, pools, policy).played();
}

}  // namespace chokepoint
