#include "models/market/sold_out.hpp"

#include <algorithm>
#include <limits>

namespace chokepoint {

double SoldOut::taken(double multiple) const {
  return std::min(most, sold + waits * std::max(0.0, multiple * first - sold));
}

SpentBudget::SpentBudget(const std::vector<SoldOut>& sold_out, double open, double money)
    : open_(open), money_(money) {
  taken_.reserve(sold_out.size());
  for (const SoldOut& one : sold_out) {
    const double waiting = one.most - one.sold;  // At most.
    const double full = waiting <= 0.0     ? one.sold
                        : one.waits <= 0.0 ? std::numeric_limits<double>::infinity()
                                           : one.sold + waiting / one.waits;
    taken_.push_back({one.first, one.sold / one.first, one.sold * (1.0 - one.waits),
                      one.waits * one.first, full / one.first, one.most});
  }
}

// What is taken grows with the multiple, ever less steeply. So where the money is spent along a
// tangent, no more than all of it is: the first step goes below, or stays there, and the others go
// up, until all are on the parts of their lines on which they were.
double SpentBudget::multiple_without(std::size_t own, double from) const {
  double multiple = from;
  for (std::size_t step = 0; step <= 2 * taken_.size() + 1; ++step) {
    double slope = open_ + taken_[own].first, fixed = 0.0;
    double above = 0.0, up_to = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < taken_.size(); ++i) {
      const Taken& one = taken_[i];
      if (i == own) continue;
      if (multiple <= one.waits_from) {
        slope += one.first;
        up_to = std::min(up_to, one.waits_from);
      } else if (multiple <= one.full_from) {
        slope += one.slope;
        fixed += one.fixed;
        above = std::max(above, one.waits_from);
        up_to = std::min(up_to, one.full_from);
      } else {
        fixed += one.most;
        above = std::max(above, one.full_from);
      }
    }
    const double next = (money_ - fixed) / slope;
    if (step > 0 && next <= multiple) break;
    multiple = next;
    if (above <= multiple && multiple <= up_to) break;
  }
  return multiple;
}

}  // namespace chokepoint
