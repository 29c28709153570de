#include "models/serving/sources/closed_loop.hpp"

#include <cassert>
#include <utility>

namespace chokepoint {

ClosedLoopSource::ClosedLoopSource(std::unique_ptr<RequestSource> of, std::uint32_t concurrency,
                                   Nanoseconds think)
    : of_(std::move(of)), ready_(of_->next()), think_(think) {
  assert(concurrency >= 1 && think >= 0);
  for (std::uint32_t i = 0; i < concurrency; ++i) free_.push(0);
}

std::optional<Nanoseconds> ClosedLoopSource::next_arrival() {
  if (!ready_ || free_.empty()) return std::nullopt;
  return free_.top();
}

std::optional<Request> ClosedLoopSource::next() {
  if (!next_arrival()) return std::nullopt;
  std::optional<Request> request = std::move(ready_);
  request->arrival = free_.top();
  free_.pop();
  ready_ = of_->next();
  return request;
}

void ClosedLoopSource::ended(const RequestEnd& end) {
  free_.push(end.at + think_);
}

}  // namespace chokepoint
