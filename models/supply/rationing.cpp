#include "models/supply/rationing.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace chokepoint {
namespace {

std::vector<OrgId> in_order_of_service(const SupplyNetwork& network) {
  std::map<OrgId, int> best;
  for (const Bill& bill : network.bills) best[bill.vendor] = std::numeric_limits<int>::max();
  for (const Contract& contract : network.contracts) {
    const auto vendor = best.find(contract.vendor);
    if (vendor != best.end()) vendor->second = std::min(vendor->second, contract.priority);
  }
  std::vector<OrgId> vendors;
  vendors.reserve(best.size());
  for (const auto& [vendor, priority] : best) vendors.push_back(vendor);
  std::ranges::stable_sort(vendors, [&](OrgId a, OrgId b) { return best[a] < best[b]; });
  return vendors;
}

}  // namespace

Rationing::Rationing(const SupplyNetwork& network, Date month)
    : stages_(network.stages.size()), vendors_(in_order_of_service(network)) {
  parts_.assign(vendors_.size() * stages_, 1.0);
  std::vector<const Contract*> contracts;
  for (const Contract& contract : network.contracts) {
    contracts.push_back(&contract);
    for (std::size_t v = 0; v < vendors_.size(); ++v) {
      parts_[v * stages_ + contract.stage.value] = 0.0;
    }
  }
  std::ranges::stable_sort(contracts, [](const Contract* a, const Contract* b) {
    return std::tie(a->priority, a->vendor) < std::tie(b->priority, b->vendor);
  });
  std::vector<double> left(stages_, 1.0);
  for (const Contract* contract : contracts) {
    const auto vendor = std::ranges::find(vendors_, contract->vendor);
    if (vendor == vendors_.end()) continue;
    const std::size_t stage = contract->stage.value;
    const double share = std::clamp(value_on(contract->share, month), 0.0, left[stage]);
    parts_[static_cast<std::size_t>(vendor - vendors_.begin()) * stages_ + stage] += share;
    left[stage] -= share;
  }
}

}  // namespace chokepoint
