#include "models/cluster/job_queue.hpp"

#include <algorithm>
#include <cmath>

#include "models/cluster/elastic_jobs.hpp"
#include "models/cluster/job_progress.hpp"
#include "models/cluster/queue_player.hpp"
#include "models/cluster/ranked_queue.hpp"

namespace chokepoint {

QueuePlayer::QueuePlayer(const std::vector<RigidJob>& jobs, const std::vector<JobPool>& pools,
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
  begin_counting(jobs, played_);
}

PlayedQueue QueuePlayer::played() {
  played_.begins = jobs_.empty() ? 0 : jobs_.front().submit;
  nodes_.begin_at(played_.begins);
  JobAt next = 0;
  while (next < jobs_.size() || running_ > 0 || waiting() > 0) {
    const Milliseconds comes = next < jobs_.size() ? jobs_[next].submit : kNoMoment;
    const Milliseconds at = std::min({comes, ends_.empty() ? kNoMoment : ends_.top().first,
                                      due_.empty() ? kNoMoment : due_.begin()->first,
                                      nodes_.next_failure(), nodes_.next_change()});
    if (at == kNoMoment) break;  // Who waits, waits for ever.
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

void QueuePlayer::went_down(std::uint32_t pool, int node, Milliseconds back) {
  expected_.hold({{nodes_.group_of(pool, node), pools_[pool].per_node}}, back, down_key(node));
}

void QueuePlayer::came_back(std::uint32_t pool, int node, Milliseconds back) {
  expected_.release({{nodes_.group_of(pool, node), 0}}, back, down_key(node));
}

bool QueuePlayer::end_jobs() {
  bool any = false;
  for (; !ends_.empty() && ends_.top().first == now(); ends_.pop()) {
    const JobAt job = ends_.top().second;
    QueuedRun& played = played_.jobs[job];
    // Who was stopped meanwhile ends when it has devices again.
    if (now_of_[job].from == kNoMoment || played.end != now()) continue;
    any = true;
    const Freed freed = let_go(job, HoldEnd::Finished);
    add_lost(job, now() - now_of_[job].from - lasts_on_left(job, played.pool), 0, played_);
    now_of_[job].from = kNoMoment;
    if (freed.expected <= freed.now) continue;
    somebody_was_early_ = true;
    if (policy_ == QueuePolicy::Conservative) plans_.give(freed.parts, freed.now, freed.expected);
  }
  return any;
}

Milliseconds QueuePlayer::expected_end(JobAt job) const {
  return now_of_[job].from + expected(job, played_.jobs[job].pool);
}

Milliseconds QueuePlayer::expected(JobAt job, std::uint32_t pool) const {
  return expected_on(job, pool, played_.jobs[job].devices);
}

Milliseconds QueuePlayer::expected_on(JobAt job, std::uint32_t pool, int devices) const {
  // In a plan a job of no time needs a moment of its own: else others would be put into it.
  const Milliseconds least = policy_ == QueuePolicy::Conservative ? 1 : 0;
  return std::max(lasts(job, pool, std::max(jobs_[job].run, jobs_[job].estimate), devices), least);
}

// For how long a job has so many devices of a pool whose work is `work` in all.
Milliseconds QueuePlayer::lasts(JobAt job, std::uint32_t pool, Milliseconds work,
                                int devices) const {
  const bool nothing_stops = settings_.failures.empty() && !nodes_.has_changes();
  if (nothing_stops && devices == jobs_[job].devices) return lasts_on(pools_[pool], work);
  const double left = static_cast<double>(work) - now_of_[job].done;
  return nothing_stops ? time_for(left, speed_of(job, pool, devices), {})
                       : lasts_with_stops(job, pool, left, devices);
}

Milliseconds QueuePlayer::lasts_with_stops(JobAt job, std::uint32_t pool, double left,
                                           int devices) const {
  const SavedWork saving = saved_work_on(jobs_[job], devices, pools_[pool], settings_, pool);
  return restart_of(job) + time_for(left, speed_of(job, pool, devices), saving);
}

double QueuePlayer::speed_of(JobAt job, std::uint32_t pool, int devices) const {
  return pools_[pool].speed * elastic_rate(jobs_[job], devices);
}

// How many devices of a pool a job would take now, beside the head, and for how long; where it has
// no room 0, and for how long it has its least.
QueuePlayer::Fit QueuePlayer::most_now(JobAt job, std::uint32_t pool,
                                       const KeptForHead* head) const {
  const RigidJob& one = jobs_[job];
  Fit fit;
  fit.devices = most_that_fit(one.least_devices(), one.most_devices(), [&](int devices) {
    fit.lasts = expected_on(job, pool, devices);
    return expected_.room(pool, now() + fit.lasts, head);
  });
  if (fit.devices == 0 && one.is_elastic()) fit.lasts = expected_on(job, pool, one.min_devices);
  return fit;
}

// For how long it does nothing but the rest of its work.
Milliseconds QueuePlayer::lasts_on_left(JobAt job, std::uint32_t pool) const {
  const double left = static_cast<double>(jobs_[job].run) - now_of_[job].done;
  return time_for(left, speed_of(job, pool, played_.jobs[job].devices), {});
}

Milliseconds QueuePlayer::restart_of(JobAt job) const {
  return played_.jobs[job].failed > 0 ? settings_.restart : 0;
}

// Takes the devices of a job; says which, and from when they are free, or what others have of them.
QueuePlayer::Freed QueuePlayer::let_go(JobAt job, HoldEnd why) {
  QueuedRun& played = played_.jobs[job];
  const Milliseconds from = now_of_[job].from;
  const std::optional<int> device = nodes_.shared_of(job);
  const SharedDevices& shared = nodes_.shared(played.pool);
  const JobAt what = device ? shared_key(played.pool, *device) : job;
  Freed freed{nodes_.parts(job), now(), device ? shared.ends(*device) : expected_end(job)};
  expected_.release(freed.parts, freed.expected, what);
  nodes_.give(job, played.pool, why);
  if (device && shared.is_shared(*device)) {
    freed.now = shared.ends(*device);
    expected_.hold(freed.parts, freed.now, what);
  }
  if (now() > from || why == HoldEnd::Finished) {
    played_.periods.push_back({job, played.pool, from, now()});
  }
  add_held(job, now() - from, played_);
  --running_;
  return freed;
}

void QueuePlayer::start(JobAt job, std::uint32_t p, const std::vector<GroupPart>& parts,
                        std::optional<int> device) {
  QueuedRun& played = played_.jobs[job];
  if (played.failed == 0) played.start = now();
  now_of_[job].from = now();
  played.end = now() + lasts(job, p, jobs_[job].run, played.devices);
  played.pool = p;
  ++running_;
  ends_.push({played.end, job});
  if (is_part(job)) {
    start_part(job, p, {device, device ? 0 : parts.front().group});
  } else {
    played.nodes = nodes_.take(job, p, parts);
    expected_.hold(parts, now() + expected(job, p), job);
  }
  played.domains = nodes_.domains_of(job, p);
}

void QueuePlayer::start_part(JobAt job, std::uint32_t pool, const PartPlace& place) {
  const SharedDevices& shared = nodes_.shared(pool);
  if (place.device) {
    const std::uint32_t group = nodes_.group_of_shared(pool, *place.device);
    expected_.release({{group, 1}}, shared.ends(*place.device), shared_key(pool, *place.device));
  }
  const Milliseconds ends = now() + expected(job, pool);
  played_.jobs[job].nodes = nodes_.take_part(job, pool, place, jobs_[job].part, ends);
  const int device = *nodes_.shared_of(job);
  expected_.hold(nodes_.parts(job), shared.ends(device), shared_key(pool, device));
}

void QueuePlayer::admit(JobAt from, JobAt to, bool somebody_left) {
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
std::pair<Milliseconds, QueuePlayer::JobAt> QueuePlayer::key(JobAt job) const {
  return {policy_ == QueuePolicy::ShortestJob ? jobs_[job].estimate : 0, job};
}

bool QueuePlayer::takes(std::uint32_t pool, JobAt job) const {
  return takes(pool, job, jobs_[job].least_devices());
}

bool QueuePlayer::takes(std::uint32_t pool, JobAt job, int least) const {
  return least <= nodes_.all(pool) && nodes_.accepts(pool, jobs_[job].submit);
}

// The shared device that a job gets a part of, whoever it delays; nothing for one that needs whole
// ones.
std::optional<int> QueuePlayer::device_for(JobAt job, std::uint32_t pool) const {
  if (!is_part(job)) return std::nullopt;
  const Milliseconds end = now() + expected(job, pool);
  return nodes_.device_with_room(pool, jobs_[job].part, end, [](int) { return true; });
}

// Where a job is expected to end first, and how many devices it takes there now; nowhere where no
// pool will take it.
std::pair<PlannedSlot, int> QueuePlayer::best_slot(JobAt job) const {
  PlannedSlot best;
  int best_devices = 0;
  for (std::uint32_t p = 0; p < pools_.size(); ++p) {
    if (!takes(p, job)) continue;
    const auto [devices, time] = most_now(job, p);
    const bool fits = devices > 0 || device_for(job, p);
    const Milliseconds begin =
        fits ? now() : expected_.first(p, jobs_[job].least_devices(), time, now());
    if (begin + time < best.end) best = {begin, begin + time, p}, best_devices = devices;
  }
  return {std::move(best), best_devices};
}

void QueuePlayer::start_in_order() {
  while (!queue_.empty()) {
    const JobAt head = queue_.begin()->second;
    const auto [slot, devices] = best_slot(head);
    if (slot.end == kNoMoment && is_never_placed(head)) {
      never_place(head);
      queue_.erase(queue_.begin());
      continue;
    }
    const auto device = slot.begin <= now() ? device_for(head, slot.pool) : std::optional<int>();
    if (!device && devices == 0) {
      if (policy_ == QueuePolicy::Easy) reserve(head, slot);
      return;
    }
    queue_.erase(queue_.begin());
    if (device) {
      start(head, slot.pool, {}, device);
    } else {
      played_.jobs[head].devices = devices;
      start(head, slot.pool, parts_of(devices, expected_.rooms(slot.pool, slot.end)));
    }
  }
}

void QueuePlayer::reserve(JobAt head, const PlannedSlot& slot) {
  if (slot.end == kNoMoment)
    return kept_.keep_nothing();  // Nobody knows when: so nobody delays it.
  const auto rooms = expected_.rooms_at(slot.pool, slot.begin, slot.end - slot.begin);
  kept_.keep(slot.pool, slot.begin, rooms, jobs_[head].least_devices());
  auto& promised = played_.jobs[head].promised;
  if (!promised) promised = slot.begin;
}

// Starts those behind the head, from number `from` on, that do not delay it.
void QueuePlayer::backfill(JobAt from) {
  if (queue_.size() < 2) return;
  for (auto at = std::next(queue_.begin()); at != queue_.end();) {
    const JobAt job = at->second;
    const auto beside = job < from ? std::nullopt : beside_head(job);
    at = beside ? queue_.erase(at) : std::next(at);
    if (!beside) continue;
    const auto [pool, device, devices] = *beside;
    if (!device) played_.jobs[job].devices = devices;
    const Milliseconds end = now() + expected(job, pool);
    if (device) {
      const bool delays = delays_head(pool, *device, end);
      if (delays) kept_.take({{nodes_.group_of_shared(pool, *device), 1}}, pool, end);
      start(job, pool, {}, device);
    } else {
      const auto parts = parts_of(devices, kept_.beside(expected_.rooms(pool, end), pool, end));
      kept_.take(parts, pool, end);
      start(job, pool, parts);
    }
    if (nodes_.nothing_is_free()) return;
  }
}

// Whether a shared device that is expected to be free when the head is to start would not be.
bool QueuePlayer::delays_head(std::uint32_t pool, int device, Milliseconds end) const {
  return kept_.delays(pool, end) && !kept_.delays(pool, nodes_.shared(pool).ends(device)) &&
         kept_.takes(nodes_.group_of_shared(pool, device));
}

std::optional<QueuePlayer::Beside> QueuePlayer::beside_head(JobAt job) const {
  std::optional<Beside> best;
  Milliseconds best_end = kNoMoment;
  const RigidJob& one = jobs_[job];
  const bool is_elastic = !played_.elastic.empty() && one.is_elastic();
  const int least = is_elastic ? one.min_devices : one.devices;
  for (std::uint32_t p = 0; p < pools_.size(); ++p) {
    const bool has_room = is_part(job) && nodes_.shared(p).has_room(one.part);
    if ((nodes_.free(p) < least && !has_room) || !takes(p, job, least)) continue;
    const auto [devices, lasts] =
        is_elastic ? most_now(job, p, &kept_) : Fit{one.devices, expected_on(job, p, one.devices)};
    if (devices == 0) continue;
    const Milliseconds end = now() + lasts;
    if (end >= best_end) continue;
    std::optional<int> device;
    if (has_room) {
      device = nodes_.device_with_room(p, jobs_[job].part, end, [&](int at) {
        return !delays_head(p, at, end) || kept_.beside() >= 1;
      });
    }
    const bool fits = device || is_elastic || expected_.room(p, end, &kept_) >= devices;
    if (fits) best = {p, device, devices}, best_end = end;
  }
  return best;
}

// A job loses its devices, and what it did since its last checkpoint.
void QueuePlayer::stop(std::uint32_t job, bool is_closed) {
  QueuedRun& played = played_.jobs[job];
  JobNow& at = now_of_[job];
  const std::uint32_t pool = played.pool;
  const double speed = speed_of(job, pool, played.devices);
  const Milliseconds held = now() - at.from;
  const bool gives_up = played.failed >= settings_.most_stops;
  let_go(job, gives_up ? HoldEnd::GivenUp : HoldEnd::Failed);
  const SavedWork saving = saved_work_on(jobs_[job], played.devices, pools_[pool], settings_, pool);
  const ReachedWork reached =
      reached_in(std::max<Milliseconds>(held - restart_of(job), 0),
                 static_cast<double>(jobs_[job].run) - at.done, speed, saving);
  add_lost(job, held - std::llround(reached.saved / speed),
           std::llround((reached.done - reached.saved) / speed), played_);
  at = {kNoMoment, at.done + reached.saved};
  if (!gives_up) played.devices = jobs_[job].devices;
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

PlayedQueue play_queue(const std::vector<RigidJob>& jobs, const std::vector<JobPool>& pools,
                       QueuePolicy policy, const QueueSettings& settings, QueueObserver* observer) {
  if (!fits_jobs_to_room(policy) && some_are_elastic(jobs)) {
    PlayedQueue played = play_queue(made_rigid(jobs), pools, policy, settings, observer);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      const QueuedRun& run = played.jobs[i];
      const double devices = jobs[i].devices;
      played.elastic.push_back({static_cast<double>(run.held) * devices,
                                static_cast<double>(run.lost) * devices,
                                static_cast<double>(run.redone) * devices});
    }
    return played;
  }
  if (const auto order = ranked_order(policy)) {
    return play_ranked_queue(jobs, pools, *order, settings, observer);
  }
  return QueuePlayer(jobs, pools, policy, settings, observer).played();
}

}  // namespace chokepoint
