#include "sim/engine/trade/supply.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint {

Supply::Supply(const World& world, const Agenda& agenda)
    : world_(world),
      agenda_(agenda),
      taken_(world.supplies.size(), 0.0),
      deposits_(world.supplies.size()) {}

void Supply::deposit(SupplyId line, double units, double from_stockpiles) {
  taken_[line.value] -= units;
  Deposits& deposits = deposits_[line.value];
  deposits.before = before_now(line);
  if (deposits.latest_at < agenda_.now()) deposits.latest = {};
  deposits.latest_at = agenda_.now();
  deposits.latest.units += units;
  deposits.latest.of_stockpiles += units * from_stockpiles;
}

Supply::Made Supply::before_now(SupplyId line) const {
  const auto& [before, latest, latest_at] = deposits_[line.value];
  if (agenda_.now() <= latest_at) return before;
  return {before.units + latest.units, before.of_stockpiles + latest.of_stockpiles};
}

std::optional<SupplyId> Supply::line_of(DeviceId device) const {
  for (std::uint32_t i = 0; i < world_.supplies.size(); ++i) {
    if (world_.supplies[i].device == device) return SupplyId{i};
  }
  return std::nullopt;
}

double Supply::stock(SupplyId line) const {
  const SupplyLine& schedule = world_.supplies[line.value];
  const Date today = world_.calendar().date_at(agenda_.now());
  const double made = schedule.stock.value + produced(schedule, world_.first_day(), today);
  return std::max(0.0, made - taken_[line.value]);
}

double Supply::whole_packages(SupplyId line) const {
  return std::floor(stock(line) + 1e-6);
}

}  // namespace chokepoint
