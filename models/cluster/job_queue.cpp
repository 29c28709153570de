#include "models/cluster/job_queue.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <map>
#include <queue>
#include <set>
#include <tuple>
#include <utility>

#include "models/cluster/availability.hpp"
#include "models/cluster/job_progress.hpp"
#include "models/cluster/played_pools.hpp"
#include "models/cluster/ranked_queue.hpp"

namespace chokepoint {
namespace {

using JobAt = std::uint32_t;
constexpr Milliseconds kNever = kNoMoment;

// When and where a job may begin.
struct Slot {
  Milliseconds begin = kNever, end = kNever;
  std::uint32_t pool = 0;
};

class QueuePlayer : public FailureListener {
public:
  QueuePlayer(const std::vector<RigidJob>& jobs, const std::vector<JobPool>& pools,
              QueuePolicy policy, const QueueSettings& settings, QueueObserver* observer)
      : jobs_(jobs),
        pools_(pools),
        policy_(policy),
        settings_(settings),
        nodes_(pools, jobs.size(), settings, observer),
        now_of_(jobs.size()),
        ends_of_(pools.size()) {
    for (std::uint32_t p = 0; p < pools.size(); ++p) plans_.emplace_back(0, nodes_.all(p));
    played_.jobs.resize(jobs.size());
  }

  PlayedQueue played() {
    played_.begins = jobs_.empty() ? 0 : jobs_.front().submit;
    nodes_.begin_at(played_.begins);
    JobAt next = 0;
    while (next < jobs_.size() || running_ > 0 || waiting() > 0) {
      const Milliseconds comes = next < jobs_.size() ? jobs_[next].submit : kNever;
      nodes_.go_to(std::min({comes, ends_.empty() ? kNever : ends_.top().first,
                             due_.empty() ? kNever : due_.begin()->first, nodes_.next_failure()}));
      bool somebody_left = end_jobs();
      if (nodes_.play_failures(*this)) somebody_left = must_plan_all_ = true;
      const JobAt first_new = next;
      while (next < jobs_.size() && jobs_[next].submit == now()) ++next;
      admit(first_new, next, somebody_left);
      played_.longest_queue = std::max(played_.longest_queue, waiting());
    }
    played_.ends = now();
    played_.pools = nodes_.uses();
    return std::move(played_);
  }

  void stop(std::uint32_t job) override;
  void went_down(std::uint32_t pool, int node, Milliseconds back) override {
    ends_of_[pool][{back, down_key(node)}] = pools_[pool].per_node;
  }
  void came_back(std::uint32_t pool, int node, Milliseconds back) override {
    ends_of_[pool].erase({back, down_key(node)});
  }

private:
  // A job while it is played.
  struct JobNow {
    Milliseconds from = kNever;  // When it got its devices; kNever: it has none.
    double done = 0;             // Of its work at speed 1, as its last checkpoint has it.
  };

  // Beside jobs, of a node that is down.
  JobAt down_key(int node) const {
    return static_cast<JobAt>(jobs_.size() + static_cast<std::size_t>(node));
  }

  std::size_t waiting() const {
    return policy_ == QueuePolicy::Conservative ? reserved_.size() : queue_.size();
  }

  Milliseconds now() const { return nodes_.now(); }

  bool end_jobs() {
    bool any = false;
    for (; !ends_.empty() && ends_.top().first == now(); ends_.pop()) {
      const JobAt job = ends_.top().second;
      QueuedRun& played = played_.jobs[job];
      // Who was stopped meanwhile ends when it has devices again.
      if (now_of_[job].from == kNever || played.end != now()) continue;
      any = true;
      const Milliseconds expected = expected_end(job);
      let_go(job, HoldEnd::Finished);
      played.lost += now() - now_of_[job].from - lasts_on_left(job, played.pool);
      now_of_[job].from = kNever;
      ends_of_[played.pool].erase({expected, job});
      if (expected <= now()) continue;
      somebody_was_early_ = true;
      if (policy_ == QueuePolicy::Conservative) {
        plans_[played.pool].give(now(), expected, jobs_[job].devices);
      }
    }
    return any;
  }

  Milliseconds expected_end(JobAt job) const {
    return now_of_[job].from + expected(job, played_.jobs[job].pool);
  }

  Milliseconds expected(JobAt job, std::uint32_t pool) const {
    // In a plan a job of no time needs a moment of its own: else others would be put into it.
    const Milliseconds least = policy_ == QueuePolicy::Conservative ? 1 : 0;
    return std::max(lasts(job, pool, std::max(jobs_[job].run, jobs_[job].estimate)), least);
  }

