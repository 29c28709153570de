#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>

#include "tools/console/progress.hpp"
#include "tools/fleet/replay.hpp"

namespace chokepoint {

/// Shows how far a replay has come: requests that ended, when it is, how many wait and the TTFT
/// so far. Says nothing in the first second of wall time but for its last line.
class ReplayMeter : public ReplayListener {
public:
  using Clock = std::function<std::chrono::duration<double>()>;

  /// `out` must outlive the meter; `all` is how many requests there are.
  ReplayMeter(std::ostream& out, ProgressStyle style, std::uint64_t all, std::string what,
              Clock clock);

  void ended(const EndedRequest& end, const Fleet& fleet) override;
  /// The last line: what was replayed, and how long it took.
  void finish();

private:
  std::string status(const Fleet& fleet) const;
  std::chrono::duration<double> elapsed() const { return clock_() - began_; }

  std::ostream& out_;
  ProgressStyle style_;
  std::uint64_t all_, done_ = 0, tenths_ = 0;
  std::string what_;
  Clock clock_;
  std::chrono::duration<double> began_, drawn_{0.0};
};

}  // namespace chokepoint
