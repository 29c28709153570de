#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <vector>

#include "models/serving/request.hpp"

namespace chokepoint {

/// Always so many requests under way, taken from another source in its order; its times do not
/// count. Where one ends, however it does, the next arrives after a time to think. All begin at 0.
/// Requires: concurrency at least 1, think not negative.
class ClosedLoopSource : public RequestSource {
public:
  ClosedLoopSource(std::unique_ptr<RequestSource> of, std::uint32_t concurrency,
                   Nanoseconds think = 0);

  std::optional<Nanoseconds> next_arrival() override;
  std::optional<Request> next() override;
  void ended(const RequestEnd& end) override;

private:
  std::unique_ptr<RequestSource> of_;
  std::optional<Request> ready_;
  /// When each place that is free takes its next request.
  std::priority_queue<Nanoseconds, std::vector<Nanoseconds>, std::greater<>> free_;
  Nanoseconds think_;
};

}  // namespace chokepoint
