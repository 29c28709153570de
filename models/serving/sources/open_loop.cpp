#include "models/serving/sources/open_loop.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace chokepoint {

OpenLoop::OpenLoop(RateCurve curve, std::vector<LengthStep> lengths, std::uint64_t seed,
                   const std::string& name)
    : period_(curve.period),
      arrivals_(std::move(curve), RandomStream(seed, name + "/arrivals")),
      lengths_(std::move(lengths)),
      prompts_(seed, name + "/prompts"),
      outputs_(seed, name + "/outputs"),
      due_(arrivals_.next()) {
  assert(!lengths_.empty());
}

std::optional<Nanoseconds> OpenLoop::next_arrival() {
  return due_ ? std::optional(to_nanoseconds(*due_)) : std::nullopt;
}

std::optional<Request> OpenLoop::next() {
  if (!due_) return std::nullopt;
  const Seconds phase = period_.value > 0 ? Seconds{std::fmod(due_->value, period_.value)} : *due_;
  const auto after =
      std::upper_bound(lengths_.begin() + 1, lengths_.end(), phase,
                       [](Seconds at, const LengthStep& step) { return at < step.from; });
  const LengthStep& lengths = *(after - 1);
  Request request;
  request.id = made_++;
  request.arrival = to_nanoseconds(*due_);
  request.prompt = lengths.prompt.draw(prompts_);
  request.output = lengths.output.draw(outputs_);
  due_ = arrivals_.next();
  return request;
}

Retimed::Retimed(std::unique_ptr<RequestSource> of, RateCurve curve, std::uint64_t seed,
                 const std::string& name)
    : of_(std::move(of)), arrivals_(std::move(curve), RandomStream(seed, name + "/arrivals")) {
  date_next();
}

void Retimed::date_next() {
  ready_ = of_->next();
  if (!ready_) return;
  const auto at = arrivals_.next();
  if (at) {
    ready_->arrival = to_nanoseconds(*at);
  } else {
    ready_.reset();
  }
}

std::optional<Nanoseconds> Retimed::next_arrival() {
  return ready_ ? std::optional(ready_->arrival) : std::nullopt;
}

std::optional<Request> Retimed::next() {
  if (!ready_) return std::nullopt;
  std::optional<Request> request = std::move(ready_);
  date_next();
  return request;
}

}  // namespace chokepoint
