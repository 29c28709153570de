#include "models/supply/vendor_stocks.hpp"

#include <algorithm>
#include <limits>

namespace chokepoint {

VendorStocks::VendorStocks(const SupplyNetwork& network, const Rationing& rationing,
                           const StockOwners& before, std::span<const StageMonth> opened,
                           std::span<const double> rushed)
    : stages_(network.stages.size()) {
  constexpr double kEndless = std::numeric_limits<double>::infinity();
  for (std::uint32_t s = 0; s < stages_; ++s) {
    are_owned_.push_back(StockOwners::are_kept(network, StageId{s}));
  }
  for (std::size_t v = 0; v < rationing.vendors().size(); ++v) {
    for (std::uint32_t s = 0; s < stages_; ++s) {
      const StageId stage{s};
      const StageMonth& now = opened[s];
      const double part = rationing.part(v, stage), all = now.ready();
      const double ready = before.ready(v, stage, now.yield);
      const double due = ready - before.ready(v, stage, 0.0);
      const double nobodys = std::max(0.0, all - before.owned(stage, now.yield));
      const double once = rushed.empty() ? 0.0 : rushed[s];
      const bool comes_unasked = network.stages[s].take_or_pay;
      const double every_month = comes_unasked ? part * std::max(0.0, now.arrived - once) : 0.0;
      received_.push_back(part * nobodys);
      left_.push_back(are_owned_[s] ? std::min(ready + received_.back(), all) : all);
      lay_.push_back(are_owned_[s] ? left_.back() - due : kEndless);
      comes_.push_back(every_month + (are_owned_[s] ? due : now.finished));
    }
  }
  made_.assign(left_.size(), 0.0);
  planned_.assign(left_.size(), kEndless);
}

double VendorStocks::usable(std::size_t vendor, StageId stage) const {
  const std::size_t i = at(vendor, stage);
  return std::max(0.0, std::min(left_[i], planned_[i]));
}

void VendorStocks::take(std::size_t vendor, StageId stage, double units) {
  left_[at(vendor, stage)] -= units;
  planned_[at(vendor, stage)] -= units;
}

void VendorStocks::close_step() {
  for (std::size_t i = 0; i < made_.size(); ++i) {
    left_[i] += made_[i];
    planned_[i] += made_[i];
    made_[i] = 0.0;
  }
}

}  // namespace chokepoint