  // For how long a job has devices of a pool whose work is `work` in all.
  Milliseconds lasts(JobAt job, std::uint32_t pool, Milliseconds work) const {
    if (settings_.failures.empty()) return lasts_on(pools_[pool], work);
    const SavedWork saving = saved_work(jobs_[job], pools_[pool], settings_, pool);
    const double left = static_cast<double>(work) - now_of_[job].done;
    return restart_of(job) + time_for(left, pools_[pool].speed, saving);
  }

  // For how long it does nothing but the rest of its work.
  Milliseconds lasts_on_left(JobAt job, std::uint32_t pool) const {
    const double left = static_cast<double>(jobs_[job].run) - now_of_[job].done;
    return time_for(left, pools_[pool].speed, {});
  }

  Milliseconds restart_of(JobAt job) const {
    return played_.jobs[job].failed > 0 ? settings_.restart : 0;
  }

  // Takes the devices of a job.
  void let_go(JobAt job, HoldEnd why) {
    QueuedRun& played = played_.jobs[job];
    const Milliseconds from = now_of_[job].from;
    nodes_.give(job, played.pool, why);
    if (now() > from || why == HoldEnd::Finished) {
      played_.periods.push_back({job, played.pool, from, now()});
    }
    played.held += now() - from;
    --running_;
  }

  void start(JobAt job, std::uint32_t p) {
    QueuedRun& played = played_.jobs[job];
    if (played.failed == 0) played.start = now();
    now_of_[job].from = now();
    played.end = now() + lasts(job, p, jobs_[job].run);
    played.pool = p;
    ++running_;
    played.nodes = nodes_.take(job, p, jobs_[job].devices);
    ends_of_[p][{now() + expected(job, p), job}] = jobs_[job].devices;
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
  std::pair<Milliseconds, int> free_at(std::uint32_t pool, int devices) const {
    int free = nodes_.free(pool);
    Milliseconds when = now();
    for (const auto& [end, held] : ends_of_[pool]) {
      if (free >= devices && end.first > when) break;
      free += held;
      when = std::max(when, end.first);
    }
    return {when, free - devices};
  }

  // Where a job is expected to end first.
  Slot best_slot(JobAt job) const {
    Slot best;
    for (std::uint32_t p = 0; p < pools_.size(); ++p) {
      const int devices = jobs_[job].devices;
      if (devices > nodes_.all(p)) continue;
      const Milliseconds begin = nodes_.free(p) >= devices ? now() : free_at(p, devices).first;
      const Milliseconds end = begin + expected(job, p);
      if (end < best.end) best = {begin, end, p};
    }
    return best;
  }

  void start_in_order() {
    while (!queue_.empty()) {
      const JobAt head = queue_.begin()->second;
      const Slot slot = best_slot(head);
      const bool fits = nodes_.free(slot.pool) >= jobs_[head].devices;
      if (!fits || slot.begin > now()) {
        if (policy_ == QueuePolicy::Easy) reserve(head, slot.pool);
        return;
      }
      queue_.erase(queue_.begin());
      start(head, slot.pool);
    }
  }

  void reserve(JobAt head, std::uint32_t pool) {
    const auto [when, beside] = free_at(pool, jobs_[head].devices);
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
      if (*pool == held_.pool && now() + expected(job, *pool) > held_.begin) {
        beside_ -= jobs_[job].devices;
      }
      start(job, *pool);
      if (nodes_.nothing_is_free()) return;
    }
  }

  std::optional<std::uint32_t> pool_beside_head(JobAt job) const {
    std::optional<std::uint32_t> best;
    Milliseconds best_end = kNever;
    for (std::uint32_t p = 0; p < pools_.size(); ++p) {
      const int devices = jobs_[job].devices;
      if (nodes_.free(p) < devices) continue;
      const Milliseconds end = now() + expected(job, p);
      const bool delays = p == held_.pool && end > held_.begin && devices > beside_;
      if (!delays && end < best_end) best = p, best_end = end;
    }
    return best;
  }

  void admit_with_reservations(JobAt from, JobAt to) {
    const bool plans_all = std::exchange(must_plan_all_, false);
    if (std::exchange(somebody_was_early_, false) && !plans_all) plan_again();
    if (plans_all) plan_all();
    for (JobAt job = from; job < to; ++job) {
      const Slot slot = plan(job);
      played_.jobs[job].promised = slot.begin;
      reserved_[job] = slot;
      due_.insert({slot.begin, job});
    }
    for (auto at = due_.begin(); at != due_.end() && at->first <= now();) {
      const JobAt job = at->second;
      const std::uint32_t pool = reserved_[job].pool;
      at = due_.erase(at);
      start(job, pool);
      reserved_.erase(job);
    }
    for (Availability& plan : plans_) plan.forget(now());
  }

