#include "models/supply/supply_line.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {

double produced(const SupplyLine& line, Date begin, Date end) {
  assert(begin <= end);
  constexpr double kDaysPerMonth = 365.25 / 12.0;
  double units = 0.0;
  for (std::size_t i = 0; i < line.output.size(); ++i) {
    const Output& output = line.output[i];
    const Date from = std::max(begin, output.from);
    const Date until = i + 1 < line.output.size() ? std::min(end, line.output[i + 1].from) : end;
    if (until <= from) continue;
    const auto days = static_cast<double>((until - from).count());
    units += output.units_per_month.value * (days / kDaysPerMonth);
  }
  return units;
}

}  // namespace chokepoint
