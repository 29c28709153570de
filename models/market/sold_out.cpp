#include "models/market/sold_out.hpp"

#include <algorithm>

namespace chokepoint {

double SoldOut::taken(double multiple) const {
  return std::min(most, sold + waits * std::max(0.0, multiple * first - sold));
}

double multiple_without(const std::vector<SoldOut>& sold_out, std::size_t own, double open,
                        double money) {
  // From below: who takes less than his multiple leaves the others more.
  double multiple = 0.0;
  for (std::size_t step = 0; step <= 2 * sold_out.size(); ++step) {
    double still = open + sold_out[own].first, fixed = 0.0;  // Times the multiple, and beside it.
    for (std::size_t i = 0; i < sold_out.size(); ++i) {
      const SoldOut& one = sold_out[i];
      if (i == own) continue;
      if (multiple * one.first <= one.sold) {
        still += one.first;
      } else if (one.taken(multiple) < one.most) {
        still += one.waits * one.first;
        fixed += one.sold * (1.0 - one.waits);
      } else {
        fixed += one.most;
      }
    }
    const double next = (money - fixed) / still;
    if (next <= multiple) break;
    multiple = next;
  }
  return multiple;
}

}  // namespace chokepoint
