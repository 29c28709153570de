#include "models/cluster/job_queue.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <queue>
#include <set>
#include <utility>

#include "models/cluster/expected_pools.hpp"
#include "models/cluster/job_progress.hpp"
#include "models/cluster/planned_pools.hpp"
#include "models/cluster/played_pools.hpp"
#include "models/cluster/ranked_queue.hpp"

namespace chokepoint {
namespace {

using JobAt = std::uint32_t;
constexpr Milliseconds kNever = kNoMoment;

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
        expected_(nodes_),
        kept_(nodes_.groups().size()),
        plans_(nodes_) {
    played_.jobs.resize(jobs.size());
  }

  PlayedQueue played() {
    played_.begins = jobs_.empty() ? 0 : jobs_.front().submit;
    nodes_.begin_at(played_.begins);
    JobAt next = 0;
    while (next < jobs_.size() || running_ > 0 || waiting() > 0) {
      const Milliseconds comes = next < jobs_.size() ? jobs_[next].submit : kNever;
      const Milliseconds at = std::min({comes, ends_.empty() ? kNever : ends_.top().first,
                                        due_.empty() ? kNever : due_.begin()->first,
                                        nodes_.next_failure(), nodes_.next_change()});
      if (at == kNever) break;  // Who waits, waits for ever.
      nodes_.go_to(at);
      bool somebody_left = end_jobs();
      const PlayedChanges changes = nodes_.play_changes(*this);
      somebody_left = somebody_left || changes.any;
      must_plan_all_ = must_plan_all_ || changes.is_news;
      if (nodes_.play_failures(*this)) somebody_left = must_plan_all_ = true;
      const JobAt first_new = next;
      while (next < jobs_.size() && jobs_[next].submit == now()) ++next;
      admit(first_new, next, somebody_left);
      played_.longest_queue = std::max(played_.longest_queue, waiting());
    }
    for (const auto& [rank, job] : queue_) never_place(job);
    for (const auto& [job, slot] : reserved_) never_place(job);
    played_.ends = now();
    played_.pools = nodes_.uses();
    return std::move(played_);
  }

