#include "sim/engine/demand.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

constexpr double kFresh = 0.3;  // Of a new month in what is smoothed: a half-life of 2 months.

}  // namespace

void Demand::close_month(const std::vector<double>& wanted, const std::vector<double>& sold) {
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    const double fresh = wanted_[i] > 0.0 ? kFresh : 1.0;
    wanted_[i] += fresh * (wanted[i] - wanted_[i]);
    sold_[i] += fresh * (sold[i] - sold_[i]);
  }
}

double Demand::served_part(SupplyId line) const {
  const double wanted = wanted_[line.value];
  return wanted > 0.0 ? std::clamp(sold_[line.value] / wanted, 0.0, 1.0) : 1.0;
}

}  // namespace chokepoint
