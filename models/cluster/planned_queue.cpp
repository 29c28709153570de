#include <algorithm>
#include <utility>

#include "models/cluster/queue_player.hpp"

namespace chokepoint {
namespace {

// Of more that wait, those behind one that gives up its slot do not move up at once: planning all
// of them anew takes the square of their number, and one may give up its slot at every moment.
constexpr std::size_t kMostPlannedAnew = 200;

}  // namespace

// Whether no pool takes a job any more, whatever is known only later.
bool QueuePlayer::is_never_placed(JobAt job) const {
  for (std::uint32_t p = 0; p < pools_.size(); ++p) {
    if (!takes(p, job)) continue;
    const int most = std::min(jobs_[job].most_devices(), nodes_.all(p));
    for (int devices = jobs_[job].least_devices(); devices <= most; ++devices) {
      const Milliseconds time = expected_on(job, p, devices);
      const Milliseconds begin = policy_ == QueuePolicy::Conservative
                                     ? plans_.first(p, devices, time, kNoMoment).begin
                                     : expected_.first(p, devices, time, kNoMoment);
      if (begin < kNoMoment) return false;
    }
  }
  return true;
}

void QueuePlayer::never_place(JobAt job) {
  QueuedRun& played = played_.jobs[job];
  played.is_never_placed = true;
  if (played.failed == 0) played.start = now();
  played.end = now();
}

void QueuePlayer::admit_with_reservations(JobAt from, JobAt to) {
  const bool plans_all = std::exchange(must_plan_all_, false);
  if (std::exchange(somebody_was_early_, false) && !plans_all) plan_again();
  if (plans_all) plan_all();
  for (JobAt job = from; job < to; ++job) {
    if (!plan(job)) continue;
    const Milliseconds begin = reserved_[job].begin;
    if (begin < kNoMoment) played_.jobs[job].promised = begin;
  }
  do {
    start_those_due();
  } while (join_others());
  plans_.forget();
}

void QueuePlayer::start_those_due() {
  for (auto at = due_.begin(); at != due_.end() && at->first <= now();) {
    const JobAt job = at->second;
    at = due_.erase(at);
    const PlannedSlot slot = std::move(reserved_[job]);
    reserved_.erase(job);
    if (!is_part(job)) {
      start(job, slot.pool, slot.parts);
      continue;
    }
    plans_.give(slot.parts, slot.begin, slot.end);
    if (const auto device = device_to_join(job, slot.pool)) {
      join(job, slot.pool, *device);
    } else {
      plans_.take(slot.parts, slot.begin, slot.end);
      start(job, slot.pool, slot.parts);
    }
  }
}

// A shared device with room for a part, that is held for as long, or that nobody is promised
// meanwhile.
std::optional<int> QueuePlayer::device_to_join(JobAt job, std::uint32_t pool) const {
  const Milliseconds end = now() + expected(job, pool);
  return nodes_.device_with_room(pool, jobs_[job].part, end, [&](int device) {
    const Milliseconds ends = nodes_.shared(pool).ends(device);
    return plans_.has_one(nodes_.group_of_shared(pool, device), ends, end);
  });
}

void QueuePlayer::join(JobAt job, std::uint32_t pool, int device) {
  const Milliseconds ends = nodes_.shared(pool).ends(device), end = now() + expected(job, pool);
  if (end > ends) plans_.take({{nodes_.group_of_shared(pool, device), 1}}, ends, end);
  start(job, pool, {}, device);
}

// Those that wait for a part start where there is room beside others, and give up what they were
// promised. Says whether anybody does.
bool QueuePlayer::join_others() {
  bool any = false;
  for (auto at = reserved_.begin(); at != reserved_.end();) {
    const JobAt job = at->first;
    const PlannedSlot slot = at->second;
    ++at;
    if (!is_part(job) || !has_room_beside_others(jobs_[job].part)) continue;
    if (slot.end < kNoMoment) plans_.give(slot.parts, slot.begin, slot.end);
    std::optional<Beside> best;
    Milliseconds best_end = slot.end;
    for (std::uint32_t p = 0; p < pools_.size(); ++p) {
      const bool has_room = takes(p, job) && nodes_.shared(p).has_room(jobs_[job].part);
      const Milliseconds end = now() + expected(job, p);
      if (!has_room || end > best_end || (best && end == best_end)) continue;
      const auto device = device_to_join(job, p);
      if (device) best = {p, device}, best_end = end;
    }
    if (!best) {
      if (slot.end < kNoMoment) plans_.take(slot.parts, slot.begin, slot.end);
      continue;
    }
    due_.erase({slot.begin, job});
    reserved_.erase(job);
    join(job, best->pool, *best->device);
    if (jobs_[job].submit == now()) played_.jobs[job].promised = now();
    any = true;
  }
  if (any && reserved_.size() <= kMostPlannedAnew) plan_again();
  return any;
}

// Whether a shared device of any pool has room.
bool QueuePlayer::has_room_beside_others(int part) const {
  for (std::uint32_t p = 0; p < pools_.size(); ++p) {
    if (nodes_.shared(p).has_room(part)) return true;
  }
  return false;
}

// Gives a job its first slot among what others have, or none as long as nobody knows one. Says
// whether it may ever have one; else it leaves.
bool QueuePlayer::plan(JobAt job) {
  PlannedSlot best;
  for (std::uint32_t p = 0; p < pools_.size(); ++p) {
    if (!takes(p, job)) continue;
    PlannedSlot slot = plans_.first(p, jobs_[job].devices, expected(job, p), now());
    if (slot.end < best.end) best = std::move(slot);
  }
  if (best.end == kNoMoment && is_never_placed(job)) {
    never_place(job);
    reserved_.erase(job);
    return false;
  }
  plans_.take(best.parts, best.begin, best.end);
  if (best.end < kNoMoment) due_.insert({best.begin, job});
  reserved_[job] = std::move(best);
  return true;
}

// Those that wait move into what has become free, one after the other, and none into what another
// has: so none becomes later.
void QueuePlayer::plan_again() {
  due_.clear();
  for (auto at = reserved_.begin(); at != reserved_.end();) {
    const auto& [job, slot] = *at++;
    plans_.give(slot.parts, slot.begin, slot.end);
    plan(job);
  }
}

// What is free changed in other ways than by what jobs expected: all who wait are planned anew.
void QueuePlayer::plan_all() {
  due_.clear();
  plans_.clear();
  for (std::uint32_t g = 0; g < nodes_.groups().size(); ++g) {
    for (const auto& [end, held] : expected_.ends_of(g)) {
      plans_.take({{g, held}}, now(), end.first);
    }
  }
  for (auto at = reserved_.begin(); at != reserved_.end();) plan((at++)->first);
}

}  // namespace chokepoint
