#include "models/ecosystem/market_shares.hpp"

#include <numeric>

namespace chokepoint {

Pathway pathway_of(const LedgerRow& row, Country vendor_headquarters, Country home) {
  if (vendor_headquarters == home) return Pathway::Domestic;
  switch (row.status) {
    case LegalStatus::Legal:
      return Pathway::Legal;
    case LegalStatus::Licensed:
      return Pathway::Licensed;
    case LegalStatus::Diverted:
      return Pathway::Diverted;
    case LegalStatus::Rented:
      return Pathway::Rented;
  }
  return Pathway::Legal;
}

double herfindahl(std::span<const double> amounts) {
  const double all = std::accumulate(amounts.begin(), amounts.end(), 0.0);
  if (all <= 0.0) return 0.0;
  double sum = 0.0;
  for (const double amount : amounts) sum += (amount / all) * (amount / all);
  return sum;
}

}  // namespace chokepoint
