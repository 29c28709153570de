#pragma once

#include <vector>

#include "models/world.hpp"

namespace chokepoint {

/// List prices as they move: what is written of an offer, times a factor that follows what was
/// wanted and not there, slowly and within bounds.
class ListPrices {
public:
  explicit ListPrices(const World& world);

  /// For one package on `date`; 0 where the offer is not on sale.
  Usd list(std::uint32_t offer, Date date) const;

  /// Of each offer, packages that were sold in the month, and that were wanted and not there.
  void close_month(const std::vector<double>& sold, const std::vector<double>& unmet);

private:
  const World& world_;
  std::vector<double> factor_;  // By offer.
};

}  // namespace chokepoint
