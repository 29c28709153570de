#pragma once

#include <vector>

#include "models/ids.hpp"

namespace chokepoint {

/// What buyers have lately wanted of every supply line, and what of that was there. Both are
/// smoothed over months, half of them of the last two.
class Demand {
public:
  explicit Demand(std::size_t lines) : wanted_(lines, 0.0), sold_(lines, 0.0) {}

  /// Packages of a month, by line. Requires: sold <= wanted.
  void close_month(const std::vector<double>& wanted, const std::vector<double>& sold);

  /// Packages a month that governments let through, whether there or not. 0 before anybody asked.
  double wanted(SupplyId line) const { return wanted_[line.value]; }

  /// Of what was wanted, the part that was there, in [0, 1]; 1 before anybody asked.
  double served_part(SupplyId line) const;

private:
  std::vector<double> wanted_, sold_;  // By line.
};

}  // namespace chokepoint
