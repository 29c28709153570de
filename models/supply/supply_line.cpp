#include "models/supply/supply_line.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {

double produced(const std::vector<Output>& schedule, Date begin, Date end) {
  assert(begin <= end);
  double units = 0.0;
  for (std::size_t i = 0; i < schedule.size(); ++i) {
    const Output& output = schedule[i];
    const Date from = std::max(begin, output.from);
    const Date until = i + 1 < schedule.size() ? std::min(end, schedule[i + 1].from) : end;
    if (until <= from) continue;
    const auto days = static_cast<double>((until - from).count());
    units += output.units_per_month.value * (days / kDaysPerMonth);
  }
  return units;
}

double produced(const SupplyLine& line, Date begin, Date end) {
  return produced(line.output, begin, end);
}

}  // namespace chokepoint
