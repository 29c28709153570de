#include "models/supply/wafer_owners.hpp"

#include <algorithm>
#include <numeric>

namespace chokepoint {

WaferOwners::WaferOwners(std::size_t vendors, std::size_t stages)
    : stages_(stages), holdings_(vendors * stages) {}

bool WaferOwners::are_kept(const SupplyNetwork& network, StageId stage) {
  if (network.stages[stage.value].kind != StageKind::Wafers) return false;
  return std::ranges::any_of(network.contracts,
                             [&](const Contract& contract) { return contract.stage == stage; });
}

const WaferOwners::Holding* WaferOwners::find(std::size_t vendor, StageId stage) const {
  return is_empty() ? nullptr : &holdings_[vendor * stages_ + stage.value];
}

double WaferOwners::ready(std::size_t vendor, StageId stage, double yield) const {
  const Holding* holding = find(vendor, stage);
  if (holding == nullptr) return 0.0;
  return holding->stock + (holding->work.empty() ? 0.0 : holding->work.front() * yield);
}

double WaferOwners::owned(StageId stage, double yield) const {
  if (is_empty()) return 0.0;
  double all = 0.0;
  for (std::size_t v = 0; v < holdings_.size() / stages_; ++v) all += ready(v, stage, yield);
  return all;
}

double WaferOwners::under_way(std::size_t vendor, StageId stage) const {
  const Holding* holding = find(vendor, stage);
  if (holding == nullptr || holding->work.empty()) return 0.0;
  return std::accumulate(holding->work.begin() + 1, holding->work.end(), 0.0);
}

void WaferOwners::close_month(std::size_t vendor, StageId stage, double yield,
                              std::size_t lead_months, double started, double used) {
  Holding& holding = at(vendor, stage);
  holding.work.resize(lead_months, 0.0);
  if (lead_months == 0) {  // Finished at once.
    holding.stock = std::max(0.0, holding.stock + started * yield - used);
    return;
  }
  holding.stock = std::max(0.0, holding.stock + holding.work.front() * yield - used);
  holding.work.erase(holding.work.begin());
  holding.work.push_back(started);
}

}  // namespace chokepoint
