#include "sim/engine/economy/recent_demand.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

constexpr double kFresh = 0.3;  // Of a new month in what is smoothed: a half-life of 2 months.

void smooth(std::vector<double>& smoothed, std::size_t line, double fresh, double month) {
  smoothed[line] += fresh * (month - smoothed[line]);
}

}  // namespace

void RecentDemand::close_month(const std::vector<double>& wanted, const std::vector<double>& queued,
                               const std::vector<double>& sold) {
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    smooth(wanted_, i, wanted_[i] > 0.0 ? kFresh : 1.0, wanted[i]);
    const double fresh = queued_[i] > 0.0 ? kFresh : 1.0;
    smooth(queued_, i, fresh, queued[i]);
    smooth(sold_, i, fresh, sold[i]);
  }
}

double RecentDemand::served_part(SupplyId line) const {
  const double queued = queued_[line.value];
  return queued > 0.0 ? std::clamp(sold_[line.value] / queued, 0.0, 1.0) : 1.0;
}

}  // namespace chokepoint
