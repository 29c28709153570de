#include "models/supply/stock_owners.hpp"

#include <algorithm>
#include <numeric>

namespace chokepoint {

StockOwners::StockOwners(std::size_t vendors, std::size_t stages)
    : stages_(stages), holdings_(vendors * stages) {}

bool StockOwners::are_kept(const SupplyNetwork& network, StageId stage) {
  const StageKind kind = network.stages[stage.value].kind;
  if (kind == StageKind::Equipment || kind == StageKind::Packaging) return false;
  return std::ranges::any_of(network.contracts,
                             [&](const Contract& contract) { return contract.stage == stage; });
}

const StockOwners::Holding* StockOwners::find(std::size_t vendor, StageId stage) const {
  return is_empty() ? nullptr : &holdings_[vendor * stages_ + stage.value];
}

double StockOwners::ready(std::size_t vendor, StageId stage, double yield) const {
  const Holding* holding = find(vendor, stage);
  if (holding == nullptr) return 0.0;
  return holding->stock + (holding->work.empty() ? 0.0 : holding->work.front() * yield);
}

double StockOwners::owned(StageId stage, double yield) const {
  if (is_empty()) return 0.0;
  double all = 0.0;
  for (std::size_t v = 0; v < holdings_.size() / stages_; ++v) all += ready(v, stage, yield);
  return all;
}

double StockOwners::under_way(std::size_t vendor, StageId stage) const {
  const Holding* holding = find(vendor, stage);
  if (holding == nullptr || holding->work.empty()) return 0.0;
  return std::accumulate(holding->work.begin() + 1, holding->work.end(), 0.0);
}

void StockOwners::close_month(std::size_t vendor, StageId stage, double yield,
                              std::size_t lead_months, const Month& month) {
  Holding& holding = at(vendor, stage);
  holding.work.resize(lead_months, 0.0);
  const double finished = lead_months == 0 ? month.started : holding.work.front();
  holding.stock = std::max(0.0, holding.stock + month.received + finished * yield - month.used);
  if (lead_months == 0) return;
  holding.work.erase(holding.work.begin());
  holding.work.push_back(month.started);
}

}  // namespace chokepoint
