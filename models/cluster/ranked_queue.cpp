#include "models/cluster/ranked_queue.hpp"

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

#include "models/cluster/elastic_jobs.hpp"
#include "models/cluster/job_progress.hpp"
#include "models/cluster/owner_use.hpp"
#include "models/cluster/played_pools.hpp"
#include "models/cluster/shared_anew.hpp"

namespace chokepoint {
namespace {

using RankedAt = std::uint32_t;
constexpr std::uint32_t kNoPool = std::numeric_limits<std::uint32_t>::max();

class RankedPlayer : public FailureListener {
public:
  RankedPlayer(const std::vector<RigidJob>& jobs, const std::vector<JobPool>& pools,
               RankedOrder order, const QueueSettings& settings, QueueObserver* observer)
      : jobs_(jobs),
        pools_(pools),
        order_(order),
        settings_(settings),
        nodes_(pools, jobs.size(), settings, observer),
        use_(owners_of(jobs), settings.half_life),
        now_of_(jobs.size()) {
    begin_counting(jobs, played_);
    has_parts_ = std::ranges::any_of(jobs, [](const RigidJob& job) { return job.part > 0; });
  }

  PlayedQueue played() {
    played_.begins = jobs_.empty() ? 0 : jobs_.front().submit;
    nodes_.begin_at(played_.begins);
    RankedAt next = 0;
    while (next < jobs_.size() || !running_.empty() || waiting_ > 0) {
      const Milliseconds comes = next < jobs_.size() ? jobs_[next].submit : kNoMoment;
      const Milliseconds at =
          std::min({comes, turns_.empty() ? kNoMoment : std::get<0>(turns_.top()),
                    nodes_.next_failure(), nodes_.next_change()});
      assert(at < kNoMoment);  // Who waits is placed some time.
      nodes_.go_to(at);
      bool is_changed = turn();
      if (nodes_.play_changes(*this).any) {
        is_changed = true;
        drop_those_never_placed();
      }
      is_changed = nodes_.play_failures(*this) || is_changed;
      for (; next < jobs_.size() && jobs_[next].submit == now(); ++next) {
        wait(next);
        is_changed = true;
        drop_where_never_placed(next);
      }
      if (is_changed && waiting_ > 0) start_those_due();
      played_.longest_queue = std::max(played_.longest_queue, waiting_);
    }
    played_.ends = now();
    played_.pools = nodes_.uses();
    return std::move(played_);
  }

  void stop(std::uint32_t job, bool is_closed) override {
    QueuedRun& played = played_.jobs[job];
    const bool gives_up = played.failed >= settings_.most_stops;
    lose(job, gives_up ? HoldEnd::GivenUp : HoldEnd::Failed);
    ++played.failed;
    ++(is_closed ? played_.closed_stops : played_.stops);
    if (gives_up) {
      played.is_given_up = true;
      played.end = now();
      alive_.erase(key(job));
      --waiting_;
    } else {
      if (!takes_devices_back(order_)) alive_.insert(key(job));
      drop_where_never_placed(job);
    }
  }
  void went_down(std::uint32_t, int, Milliseconds) override {}
  void came_back(std::uint32_t, int, Milliseconds) override {}

private:
  // A job while it is played.
  struct JobNow {
    double done = 0;        // Of its work at speed 1, as saved when it last lost its devices.
    double service = 0;     // Device-milliseconds until it last got or lost its devices.
    Milliseconds from = 0;  // When it got its devices,
    std::uint32_t pool = kNoPool;  // where: nowhere while it waits,
    Milliseconds restart = 0;      // and for how long of that it only starts again.
    int holds = 0;                 // How often it got devices: older turns are void.
    bool is_served = false;        // It had more than the limit of service.
  };
  using Key = std::tuple<std::int64_t, RankedAt>;

  Milliseconds now() const { return nodes_.now(); }

  Key key(RankedAt job) const {
    switch (order_) {
      case RankedOrder::Priority:
      case RankedOrder::Preemptive:
        return {-std::int64_t{jobs_[job].priority}, job};
      case RankedOrder::FairShare:
        return {jobs_[job].owner, job};
      case RankedOrder::LeastService:
        break;
    }
    return {now_of_[job].is_served ? 1 : 0, job};
  }