  void stop(std::uint32_t job, bool is_closed) override;
  void went_down(std::uint32_t pool, int node, Milliseconds back) override {
    expected_.hold({{nodes_.group_of(pool, node), pools_[pool].per_node}}, back, down_key(node));
  }
  void came_back(std::uint32_t pool, int node, Milliseconds back) override {
    expected_.release({{nodes_.group_of(pool, node), 0}}, back, down_key(node));
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
      const std::vector<GroupPart> parts = nodes_.parts(job);
      let_go(job, HoldEnd::Finished);
      played.lost += now() - now_of_[job].from - lasts_on_left(job, played.pool);
      now_of_[job].from = kNever;
      expected_.release(parts, expected, job);
      if (expected <= now()) continue;
      somebody_was_early_ = true;
      if (policy_ == QueuePolicy::Conservative) plans_.give(parts, now(), expected);
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
    if (settings_.failures.empty() && !nodes_.has_changes()) return lasts_on(pools_[pool], work);
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

  void start(JobAt job, std::uint32_t p, const std::vector<GroupPart>& parts) {
    QueuedRun& played = played_.jobs[job];
    if (played.failed == 0) played.start = now();
    now_of_[job].from = now();
    played.end = now() + lasts(job, p, jobs_[job].run);
    played.pool = p;
    ++running_;
    played.nodes = nodes_.take(job, p, parts);
    expected_.hold(parts, now() + expected(job, p), job);
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

  bool takes(std::uint32_t pool, JobAt job) const {
    return jobs_[job].devices <= nodes_.all(pool) && nodes_.accepts(pool, jobs_[job].submit);
  }

  // Where a job is expected to end first; nowhere where no pool will take it.
  PlannedSlot best_slot(JobAt job) const {
    PlannedSlot best;
    for (std::uint32_t p = 0; p < pools_.size(); ++p) {
      if (!takes(p, job)) continue;
      const int devices = jobs_[job].devices;
      const Milliseconds time = expected(job, p);
      const Milliseconds begin = expected_.room(p, now() + time) >= devices
                                     ? now()
                                     : expected_.first(p, devices, time, now());
      if (begin + time < best.end) best = {begin, begin + time, p};
    }
    return best;
  }

  // Whether no pool takes a job any more, whatever is known only later.
  bool is_never_placed(JobAt job) const {
    for (std::uint32_t p = 0; p < pools_.size(); ++p) {
      if (!takes(p, job)) continue;
      const Milliseconds time = expected(job, p);
      const Milliseconds begin = policy_ == QueuePolicy::Conservative
                                     ? plans_.first(p, jobs_[job].devices, time, kNever).begin
                                     : expected_.first(p, jobs_[job].devices, time, kNever);
      if (begin < kNever) return false;
    }
    return true;
  }

  void never_place(JobAt job) {
    QueuedRun& played = played_.jobs[job];
    played.is_never_placed = true;
    if (played.failed == 0) played.start = now();
    played.end = now();
  }

  void start_in_order() {
    while (!queue_.empty()) {
      const JobAt head = queue_.begin()->second;
      const PlannedSlot slot = best_slot(head);
      if (slot.end == kNever && is_never_placed(head)) {
        never_place(head);
        queue_.erase(queue_.begin());
        continue;
      }
      const bool fits =
          slot.begin <= now() && expected_.room(slot.pool, slot.end) >= jobs_[head].devices;
      if (!fits) {
        if (policy_ == QueuePolicy::Easy) reserve(head, slot);
        return;
      }
      queue_.erase(queue_.begin());
      start(head, slot.pool, parts_of(jobs_[head].devices, expected_.rooms(slot.pool, slot.end)));
    }
  }

  void reserve(JobAt head, const PlannedSlot& slot) {
    if (slot.end == kNever) return kept_.keep_nothing();  // Nobody knows when: so nobody delays it.
    const auto rooms = expected_.rooms_at(slot.pool, slot.begin, slot.end - slot.begin);
    kept_.keep(slot.pool, slot.begin, rooms, jobs_[head].devices);
    auto& promised = played_.jobs[head].promised;
    if (!promised) promised = slot.begin;
  }

  // Starts those behind the head, from number `from` on, that do not delay it.
  void backfill(JobAt from) {
    if (queue_.size() < 2) return;
    for (auto at = std::next(queue_.begin()); at != queue_.end();) {
      const JobAt job = at->second;
      const auto pool = job < from ? std::nullopt : pool_beside_head(job);
      at = pool ? queue_.erase(at) : std::next(at);
      if (!pool) continue;
      const Milliseconds end = now() + expected(job, *pool);
      const auto parts =
          parts_of(jobs_[job].devices, kept_.beside(expected_.rooms(*pool, end), *pool, end));
      kept_.take(parts, *pool, end);
      start(job, *pool, parts);
      if (nodes_.nothing_is_free()) return;
    }
  }

  std::optional<std::uint32_t> pool_beside_head(JobAt job) const {
    std::optional<std::uint32_t> best;
    Milliseconds best_end = kNever;
    for (std::uint32_t p = 0; p < pools_.size(); ++p) {
      const int devices = jobs_[job].devices;
      if (nodes_.free(p) < devices || !takes(p, job)) continue;
      const Milliseconds end = now() + expected(job, p);
      if (end < best_end && expected_.room(p, end, &kept_) >= devices) best = p, best_end = end;
    }
    return best;
  }

  void admit_with_reservations(JobAt from, JobAt to) {
    const bool plans_all = std::exchange(must_plan_all_, false);
    if (std::exchange(somebody_was_early_, false) && !plans_all) plan_again();
    if (plans_all) plan_all();
    for (JobAt job = from; job < to; ++job) {
      if (!plan(job)) continue;
      const Milliseconds begin = reserved_[job].begin;
      if (begin < kNever) played_.jobs[job].promised = begin;
    }
    for (auto at = due_.begin(); at != due_.end() && at->first <= now();) {
      const JobAt job = at->second;
      at = due_.erase(at);
      start(job, reserved_[job].pool, reserved_[job].parts);
      reserved_.erase(job);
    }
    plans_.forget();
  }

  // Gives a job its first slot among what others have, or none as long as nobody knows one. Says
  // whether it may ever have one; else it leaves.
  bool plan(JobAt job) {
    PlannedSlot best;
    for (std::uint32_t p = 0; p < pools_.size(); ++p) {
      if (!takes(p, job)) continue;
      PlannedSlot slot = plans_.first(p, jobs_[job].devices, expected(job, p), now());
      if (slot.end < best.end) best = std::move(slot);
    }
    if (best.end == kNever && is_never_placed(job)) {
      never_place(job);
      reserved_.erase(job);
      return false;
    }
    plans_.take(best.parts, best.begin, best.end);
    if (best.end < kNever) due_.insert({best.begin, job});
    reserved_[job] = std::move(best);
    return true;
  }

  // Those that wait move into what has become free, one after the other, and none into what another
  // has: so none becomes later.
  void plan_again() {
    due_.clear();
    for (auto at = reserved_.begin(); at != reserved_.end();) {
      const auto& [job, slot] = *at++;
      plans_.give(slot.parts, slot.begin, slot.end);
      plan(job);
    }
  }

  // What is free changed in other ways than by what jobs expected: all who wait are planned anew.
  void plan_all() {
    due_.clear();
    plans_.clear();
    for (std::uint32_t g = 0; g < nodes_.groups().size(); ++g) {
      for (const auto& [end, held] : expected_.ends_of(g)) {
        plans_.take({{g, held}}, now(), end.first);
      }
    }
    for (auto at = reserved_.begin(); at != reserved_.end();) plan((at++)->first);
  }

  const std::vector<RigidJob>& jobs_;
  const std::vector<JobPool>& pools_;
  QueuePolicy policy_;
  const QueueSettings& settings_;
  PlayedPools nodes_;
  std::vector<JobNow> now_of_;
  std::size_t running_ = 0;
  ExpectedPools expected_;  // Of what runs, and of what is down.
  std::set<std::pair<Milliseconds, JobAt>> queue_;
  std::priority_queue<std::pair<Milliseconds, JobAt>, std::vector<std::pair<Milliseconds, JobAt>>,
                      std::greater<>>
      ends_;
  KeptForHead kept_;                              // Easy.
  PlannedPools plans_;                            // Conservative;
  std::map<JobAt, PlannedSlot> reserved_;         // of those that wait, in their order,
  std::set<std::pair<Milliseconds, JobAt>> due_;  // and by when they begin.
  bool somebody_was_early_ = false, must_plan_all_ = false;
  PlayedQueue played_;
};

// A job loses its devices, and what it did since its last checkpoint.
void QueuePlayer::stop(std::uint32_t job, bool is_closed) {
  QueuedRun& played = played_.jobs[job];
  JobNow& at = now_of_[job];
  const std::uint32_t pool = played.pool;
  const double speed = pools_[pool].speed;
  const Milliseconds held = now() - at.from;
  expected_.release(nodes_.parts(job), expected_end(job), job);
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
  ++(is_closed ? played_.closed_stops : played_.stops);
  if (gives_up) {
    played.is_given_up = true;
  } else if (policy_ == QueuePolicy::Conservative) {
    reserved_[job] = {};
  } else {
    queue_.insert(key(job));
  }
}

}  // namespace

PlayedQueue play_queue(const std::vector<RigidJob>& jobs, const std::vector<JobPool>& pools,
                       QueuePolicy policy, const QueueSettings& settings, QueueObserver* observer) {
  if (const auto order = ranked_order(policy)) {
    return play_ranked_queue(jobs, pools, *order, settings, observer);
  }
  return QueuePlayer(jobs, pools, policy, settings, observer).played();
}

}  // namespace chokepoint
