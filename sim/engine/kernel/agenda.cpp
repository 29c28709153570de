#include "sim/engine/kernel/agenda.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <simgrid/kernel/Timer.hpp>
#include <simgrid/s4u/Engine.hpp>
#include <utility>

namespace chokepoint {

namespace {

constexpr int kPhaseShift = 56;
constexpr double kDay = 86'400.0;

}  // namespace

Agenda::~Agenda() {
  if (timer_ != nullptr) timer_->remove();
}

void Agenda::run(const simgrid::s4u::Engine& engine) {
  // SimGrid does not wait for a timer at its very first date.
  running_entries_ = true;
  run_until(clock_of({0.0, ~std::uint64_t{0}, 0}));
  running_entries_ = false;
  bridged_ = true;
  set_timer();
  engine.run();
  bridged_ = false;
  if (failure_) std::rethrow_exception(failure_);
  now_ = horizon_;
}

void Agenda::at(Seconds date, Phase phase, Handler handler) {
  if (date >= horizon_ || failure_) return;
  assert(date >= now_);
  std::uint32_t index = 0;
  if (unused_.empty()) {
    index = static_cast<std::uint32_t>(handlers_.size());
    handlers_.push_back(std::move(handler));
  } else {
    index = unused_.back();
    unused_.pop_back();
    handlers_[index] = std::move(handler);
  }
  const auto order = (static_cast<std::uint64_t>(phase) << kPhaseShift) | sequence_++;
  heap_.push_back({date.value, order, index});
  std::push_heap(heap_.begin(), heap_.end(), is_later);
  if (bridged_ && !running_entries_) set_timer();
}

bool Agenda::is_later(const Entry& a, const Entry& b) {
  return a.date != b.date ? a.date > b.date : a.order > b.order;
}

double Agenda::clock_of(const Entry& entry) {
  const bool settles = (entry.order >> kPhaseShift) >= static_cast<std::uint64_t>(Phase::Job);
  return settles ? entry.date + kSettling.value : entry.date;
}

void Agenda::run_until(double clock) {
  while (!heap_.empty() && clock_of(heap_.front()) <= clock) {
    std::pop_heap(heap_.begin(), heap_.end(), is_later);
    const Entry entry = heap_.back();
    heap_.pop_back();
    const Handler handler = std::move(handlers_[entry.handler]);
    unused_.push_back(entry.handler);
    now_ = Seconds{entry.date};
    if (watcher_ && std::floor(entry.date / kDay) > watched_day_) {
      watched_day_ = std::floor(entry.date / kDay);
      watcher_(now_, horizon_);
    }
    handler();
  }
}

void Agenda::on_timer() {
  timer_ = nullptr;  // SimGrid deletes a timer that has run.
  running_entries_ = true;
  // SimGrid would leak its timer if an exception left it.
  try {
    run_until(simgrid::s4u::Engine::get_clock());
  } catch (...) {
    failure_ = std::current_exception();
    heap_.clear();
  }
  running_entries_ = false;
  set_timer();
}

void Agenda::set_timer() {
  if (heap_.empty()) return;
  const double date = clock_of(heap_.front());
  if (timer_ != nullptr) {
    if (timer_date_ <= date) return;
    timer_->remove();
  }
  timer_date_ = date;
  timer_ = simgrid::kernel::timer::Timer::set(date, [this] { on_timer(); });
}

}  // namespace chokepoint
