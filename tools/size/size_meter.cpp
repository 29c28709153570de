#include "tools/size/size_meter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>
#include <utility>

#include "tools/console/interruption.hpp"
#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

constexpr std::uint64_t kDrawnBetweenLooks = 1024;
constexpr double kQuietUntil = 1.0, kBetweenDrawings = 0.1;

/// Tells a meter of every so many requests.
class Counted : public RequestSource {
public:
  Counted(std::unique_ptr<RequestSource> of, SizeMeter& meter, double rate)
      : of_(std::move(of)), meter_(meter), rate_(rate) {}
  ~Counted() override { meter_.drew(drawn_, rate_); }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

  std::optional<Nanoseconds> next_arrival() override { return of_->next_arrival(); }
  std::optional<Request> next() override {
    if (++drawn_ == kDrawnBetweenLooks) meter_.drew(std::exchange(drawn_, 0), rate_);
    return of_->next();
  }
  void ended(const RequestEnd& end) override { of_->ended(end); }

private:
  std::unique_ptr<RequestSource> of_;
  SizeMeter& meter_;
  double rate_;
  std::uint64_t drawn_ = 0;
};

}  // namespace

SizeMeter::SizeMeter(std::ostream& out, ProgressStyle style, std::size_t all, Clock clock)
    : out_(out), style_(style), all_(all), clock_(std::move(clock)), began_(clock_()) {}

SizingLoad SizeMeter::watched(SizingLoad load) {
  load.at = [this,
             at = std::move(load.at)](const LoadDraw& draw) -> std::unique_ptr<RequestSource> {
    return std::make_unique<Counted>(at(draw), *this, draw.rate);
  };
  return load;
}

std::string SizeMeter::status(double rate) const {
  return fmt::format(
      "{} of {} kinds sized  {} requests simulated, the last at {} a second  {:.0f} s", done_, all_,
      format_magnitude(double(requests_)), format_rough(rate), elapsed().count());
}

void SizeMeter::draw(double rate) {
  if (style_ != ProgressStyle::Bar || elapsed().count() < kQuietUntil) return;
  if (elapsed().count() - drawn_.count() < kBetweenDrawings) return;
  drawn_ = elapsed();
  out_ << kEraseLine << status(rate) << std::flush;
}

void SizeMeter::drew(std::uint64_t requests, double rate) {
  const std::scoped_lock lock(held_);
  requests_ += requests;
  draw(rate);
}

void SizeMeter::done(const std::string& device) {
  const std::scoped_lock lock(held_);
  ++done_;
  set_interrupted_task(fmt::format("{} of {} kinds were sized; nothing is kept", done_, all_));
  if (style_ != ProgressStyle::Lines || elapsed().count() < kQuietUntil) return;
  out_ << fmt::format("{} of {} kinds sized: {}\n", done_, all_, device) << std::flush;
}

void SizeMeter::finish() {
  const std::scoped_lock lock(held_);
  if (style_ == ProgressStyle::Silent) return;
  if (style_ == ProgressStyle::Bar && drawn_.count() > 0) out_ << kEraseLine;
  out_ << fmt::format("sized {} {} with {} simulated requests in {:.2f} s\n", done_,
                      done_ == 1 ? "kind" : "kinds", format_magnitude(double(requests_)),
                      std::max(elapsed().count(), 1e-3))
       << std::flush;
}

}  // namespace chokepoint
