#include "models/market/order.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {

std::vector<DueDelivery> due_deliveries(const Order& order, Date begin, Date end) {
  std::vector<DueDelivery> due;
  for (const auto& tranche : order.tranches) {
    const auto& units = tranche.units_per_month;
    assert(units.input);
    for (int i = 0; i < tranche.months; ++i) {
      const Date date = add_months(tranche.first, i);
      if (date < begin || end <= date) continue;
      due.push_back({date, units.value, *units.input});
    }
  }
  std::ranges::stable_sort(due, {}, &DueDelivery::date);
  return due;
}

}  // namespace chokepoint
