#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <mutex>
#include <string>

#include "models/serving/sizing/highest_rate.hpp"
#include "tools/console/progress.hpp"

namespace chokepoint {

/// Shows how far sizing has come: kinds that are done, requests that were simulated, and the rate
/// of the last trial. Says nothing in the first second of wall time but for its last line. Threads
/// may share it.
class SizeMeter {
public:
  using Clock = std::function<std::chrono::duration<double>()>;

  /// `out` must outlive the meter; `all` is how many kinds there are.
  SizeMeter(std::ostream& out, ProgressStyle style, std::size_t all, Clock clock);

  /// The same load, whose requests are counted. Must not outlive the meter.
  SizingLoad watched(SizingLoad load);
  /// A kind is done.
  void done(const std::string& device);
  /// The last line: what was sized, and how long it took.
  void finish();

  /// Requests were drawn, of a load of `rate` a second.
  void drew(std::uint64_t requests, double rate);

private:
  std::string status(double rate) const;
  void draw(double rate);
  std::chrono::duration<double> elapsed() const { return clock_() - began_; }

  std::ostream& out_;
  ProgressStyle style_;
  std::size_t all_, done_ = 0;
  std::uint64_t requests_ = 0;
  Clock clock_;
  std::chrono::duration<double> began_, drawn_{0.0};
  std::mutex held_;
};

}  // namespace chokepoint