  // Gives a job its first slot among what others have.
  Slot plan(JobAt job) {
    Slot best;
    for (std::uint32_t p = 0; p < pools_.size(); ++p) {
      if (jobs_[job].devices > nodes_.all(p)) continue;
      const Milliseconds time = expected(job, p);
      const Milliseconds begin = plans_[p].first(now(), time, jobs_[job].devices);
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

  // What is free changed in other ways than by what jobs expected: all who wait are planned anew.
  void plan_all() {
    due_.clear();
    for (std::uint32_t p = 0; p < pools_.size(); ++p) {
      plans_[p] = Availability(now(), nodes_.all(p));
      for (const auto& [end, held] : ends_of_[p]) plans_[p].take(now(), end.first, held);
    }
    for (auto& [job, slot] : reserved_) {
      slot = plan(job);
      due_.insert({slot.begin, job});
    }
  }

  const std::vector<RigidJob>& jobs_;
  const std::vector<JobPool>& pools_;
  QueuePolicy policy_;
  const QueueSettings& settings_;
  PlayedPools nodes_;
  std::vector<JobNow> now_of_;
  std::size_t running_ = 0;
  // Expected ends of what runs in a pool, and of what is down there: devices.
  std::vector<std::map<std::pair<Milliseconds, JobAt>, int>> ends_of_;
  std::set<std::pair<Milliseconds, JobAt>> queue_;
  std::priority_queue<std::pair<Milliseconds, JobAt>, std::vector<std::pair<Milliseconds, JobAt>>,
                      std::greater<>>
      ends_;
  Slot held_;                        // Of the head (Easy): when it is expected to start, and where.
  int beside_ = 0;                   // Devices that are free beside it then.
  std::vector<Availability> plans_;  // Conservative, by pool;
  std::map<JobAt, Slot> reserved_;   // of those that wait, in their order,
  std::set<std::pair<Milliseconds, JobAt>> due_;  // and by when they begin.
  bool somebody_was_early_ = false, must_plan_all_ = false;
  PlayedQueue played_;
};

// A failure takes the devices of a job, and what it did since its last checkpoint.
void QueuePlayer::stop(std::uint32_t job) {
  QueuedRun& played = played_.jobs[job];
  JobNow& at = now_of_[job];
  const std::uint32_t pool = played.pool;
  const double speed = pools_[pool].speed;
  const Milliseconds held = now() - at.from;
  ends_of_[pool].erase({expected_end(job), job});
  const bool gives_up = played.failed >= settings_.most_stops;
  let_go(job, gives_up ? HoldEnd::GivenUp : HoldEnd::Failed);
  const SavedWork saving = saved_work(jobs_[job], pools_[pool], settings_, pool);
  const ReachedWork reached =
      reached_in(std::max<Milliseconds>(held - restart_of(job), 0),
                 static_cast<double>(jobs_[job].run) - at.done, speed, saving);
  played.lost += held - std::llround(reached.saved / speed);
  played.redone += std::llround((reached.done - reached.saved) / speed);
  at = {kNever, at.done + reached.saved};
  played.end = now();
  ++played.failed;
  ++played_.stops;
  if (gives_up) {
    played.is_given_up = true;
  } else if (policy_ == QueuePolicy::Conservative) {
    reserved_[job] = {};
  } else {
    queue_.insert(key(job));
  }
}

constexpr std::array<std::string_view, kQueuePolicies> kPolicyNames = {
    "fifo", "sjf", "easy", "conservative", "priority", "fair", "preempt", "las"};

}  // namespace

std::string_view name(QueuePolicy policy) {
  return kPolicyNames[static_cast<std::size_t>(policy)];
}

std::optional<QueuePolicy> queue_policy_named(std::string_view name) {
  const auto found = std::ranges::find(kPolicyNames, name);
  if (found == kPolicyNames.end()) return std::nullopt;
  return static_cast<QueuePolicy>(found - kPolicyNames.begin());
}

const std::vector<QueuePolicy>& queue_policies() {
  static const std::vector<QueuePolicy> all = [] {
    std::vector<QueuePolicy> made;
    for (std::size_t i = 0; i < kQueuePolicies; ++i) made.push_back(static_cast<QueuePolicy>(i));
    return made;
  }();
  return all;
}

PlayedQueue play_queue(const std::vector<RigidJob>& jobs, const std::vector<JobPool>& pools,
                       QueuePolicy policy, const QueueSettings& settings, QueueObserver* observer) {
  if (const auto order = ranked_order(policy)) {
    return play_ranked_queue(jobs, pools, *order, settings, observer);
  }
  return QueuePlayer(jobs, pools, policy, settings, observer).played();
}

}  // namespace chokepoint
