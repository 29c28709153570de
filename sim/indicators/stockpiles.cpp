#include "sim/indicators/stockpiles.hpp"

namespace chokepoint {

Stockpiles::Stockpiles(const World& world, const Ledger& ledger) {
  const auto in_year = [&](Counter counter, std::uint32_t line, int year, double until) {
    const auto before = ledger.samples().find({counter, line, year - 1});
    return until - (before == ledger.samples().end() ? 0.0 : before->second);
  };
  for (const auto& [key, value] : ledger.samples()) {
    const auto& [counter, line, year] = key;
    const bool is_counted = counter == Counter::DevicesMade || counter == Counter::MadeOfStockpiles;
    if (!is_counted) continue;
    Made& made = made_[{world.supplies[line].device.value, year}];
    (counter == Counter::DevicesMade ? made.all : made.of_stockpiles) +=
        in_year(counter, line, year, value);
  }
}

double Stockpiles::share(DeviceId device, int year) const {
  const auto found = made_.find({device.value, year});
  if (found == made_.end() || found->second.all <= 0.0) return 0.0;
  return found->second.of_stockpiles / found->second.all;
}

}  // namespace chokepoint
