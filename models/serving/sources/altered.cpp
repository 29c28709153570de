#include "models/serving/sources/altered.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "models/serving/nanoseconds.hpp"

namespace chokepoint {
namespace {

constexpr double kLatest = 0x1p62;  // Nanoseconds: later dates of a source are as good as this one.

Nanoseconds scaled(Nanoseconds time, double by) {
  return std::llround(static_cast<double>(time) * by);
}

/// A name of its own for each pass; pass 0 keeps the old one. Odd factors lose nothing.
std::uint64_t renamed(std::uint64_t name, std::uint64_t pass) {
  return name ^ (pass * 0x9e3779b97f4a7c15ULL);
}

}  // namespace

double mean_rate(std::uint64_t requests, Nanoseconds span) {
  if (requests < 2) return 0;
  return static_cast<double>(requests - 1) / to_seconds(span).value;
}

Scaled::Scaled(std::unique_ptr<RequestSource> of, double speed)
    : of_(std::move(of)), speed_(speed) {
  assert(speed > 0);
}

std::optional<Nanoseconds> Scaled::next_arrival() {
  const auto at = of_->next_arrival();
  return at ? std::optional(scaled(*at, 1 / speed_)) : std::nullopt;
}

std::optional<Request> Scaled::next() {
  auto request = of_->next();
  if (request) request->arrival = scaled(request->arrival, 1 / speed_);
  return request;
}

void Scaled::ended(const RequestEnd& end) {
  RequestEnd there = end;
  // Rounding down could make what follows arrive before the end that it follows.
  const double exact = std::ceil(static_cast<double>(end.at) * speed_);
  there.at = static_cast<Nanoseconds>(std::min(exact, kLatest));
  while (exact < kLatest && scaled(there.at, 1 / speed_) < end.at) ++there.at;
  of_->ended(there);
}

CutSource::CutSource(std::unique_ptr<RequestSource> of, Cut cut) : of_(std::move(of)), cut_(cut) {
  assert(0 <= cut.from && cut.from <= cut.until);
  for (auto at = of_->next_arrival(); at && *at < cut_.from; at = of_->next_arrival()) of_->next();
}

std::optional<Nanoseconds> CutSource::next_arrival() {
  if (cut_.most == 0) return std::nullopt;
  const auto at = of_->next_arrival();
  if (!at || *at >= cut_.until) return std::nullopt;
  return *at - cut_.from;
}

std::optional<Request> CutSource::next() {
  if (!next_arrival()) return std::nullopt;
  auto request = of_->next();
  request->arrival -= cut_.from;
  --cut_.most;
  return request;
}

void CutSource::ended(const RequestEnd& end) {
  RequestEnd there = end;
  there.at += cut_.from;
  of_->ended(there);
}

Looped::Looped(Again again, Nanoseconds period, std::uint64_t passes)
    : again_(std::move(again)), period_(period), passes_(passes), of_(again_()) {
  assert(period > 0);
}

bool Looped::is_at_end() {
  if (of_->next_arrival()) return false;
  if (pass_ + 1 >= passes_) return true;
  of_ = again_();
  ++pass_;
  return !of_->next_arrival();
}

std::optional<Nanoseconds> Looped::next_arrival() {
  if (is_at_end()) return std::nullopt;
  return *of_->next_arrival() + static_cast<Nanoseconds>(pass_) * period_;
}

std::optional<Request> Looped::next() {
  if (is_at_end()) return std::nullopt;
  auto request = of_->next();
  request->id = made_++;
  request->arrival += static_cast<Nanoseconds>(pass_) * period_;
  if (request->turn) request->turn->session = renamed(request->turn->session, pass_);
  for (auto& block : request->blocks) block = renamed(block, pass_);
  return request;
}

}  // namespace chokepoint