  void wait(RankedAt job) {
    alive_.insert(key(job));
    ++waiting_;
  }

  // Ends jobs whose time it is, and moves back those that had their service. Says whether any.
  bool turn() {
    bool any = false;
    for (; !turns_.empty() && std::get<0>(turns_.top()) == now(); turns_.pop()) {
      const auto [when, job, holds, is_end] = turns_.top();
      JobNow& at = now_of_[job];
      if (at.pool == kNoPool || at.holds != holds) continue;
      any = true;
      if (is_end) {
        const std::uint32_t pool = at.pool;
        let_go(job, HoldEnd::Finished);
        add_lost(job, saving_to_end(job, pool), 0, played_);
        played_.jobs[job].end = now();
        played_.jobs[job].pool = pool;
        alive_.erase(key(job));
      } else {
        alive_.erase(key(job));
        at.is_served = true;
        alive_.insert(key(job));
      }
    }
    return any;
  }

  // Whether no pool can take a job that waits any more, whatever is known of it.
  bool is_never_placed(RankedAt job) const {
    for (std::uint32_t p = 0; p < pools_.size(); ++p) {
      const bool takes = nodes_.accepts(p, jobs_[job].submit);
      if (takes && jobs_[job].least_devices() <= nodes_.most_from_now(p)) return false;
    }
    return true;
  }

  // Of a job that waits.
  void drop_where_never_placed(RankedAt job) {
    if (!nodes_.has_changes() || !is_never_placed(job)) return;
    QueuedRun& played = played_.jobs[job];
    played.is_never_placed = true;
    if (now_of_[job].holds == 0) played.start = now();
    played.end = now();
    alive_.erase(key(job));
    --waiting_;
  }

  void drop_those_never_placed() {
    std::vector<RankedAt> waiting;
    for (const auto& [rank, job] : alive_) {
      if (now_of_[job].pool == kNoPool) waiting.push_back(job);
    }
    for (const RankedAt job : waiting) drop_where_never_placed(job);
  }

  double left_of(RankedAt job) const {
    return std::max(static_cast<double>(jobs_[job].run) - now_of_[job].done, 0.0);
  }

  // A job that nobody and nothing stops does not save its work.
  SavedWork saving_of(RankedAt job, std::uint32_t pool) const {
    const bool may_stop = !settings_.failures.empty() || nodes_.has_changes();
    if (!may_stop && !takes_devices_back(order_)) return {};
    return saved_work_on(jobs_[job], played_.jobs[job].devices, pools_[pool], settings_, pool);
  }
  double speed_of(RankedAt job, std::uint32_t pool) const {
    return pools_[pool].speed * elastic_rate(jobs_[job], played_.jobs[job].devices);
  }
  Milliseconds remaining_on(RankedAt job, std::uint32_t pool) const {
    return time_for(left_of(job), speed_of(job, pool), saving_of(job, pool));
  }

  // Of that: what it takes to save its work.
  Milliseconds saving_to_end(RankedAt job, std::uint32_t pool) const {
    return remaining_on(job, pool) - time_for(left_of(job), speed_of(job, pool), {});
  }

  Milliseconds restart_of(RankedAt job) const {
    const QueuedRun& played = played_.jobs[job];
    return played.preempted + played.failed > 0 ? settings_.restart : 0;
  }

  // The fullest shared device with room for the part that a job needs.
  std::optional<int> device_for(RankedAt job, std::uint32_t pool) const {
    return nodes_.device_with_room(pool, jobs_[job].part, now(), [](int) { return true; });
  }

  PartPlace place_of(std::uint32_t pool, std::optional<int> device) const {
    return {device, device ? 0 : nodes_.group_with_room(pool)};
  }

