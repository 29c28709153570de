#pragma once

#include <vector>

#include "models/ids.hpp"

namespace chokepoint {

/// What buyers wanted lately of every supply line, smoothed over months: the last two have half of
/// the weight.
class RecentDemand {
public:
  explicit RecentDemand(std::size_t lines)
      : wanted_(lines, 0.0), queued_(lines, 0.0), sold_(lines, 0.0) {}

  /// Packages of a month by line: all that were wanted, those of them asked for lawfully, and those
  /// sold lawfully. Requires: sold <= queued <= wanted.
  void close_month(const std::vector<double>& wanted, const std::vector<double>& queued,
                   const std::vector<double>& sold);

  /// Packages a month that buyers wanted, in stock or not, lawful or diverted. 0 before anybody
  /// asked.
  double wanted(SupplyId line) const { return wanted_[line.value]; }

  /// The part of lawful demand that was in stock, in [0, 1]; 1 before anybody asked.
  double served_part(SupplyId line) const;

private:
  std::vector<double> wanted_, queued_, sold_;  // By line.
};

}  // namespace chokepoint
