#include "models/world.hpp"

namespace chokepoint {

std::vector<Seconds> month_starts(const World& world) {
  std::vector<Seconds> result;
  const Date first = first_of_month(world.first_day());
  for (int month = 0;; ++month) {
    const Date date = add_months(first, month);
    if (date >= world.end) return result;
    if (date > world.start) result.push_back(world.calendar().at(date));
  }
}

}  // namespace chokepoint
