#pragma once

#include <chrono>
#include <functional>
#include <iosfwd>
#include <string>

#include "models/calendar.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// How a run tells how far it has come.
enum class ProgressStyle {
  Silent,
  Last,   ///< What was done and how long it took.
  Lines,  ///< A line every 10 %, and the last one.
  Bar,    ///< One line that is drawn again and again, and the last one.
};

/// Takes a drawn line off the terminal.
inline constexpr const char* kEraseLine = "\r\x1b[2K";

/// Bar on a terminal that can redraw a line, lines on another; the last line where standard error
/// is no terminal; silent where `quiet`.
ProgressStyle progress_style(bool quiet);

/// True where the last of `done` among `all` has completed another tenth: time for a line.
bool is_tenth(int done, int all);

/// The line for it on a terminal: "12 of 120 runs", where `what` is "runs".
void tell_tenth(std::ostream& out, ProgressStyle style, int done, int all, const char* what);

/// After each of many: what a signal's line says from then on, and the line of tell_tenth() on
/// standard error. Of these nothing is kept until all are done.
void tell_done(bool quiet, int done, int all, const char* what);

/// Shows how far a run has come: simulated date, speed and time left. Says nothing in the first
/// second, so that a short run prints its last line only.
class ProgressMeter {
public:
  using Clock = std::function<std::chrono::duration<double>()>;

  /// `out` must outlive the meter. `clock` tells wall time from any fixed moment.
  ProgressMeter(std::ostream& out, ProgressStyle style, Moment start, Clock clock);

  /// Requires: 0 <= now <= horizon, horizon positive.
  void update(Seconds now, Seconds horizon);
  /// The last line: what was simulated and how long it took.
  void finish(Seconds horizon);

  /// Wall time since the meter was made.
  std::chrono::duration<double> elapsed() const;

private:
  std::string status(Seconds now, Seconds horizon) const;

  std::ostream& out_;
  ProgressStyle style_;
  Calendar calendar_;
  Clock clock_;
  std::chrono::duration<double> began_;
  std::chrono::duration<double> drawn_{0.0};
  int tenths_ = 0;
};

}  // namespace chokepoint
