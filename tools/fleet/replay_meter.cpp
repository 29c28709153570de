#include "tools/fleet/replay_meter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <utility>

#include "tools/console/interruption.hpp"
#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

constexpr std::uint64_t kEndsBetweenLooks = 256;
constexpr double kQuietUntil = 1.0, kBetweenDrawings = 0.1;

}  // namespace

ReplayMeter::ReplayMeter(std::ostream& out, ProgressStyle style, std::uint64_t all,
                         std::string what, Clock clock)
    : out_(out),
      style_(style),
      all_(std::max<std::uint64_t>(all, 1)),
      what_(std::move(what)),
      clock_(std::move(clock)),
      began_(clock_()) {}

std::string ReplayMeter::status(const Fleet& fleet) const {
  const double wall = std::max(elapsed().count(), 1e-3);
  const double share = double(done_) / double(all_);
  return fmt::format(
      "{:3.0f} %  {} of {} requests on {}  {:.0f} s  {} in flight  TTFT p50 {} s  "
      "{:.0f} s left",
      100 * share, format_value(double(done_)), format_value(double(all_)), what_,
      double(fleet.now()) * 1e-9, format_value(double(fleet.outstanding())),
      format_rough(fleet.total().ttft.quantile(0.5).value), wall * (1 - share) / share);
}

void ReplayMeter::ended(const EndedRequest&, const Fleet& fleet) {
  if (++done_ % kEndsBetweenLooks != 0) return;
  set_interrupted_task(
      fmt::format("{} of {} requests were replayed on {}; nothing is kept", done_, all_, what_));
  if (style_ < ProgressStyle::Lines || elapsed().count() < kQuietUntil) return;
  if (style_ == ProgressStyle::Lines) {
    const std::uint64_t tenths = 10 * done_ / all_;
    if (tenths <= tenths_ || tenths >= 10) return;
    tenths_ = tenths;
    out_ << status(fleet) << std::endl;
  } else if (elapsed().count() - drawn_.count() >= kBetweenDrawings) {
    drawn_ = elapsed();
    out_ << kEraseLine << status(fleet) << std::flush;
  }
}

void ReplayMeter::finish() {
  if (style_ == ProgressStyle::Silent) return;
  if (style_ == ProgressStyle::Bar && drawn_.count() > 0) out_ << kEraseLine;
  const double wall = std::max(elapsed().count(), 1e-3);
  out_ << fmt::format("replayed {} requests on {} in {:.2f} s, {} requests/s\n",
                      format_value(double(done_)), what_, wall,
                      format_magnitude(double(done_) / wall))
       << std::flush;
}

}  // namespace chokepoint
