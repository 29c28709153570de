#pragma once

#include <vector>

#include "models/world.hpp"

namespace chokepoint {

/// List prices: the price that the scenario states, times a factor that slowly follows unmet
/// demand, within bounds.
class ListPrices {
public:
  explicit ListPrices(const World& world);

  /// For one package on `date`; 0 where the offer is not on sale.
  Usd list(std::uint32_t offer, Date date) const;

  /// Takes in the month: packages sold, and wanted but not in stock, by offer.
  void close_month(const std::vector<double>& sold, const std::vector<double>& unmet);

private:
  const World& world_;
  std::vector<double> factor_;  // By offer.
};

}  // namespace chokepoint
