#include "models/supply/rationing.hpp"

#include <algorithm>
#include <set>

namespace chokepoint {

double qualified_part(const Contract& claim, Date month) {
  if (claim.qualification_months.value <= 0.0 || claim.share.points.empty()) return 1.0;
  const int since = months_between(first_of_month(claim.share.points.front().on), month);
  return std::clamp((since + 1) / claim.qualification_months.value, 0.0, 1.0);
}

Rationing::Rationing(const SupplyNetwork& network, Date month)
    : stages_(network.stages.size()), is_claimed_(network.stages.size()) {
  std::set<OrgId> vendors;
  for (const Bill& bill : network.bills) vendors.insert(bill.vendor);
  vendors_.assign(vendors.begin(), vendors.end());
  parts_.assign(vendors_.size() * stages_, 0.0);
  std::vector<double> all(stages_, 0.0);
  for (const Contract& claim : network.contracts) {
    is_claimed_[claim.stage.value] = true;
    const auto vendor = std::ranges::lower_bound(vendors_, claim.vendor);
    if (vendor == vendors_.end() || *vendor != claim.vendor) continue;
    const double weight = value_on(claim.share, month) * qualified_part(claim, month);
    const auto number = static_cast<std::size_t>(vendor - vendors_.begin());
    parts_[number * stages_ + claim.stage.value] += weight;
    all[claim.stage.value] += weight;
  }
  for (std::size_t v = 0; v < vendors_.size(); ++v) {
    for (std::size_t s = 0; s < stages_; ++s) {
      double& part = parts_[v * stages_ + s];
      if (!is_claimed_[s]) {
        part = 1.0;
      } else if (part > 0.0) {
        part /= all[s];
      }
    }
  }
}

double Rationing::part_of_rest(std::size_t vendor, StageId stage) const {
  if (!is_claimed_[stage.value]) return 1.0;
  double rest = 0.0;
  for (std::size_t v = vendor; v < vendors_.size(); ++v) rest += part(v, stage);
  return rest > 0.0 ? part(vendor, stage) / rest : 0.0;
}

}  // namespace chokepoint
