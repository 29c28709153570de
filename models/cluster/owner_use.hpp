#pragma once

#include <cstdint>
#include <vector>

namespace chokepoint {

/// What owners used of late: device time that counts half after each half-life.
class OwnerUse {
public:
  /// Nobody used anything. Requires: half_life > 0, in the unit of times below.
  OwnerUse(std::size_t owners, double half_life);

  /// An owner holds so many thousandths of devices more (or fewer) from `now` on. Requires: times
  /// never go back.
  void hold(std::uint32_t owner, std::int64_t thousandths, std::int64_t now);

  /// Device time used until `now`, weighed.
  double used(std::uint32_t owner, std::int64_t now) const;

private:
  struct Use {
    double used = 0;  // Until `at`.
    std::int64_t at = 0;
    std::int64_t held = 0;  // Thousandths.
  };

  double rate_;  // Of decay: ln 2 / half-life.
  std::vector<Use> uses_;
};

}  // namespace chokepoint
