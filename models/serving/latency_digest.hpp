#pragma once

#include <cstdint>
#include <vector>

#include "models/serving/fixed_point.hpp"

namespace chokepoint {

/// A distribution of times in buckets that are 1/128 of an octave's start wide: any quantile is
/// within 0.4 % of a time that was added, mean and count are exact. Merging is adding, so that the
/// order of merges and additions does not matter. HdrHistogram's layout with seven bits.
class LatencyDigest {
public:
  /// Requires: time >= 0.
  void add(Nanoseconds time);
  void merge(const LatencyDigest& other);

  std::int64_t count() const { return count_; }
  /// 0 where nothing was added.
  Seconds mean() const;
  /// The least time that at least a share `q` of all do not exceed, as its bucket's middle; 0 where
  /// nothing was added. Requires: q in [0, 1].
  Seconds quantile(double q) const;

  bool operator==(const LatencyDigest&) const = default;

private:
  std::vector<std::int64_t> counts_;  // Up to the greatest bucket in use.
  std::int64_t count_ = 0;
  Ticks sum_ = 0;  // In nanoseconds.
};

}  // namespace chokepoint
