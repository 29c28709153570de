#include "tools/console/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string_view>
#include <utility>

#include "tools/console/interruption.hpp"

namespace chokepoint {
namespace {

constexpr double kQuietSeconds = 1.0;
constexpr double kSecondsBetweenDrawings = 0.1;
constexpr int kBarWidth = 30;

}  // namespace

ProgressStyle progress_style(bool quiet) {
  if (quiet) return ProgressStyle::Silent;
  if (isatty(STDERR_FILENO) != 1) return ProgressStyle::Last;
  const char* terminal = std::getenv("TERM");
  const bool redraws = terminal != nullptr && std::string_view(terminal) != "dumb";
  return redraws ? ProgressStyle::Bar : ProgressStyle::Lines;
}

bool is_tenth(int done, int all) {
  return (10 * done) / all != (10 * (done - 1)) / all;
}

void tell_tenth(std::ostream& out, ProgressStyle style, int done, int all, const char* what) {
  if (style >= ProgressStyle::Lines && is_tenth(done, all))
    out << fmt::format("{} of {} {}\n", done, all, what);
}

void tell_done(bool quiet, int done, int all, const char* what) {
  set_interrupted_task(fmt::format("{} of {} {} were done; nothing is kept", done, all, what));
  tell_tenth(std::cerr, progress_style(quiet), done, all, what);
}

ProgressMeter::ProgressMeter(std::ostream& out, ProgressStyle style, Moment start, Clock clock)
    : out_(out), style_(style), calendar_{start}, clock_(std::move(clock)), began_(clock_()) {}

std::chrono::duration<double> ProgressMeter::elapsed() const {
  return clock_() - began_;
}

std::string ProgressMeter::status(Seconds now, Seconds horizon) const {
  const double wall_s = elapsed().count();
  const double share = now / horizon;
  const double left_s = share > 0.0 ? wall_s * (1.0 - share) / share : 0.0;
  return fmt::format("{:3.0f} %  {}  {:.0f} simulated days/s  {:.0f} s left", 100.0 * share,
                     format_date(calendar_.date_at(now)), now / 1_days / wall_s, left_s);
}

void ProgressMeter::update(Seconds now, Seconds horizon) {
  if (style_ < ProgressStyle::Lines || elapsed().count() < kQuietSeconds) return;
  if (style_ == ProgressStyle::Lines) {
    const int tenths = static_cast<int>(10.0 * (now / horizon));
    if (tenths <= tenths_ || tenths >= 10) return;
    tenths_ = tenths;
    out_ << status(now, horizon) << std::endl;
    return;
  }
  if (elapsed().count() - drawn_.count() < kSecondsBetweenDrawings) return;
  drawn_ = elapsed();
  const int full = std::min(kBarWidth, static_cast<int>(kBarWidth * (now / horizon)));
  out_ << kEraseLine
       << fmt::format("[{:#<{}}{:.<{}}] {}", "", full, "", kBarWidth - full, status(now, horizon))
       << std::flush;
}

void ProgressMeter::finish(Seconds horizon) {
  if (style_ == ProgressStyle::Silent) return;
  const double wall_s = std::max(elapsed().count(), 1e-3);
  if (style_ == ProgressStyle::Bar && drawn_.count() > 0.0) out_ << kEraseLine;
  out_ << fmt::format("simulated {:.0f} days in {:.{}f} s, {:.0f} days/s\n", horizon / 1_days,
                      wall_s, wall_s < 10.0 ? 2 : 0, horizon / 1_days / wall_s)
       << std::flush;
}

}  // namespace chokepoint
