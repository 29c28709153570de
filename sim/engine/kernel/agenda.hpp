#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <vector>

#include "models/units.hpp"

namespace simgrid::kernel::timer {
class Timer;
}
namespace simgrid::s4u {
class Engine;
}

namespace chokepoint {

/// What comes first among the events of one date: the story of a day. One component enters each
/// phase, except for Arrival and Job.
enum class Phase : std::uint8_t {
  // Governments act.
  RulesChange,  ///< Rules and exceptions begin and end.
  PullForward,  ///< A rule becomes known: buyers bring deliveries forward,
  BuyAhead,     ///< and spend budget ahead on what they will lose.
  NewRulings,   ///< Offers and all that waits are judged by the rules of the day.
  // Vendors supply.
  Production,    ///< Fabs make the packages of a month.
  Maturation,    ///< Software stacks mature by a month.
  Backlog,       ///< Vendors count their output; those who wait try again.
  WriteOff,      ///< Vendors write off stock that no order may move.
  Diversion,     ///< Refused buyers get devices around the rules,
  Substitution,  ///< or buy domestic ones.
  // Goods arrive.
  Arrival,  ///< Shipments arrive and are installed; old nodes are retired.
  // The market trades.
  Delivery,  ///< Deliveries of schedules fall due.
  Purchase,  ///< Buyers spend the budget of a month.
  Decision,  ///< Applications are decided; what was brought forward falls due.
  // Datacentres work.
  Job,      ///< Jobs are queued, placed, cut and finished; checkpoints arrive.
  Service,  ///< Demand windows end and begin.
  Sample    ///< Counters are read.
};

/// The future events of the world, in the order of (date, phase, sequence of entry).
///
/// Bridged to SimGrid by one kernel timer, set again for the earliest entry. SimGrid runs a timer
/// before the activities that end on the same date; so that their ends can take their place among
/// the entries of phase Job, entries from that phase on run when SimGrid's clock is kSettling past
/// their date. The agenda's own time, now(), is always the exact date of the entry.
class Agenda {
public:
  using Handler = std::function<void()>;
  using Watcher = std::function<void(Seconds now, Seconds horizon)>;

  /// How far SimGrid's clock may run ahead of now().
  static constexpr Seconds kSettling{1e-6};

  /// Nothing happens at `horizon` or later.
  explicit Agenda(Seconds horizon) : horizon_(horizon) {}
  ~Agenda();
  Agenda(const Agenda&) = delete;
  Agenda& operator=(const Agenda&) = delete;

  /// Runs all entries, and those they add, under `engine`, which must have a platform. Once. What a
  /// handler throws ends the run and is thrown again here.
  void run(const simgrid::s4u::Engine& engine);

  /// Adds an entry; one at the horizon or later is forgotten. Requires: date >= now().
  void at(Seconds date, Phase phase, Handler handler);

  /// Told of the first entry of every day that has one.
  void watch(Watcher watcher) { watcher_ = std::move(watcher); }

  /// Date of the entry that runs; the last one's between entries, the horizon after the run.
  Seconds now() const { return now_; }
  Seconds horizon() const { return horizon_; }

private:
  struct Entry {
    double date;
    std::uint64_t order;  // Phase in the highest byte, sequence below.
    std::uint32_t handler;
  };

  static bool is_later(const Entry& a, const Entry& b);
  static double clock_of(const Entry& entry);
  void run_until(double clock);
  void on_timer();
  void set_timer();

  Seconds horizon_;
  Seconds now_;
  std::uint64_t sequence_ = 0;
  std::vector<Entry> heap_;
  std::vector<Handler> handlers_;  // Entry::handler is an index.
  std::vector<std::uint32_t> unused_;
  simgrid::kernel::timer::Timer* timer_ = nullptr;
  double timer_date_ = 0.0;
  bool bridged_ = false;  // Under SimGrid's loop.
  bool running_entries_ = false;
  std::exception_ptr failure_;
  Watcher watcher_;
  double watched_day_ = -1.0;
};

}  // namespace chokepoint
