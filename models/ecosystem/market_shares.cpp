#include "models/ecosystem/market_shares.hpp"

#include <array>
#include <numeric>

namespace chokepoint {

Pathway pathway_of(const LedgerRow& row, Country vendor_headquarters, Country home) {
  if (vendor_headquarters == home) return Pathway::Domestic;
  constexpr std::array kByStatus = {Pathway::Legal, Pathway::Licensed, Pathway::Diverted,
                                    Pathway::Rented};
  return kByStatus[static_cast<std::size_t>(row.status)];
}

double herfindahl(std::span<const double> amounts) {
  const double all = std::accumulate(amounts.begin(), amounts.end(), 0.0);
  if (all <= 0.0) return 0.0;
  double sum = 0.0;
  for (const double amount : amounts) sum += (amount / all) * (amount / all);
  return sum;
}

}  // namespace chokepoint
