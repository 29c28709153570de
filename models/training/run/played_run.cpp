#include "models/training/run/played_run.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>

#include "models/training/run/run_draws.hpp"

namespace chokepoint {
namespace {

constexpr Nanoseconds kNever = std::numeric_limits<Nanoseconds>::max();
constexpr Nanoseconds kLongestRun = kNever / 8;  // Some 36 years.

// Longer times count as that.
Nanoseconds bounded_nanoseconds(double seconds) {
  return seconds * 1e9 < double(kLongestRun) ? to_nanoseconds(Seconds{seconds}) : kLongestRun;
}

class Play {
public:
  Play(const LongRun& run, std::uint64_t seed, RunObserver* observer, const std::string& streams)
      : run_(run),
        observer_(observer),
        draws_(run, seed, streams),
        work_(bounded_nanoseconds(run.work.value)),
        interval_(std::max<Nanoseconds>(1, bounded_nanoseconds(run.interval.value))),
        stall_(bounded_nanoseconds(run.checkpoint.stall.value)),
        lag_(bounded_nanoseconds(run.checkpoint.lag.value)),
        restart_(bounded_nanoseconds(run.restart.value)),
        planned_every_(run.planned > PerSecond{} ? bounded_nanoseconds(1 / run.planned.value)
                                                 : kNever),
        next_planned_(planned_every_),
        spares_(run.spares) {}

  PlayedRun played() {
    begin_start();
    bool is_up = pass(RunPhase::Restart, restart_);
    while (!is_finished() && !is_given_up()) {
      if (is_up) is_up = train_and_save();
      if (!is_up) {
        recover();
        is_up = pass(RunPhase::Restart, restart_);
      }
    }
    made_.wall = now_;
    made_.lost = made_.of(RunPhase::Train) - made_.work - made_.slowed;
    made_.is_finished = is_finished();
    return made_;
  }

private:
  bool is_finished() const { return made_.work >= work_; }
  bool is_given_up() const {
    return made_.interruptions >= kMostInterruptions || now_ >= kLongestRun;
  }

  // Draws what the start of a gang decides.
  void begin_start() {
    const DrawnStart start = draws_.start();
    is_slow_ = start.is_slow;
    left_ = start.lasts ? bounded_nanoseconds(start.lasts->value) : kNever;
  }

  // Spends time in which nothing fails.
  void spend(RunPhase phase, Nanoseconds time) {
    if (time == 0) return;
    if (observer_ != nullptr) observer_->entered(phase, now_);
    now_ += time;
    made_.phases[static_cast<std::size_t>(phase)] += time;
    if (observer_ != nullptr) observer_->left(phase, now_);
  }

  // Spends time at risk; false where an interruption ended it.
  bool pass(RunPhase phase, Nanoseconds time) {
    const Nanoseconds spent = std::min(time, left_);
    spend(phase, spent);
    if (left_ != kNever) left_ -= spent;
    return spent == time;
  }

  // What training for `time` does of the work, and how long it takes for some of it.
  Nanoseconds work_in(Nanoseconds time) const {
    if (!is_slow_) return time;
    return std::max<Nanoseconds>(1, std::llround(double(time) / (1 + run_.slow_delay)));
  }
  Nanoseconds training_time(Nanoseconds work) const {
    return is_slow_ ? std::llround(double(work) * (1 + run_.slow_delay)) : work;
  }

  // One interval of training and its checkpoint. The one before becomes safe meanwhile.
  bool train_and_save() {
    const Nanoseconds left = work_ - made_.work - unsafe_work_;
    const Nanoseconds in_interval = work_in(interval_);
    const bool is_last = left <= in_interval;
    const Nanoseconds work = is_last ? left : in_interval;
    const Nanoseconds time = is_last ? std::max(work, training_time(work)) : interval_;
    if (!train(time) || !pass(RunPhase::Save, stall_)) return false;
    unsafe_work_ = work, unsafe_time_ = time;
    if (made_.work + work >= next_planned_) {
      stop_as_planned();
    } else if (is_last || lag_ == 0) {
      if (!pass(RunPhase::Save, lag_)) return false;
      commit();
    }
    return true;
  }

  bool train(Nanoseconds time) {
    if (unsafe_work_ == 0) return pass(RunPhase::Train, time);
    const bool is_long = time >= lag_;  // All but the last are.
    if (!pass(is_long ? RunPhase::Train : RunPhase::Save, lag_)) return false;
    commit();
    return pass(RunPhase::Train, is_long ? time - lag_ : time);
  }

  void commit() {
    made_.work += unsafe_work_;
    made_.slowed += unsafe_time_ - unsafe_work_;
    unsafe_work_ = unsafe_time_ = 0;
    ++made_.checkpoints;
    if (observer_ != nullptr) observer_->saved(now_, made_.work);
  }

  // Nothing fails until training goes on.
  void stop_as_planned() {
    spend(RunPhase::Save, lag_);
    commit();
    for (; next_planned_ <= made_.work && !is_finished(); next_planned_ += planned_every_) {
      ++made_.planned_stops;
      spend(RunPhase::Planned, bounded_nanoseconds(run_.planned_stop.value));
      spend(RunPhase::Restart, restart_);
    }
  }

  void recover() {
    const DrawnCause cause = draws_.cause();
    RunInterruption what;
    what.failure = cause.failure;
    what.scope = run_.failures[cause.failure].scope;
    what.is_broken = cause.is_broken;
    what.at = now_;
    what.kept_work = made_.work;
    const Nanoseconds trained = made_.of(RunPhase::Train);
    what.lost = trained - lost_so_far_ - made_.work - made_.slowed;
    what.checkpoint_lost = unsafe_work_ > 0;
    lost_so_far_ += what.lost;
    unsafe_work_ = unsafe_time_ = 0;
    ++made_.interruptions;
    if (observer_ != nullptr) observer_->interrupted(what);
    spend(RunPhase::Detect, bounded_nanoseconds(run_.noticed.value));
    if (what.is_broken) replace();
    begin_start();
  }

  // A spare, or the first server that comes back.
  void replace() {
    ++made_.broken;
    in_repair_.push(now_ + bounded_nanoseconds(draws_.repair().value));
    for (; !in_repair_.empty() && in_repair_.top() <= now_; in_repair_.pop()) ++spares_;
    if (spares_ == 0) {
      ++made_.waits;
      spend(RunPhase::Replace, in_repair_.top() - now_);
      in_repair_.pop();
    } else {
      --spares_;
    }
  }

  const LongRun& run_;
  RunObserver* observer_;
  RunDraws draws_;
  Nanoseconds work_, interval_, stall_, lag_, restart_, planned_every_, next_planned_;
  std::int64_t spares_;
  std::priority_queue<Nanoseconds, std::vector<Nanoseconds>, std::greater<>> in_repair_;
  PlayedRun made_;
  Nanoseconds now_ = 0;
  Nanoseconds left_ = kNever;  // To the interruption, of time at risk.
  bool is_slow_ = false;
  Nanoseconds unsafe_work_ = 0, unsafe_time_ = 0;  // Of a checkpoint that is not safe yet.
  Nanoseconds lost_so_far_ = 0;
};

}  // namespace

PlayedRun play_run(const LongRun& run, std::uint64_t seed, RunObserver* observer,
                   const std::string& streams) {
  assert(run.checkpoint.lag <= run.interval);
  return Play(run, seed, observer, streams).played();
}

}  // namespace chokepoint