  void start(RankedAt job, std::uint32_t pool, std::optional<int> device = std::nullopt) {
    JobNow& at = now_of_[job];
    QueuedRun& played = played_.jobs[job];
    if (at.holds == 0) played.start = now();
    at.from = now();
    at.pool = pool;
    at.restart = restart_of(job);
    ++at.holds;
    const bool is_part = jobs_[job].part > 0;
    played.nodes =
        is_part ? nodes_.take_part(job, pool, place_of(pool, device), jobs_[job].part, kNoMoment)
                : nodes_.take(job, pool, played.devices);
    played.domains = nodes_.domains_of(job, pool);
    played.pool = pool;
    running_.insert(job);
    --waiting_;
    if (order_ == RankedOrder::FairShare)
      use_.hold(jobs_[job].owner, jobs_[job].thousandths(played_.jobs[job].devices), now());
    const Milliseconds ends = now() + at.restart + remaining_on(job, pool);
    turns_.push({ends, job, at.holds, true});
    if (order_ == RankedOrder::LeastService && !at.is_served) {
      const double left = (settings_.service_limit - at.service) / jobs_[job].size();
      const double falls = static_cast<double>(now()) + std::ceil(std::max(left, 0.0));
      if (falls < static_cast<double>(ends)) {
        turns_.push({static_cast<Milliseconds>(falls), job, at.holds, false});
      }
    }
  }

  // Takes the devices of a job.
  void let_go(RankedAt job, HoldEnd why) {
    JobNow& at = now_of_[job];
    const Milliseconds held = now() - at.from;
    nodes_.give(job, at.pool, why);
    if (held > 0) played_.periods.push_back({job, at.pool, at.from, now()});
    add_held(job, held, played_);
    add_lost(job, std::min(held, at.restart), 0, played_);
    at.service += static_cast<double>(held) * jobs_[job].size();
    if (order_ == RankedOrder::FairShare)
      use_.hold(jobs_[job].owner, -jobs_[job].thousandths(played_.jobs[job].devices), now());
    running_.erase(job);
    at.pool = kNoPool;
  }

  // A job loses its devices before its end, and what it did since its last checkpoint.
  void lose(RankedAt job, HoldEnd why) {
    JobNow& at = now_of_[job];
    const double speed = speed_of(job, at.pool);
    const Milliseconds worked = std::max<Milliseconds>(now() - at.from - at.restart, 0);
    ReachedWork reached = reached_in(worked, left_of(job), speed, saving_of(job, at.pool));
    if (why == HoldEnd::Preempted && settings_.saves_when_taken()) reached.saved = reached.done;
    let_go(job, why);
    const Milliseconds redone = std::llround((reached.done - reached.saved) / speed);
    add_lost(job, redone + reached.saving, redone, played_);
    at.done += reached.saved;
    ++waiting_;
  }

  void preempt(RankedAt job) {
    lose(job, HoldEnd::Preempted);
    if (now() > now_of_[job].from) ++played_.jobs[job].preempted;
  }

  void start_those_due() {
    if (takes_devices_back(order_)) return give_out_anew();
    while (waiting_ > 0) {
      const auto at = first();
      const RankedAt job = std::get<1>(*at);
      const bool is_part = jobs_[job].part > 0;
      const std::uint32_t pool = best_pool(
          job, [&](std::uint32_t p) { return is_part && device_for(job, p) ? 1 : nodes_.free(p); });
      if (pool == kNoPool) return;
      alive_.erase(at);  // It runs to its end: nobody asks for its rank again.
      start(job, pool, is_part ? device_for(job, pool) : std::nullopt);
    }
  }

  // The first of those that wait.
  std::set<Key>::iterator first() const {
    if (order_ != RankedOrder::FairShare) return alive_.begin();
    auto best = alive_.end();
    double least = 0;
    for (auto at = alive_.begin(); at != alive_.end();) {
      const auto owner = static_cast<std::uint32_t>(std::get<0>(*at));
      const double used = use_.used(owner, now());
      const bool is_earlier =
          best != alive_.end() && used == least && std::get<1>(*at) < std::get<1>(*best);
      if (best == alive_.end() || used < least || is_earlier) best = at, least = used;
      at = alive_.lower_bound({std::int64_t{owner} + 1, 0});
    }
    return best;
  }

