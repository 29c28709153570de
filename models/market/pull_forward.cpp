#include "models/market/pull_forward.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "models/policy/regime.hpp"

namespace chokepoint {

std::vector<Pull> pull_forward(const std::vector<DueDelivery>& due, const PullWindow& window,
                               const std::vector<Spare>& spare) {
  assert(0.0 <= window.willing_share && window.willing_share <= 1.0 && window.horizon_days >= 0);
  const Date last = window.effective + std::chrono::days{window.horizon_days};
  std::vector<Spare> left;
  for (const Spare& day : spare) {
    const bool is_inside = window.known <= day.date && day.date < window.effective;
    if (is_inside) left.push_back({day.date, std::floor(day.units)});
  }

  std::vector<Pull> pulls;
  auto day = left.begin();
  for (std::size_t i = 0; i < due.size(); ++i) {
    if (due[i].date < window.effective || last <= due[i].date) continue;
    double wanted = std::floor(admitted_units(due[i].units, window.willing_share));
    while (wanted > 0.0 && day != left.end()) {
      const double moved = std::min(wanted, day->units);
      if (moved > 0.0) pulls.push_back({i, day->date, moved});
      wanted -= moved;
      day->units -= moved;
      if (day->units <= 0.0) ++day;
    }
  }
  return pulls;
}

}  // namespace chokepoint
