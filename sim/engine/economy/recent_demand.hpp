#pragma once

#include <vector>

#include "models/ids.hpp"

namespace chokepoint {

/// What buyers have lately wanted of every supply line, smoothed over months: half of it is of the
/// last two.
class RecentDemand {
public:
  explicit RecentDemand(std::size_t lines)
      : wanted_(lines, 0.0), queued_(lines, 0.0), sold_(lines, 0.0) {}

  /// Packages of a month by line: wanted in all, and of that asked for by lawful ways and sold
  /// there. Requires: sold <= queued <= wanted.
  void close_month(const std::vector<double>& wanted, const std::vector<double>& queued,
                   const std::vector<double>& sold);

  /// Packages a month that would have been bought, whether there or not and on whatever way. 0
  /// before anybody asked.
  double wanted(SupplyId line) const { return wanted_[line.value]; }

  /// Of what was asked for by lawful ways, the part that was there, in [0, 1]; 1 before anybody
  /// asked.
  double served_part(SupplyId line) const;

private:
  std::vector<double> wanted_, queued_, sold_;  // By line.
};

}  // namespace chokepoint
