#include "models/serving/sources/listed.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace chokepoint {

Listed::Listed(std::vector<Request> requests) : requests_(std::move(requests)) {
  assert(std::is_sorted(requests_.begin(), requests_.end(),
                        [](const Request& a, const Request& b) { return a.arrival < b.arrival; }));
}

std::optional<Nanoseconds> Listed::next_arrival() {
  return at_ < requests_.size() ? std::optional(requests_[at_].arrival) : std::nullopt;
}

std::optional<Request> Listed::next() {
  if (at_ == requests_.size()) return std::nullopt;
  return requests_[at_++];
}

}  // namespace chokepoint