  // Of pools with room the one in which a job would end first; kNoPool where none has room.
  template <typename Room>
  std::uint32_t best_pool(RankedAt job, const Room& room) {
    const RigidJob& one = jobs_[job];
    int& devices = played_.jobs[job].devices;
    int best_devices = one.devices;
    std::uint32_t best = kNoPool;
    Milliseconds ends = kNoMoment;
    for (std::uint32_t p = 0; p < pools_.size(); ++p) {
      if (room(p) < one.least_devices() || !nodes_.accepts(p, one.submit)) continue;
      devices = one.is_elastic() ? std::min(room(p), one.max_devices) : one.devices;
      const Milliseconds time = remaining_on(job, p);
      if (time < ends) best = p, ends = time, best_devices = devices;
    }
    devices = best_devices;
    return best;
  }

  void give_out_anew() {
    std::vector<int> room;
    std::vector<SharedAnew> parts;
    for (std::uint32_t p = 0; p < pools_.size(); ++p) {
      room.push_back(nodes_.up(p));
      parts.emplace_back(nodes_.shared_and_open(p));
    }
    std::vector<std::tuple<RankedAt, std::uint32_t, int>> starts;  // Of parts: the device.
    // Numbers of shared devices: those that somebody keeps, and those that are shared from now on.
    std::map<std::pair<std::uint32_t, int>, int> number;
    std::set<RankedAt> loses = running_;
    for (const auto& [rank, job] : alive_) {
      const bool is_all_given = std::ranges::all_of(room, [](int one) { return one == 0; });
      if (is_all_given && !has_parts_ && !nodes_.has_changes()) break;
      const std::uint32_t at = now_of_[job].pool;
      const int part = jobs_[job].part, devices = jobs_[job].devices;
      // What it holds of nodes that are to leave nobody else can have.
      const int held = at == kNoPool ? 0 : nodes_.held_of_open(job);
      const bool is_shared = at != kNoPool && part > 0 && held > 0;
      bool stays = at != kNoPool && room[at] >= held;
      if (is_shared) stays = parts[at].keep(*nodes_.shared_of(job), part, room[at]);
      if (stays) {
        if (is_shared) number[{at, *nodes_.shared_of(job)}] = *nodes_.shared_of(job);
        if (!is_shared) room[at] -= held;
        loses.erase(job);
        continue;
      }
      const std::uint32_t pool = best_pool(job, [&](std::uint32_t p) {
        return part > 0 ? (parts[p].can_give(part, room[p]) ? 1 : 0) : room[p];
      });
      if (pool == kNoPool) continue;
      starts.emplace_back(job, pool, part > 0 ? parts[pool].give(part, room[pool]) : 0);
      if (part == 0) room[pool] -= devices;
    }
    for (const RankedAt job : loses) {
      preempt(job);
      drop_where_never_placed(job);
    }
    for (const auto& [job, pool, device] : starts) {
      if (jobs_[job].part == 0) {
        start(job, pool);
        continue;
      }
      const auto known = number.find({pool, device});
      start(job, pool, known != number.end() ? std::optional(known->second) : std::nullopt);
      number[{pool, device}] = *nodes_.shared_of(job);
    }
  }

  const std::vector<RigidJob>& jobs_;
  const std::vector<JobPool>& pools_;
  RankedOrder order_;
  const QueueSettings& settings_;
  PlayedPools nodes_;
  OwnerUse use_;
  std::vector<JobNow> now_of_;
  bool has_parts_ = false;  // Some need a part of a device.
  // By rank: those that wait; where devices are taken back, those that run as well.
  std::set<Key> alive_;
  std::set<RankedAt> running_;
  std::size_t waiting_ = 0;
  // When a job that has had devices so often ends (true), or has had its service (false).
  using Turn = std::tuple<Milliseconds, RankedAt, int, bool>;
  std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns_;
  PlayedQueue played_;
};

}  // namespace

PlayedQueue play_ranked_queue(const std::vector<RigidJob>& jobs, const std::vector<JobPool>& pools,
                              RankedOrder order, const QueueSettings& settings,
                              QueueObserver* observer) {
  return RankedPlayer(jobs, pools, order, settings, observer).played();
}

}  // namespace chokepoint
