#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>

#include "models/serving/request.hpp"

namespace chokepoint {

/// Requests a second of `requests` that arrive over `span`, from the first to the last: a source
/// that goes on like this sends the next one a mean gap later. 0 for fewer than two; infinite where
/// all arrive at once.
double mean_rate(std::uint64_t requests, Nanoseconds span);

/// Another source in faster time: what it sends in `speed` seconds arrives in one.
class Scaled : public RequestSource {
public:
  /// Requires: speed positive, and no arrival so late that its new date is after 292 years.
  Scaled(std::unique_ptr<RequestSource> of, double speed);

  std::optional<Nanoseconds> next_arrival() override;
  std::optional<Request> next() override;
  void ended(const RequestEnd& end) override;

private:
  std::unique_ptr<RequestSource> of_;
  double speed_;
};

/// What a source is cut to.
struct Cut {
  Nanoseconds from = 0;                                         ///< Becomes 0.
  Nanoseconds until = std::numeric_limits<Nanoseconds>::max();  ///< What arrives then is left out.
  std::uint64_t most = std::numeric_limits<std::uint64_t>::max();  ///< Requests.
};

/// A part of another source. What arrives before the part is passed over, and never ends: a source
/// that waits for ends is cut at its end alone.
class CutSource : public RequestSource {
public:
  CutSource(std::unique_ptr<RequestSource> of, Cut cut);

  std::optional<Nanoseconds> next_arrival() override;
  std::optional<Request> next() override;
  void ended(const RequestEnd& end) override;

private:
  std::unique_ptr<RequestSource> of_;
  Cut cut_;
};

/// A source again and again, from its beginning, each pass `period` after the one before. Ids,
/// sessions and blocks get new names in each pass: as if other people sent the same.
class Looped : public RequestSource {
public:
  /// A new source that sends the same; the beginning of pass `i` from 0.
  using Again = std::function<std::unique_ptr<RequestSource>()>;

  /// Requires: sources that do not wait for ends, with at least one request, all of which arrive
  /// before `period`.
  Looped(Again again, Nanoseconds period, std::uint64_t passes);

  std::optional<Nanoseconds> next_arrival() override;
  std::optional<Request> next() override;

private:
  bool is_at_end();

  Again again_;
  Nanoseconds period_;
  std::uint64_t passes_, pass_ = 0, made_ = 0;
  std::unique_ptr<RequestSource> of_;
};

}  // namespace chokepoint
