#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "models/supply/inventory.hpp"
#include "models/supply/rationing.hpp"
#include "models/supply/stock_owners.hpp"

namespace chokepoint {

/// What vendors may use of what lies ready at each stage while a month is planned. Of stages with
/// owners that is their own, of others all that is there.
class VendorStocks {
public:
  /// `opened`: the stages as the month begins; `rushed`: of what arrived there, what comes once, by
  /// StageId, or empty.
  VendorStocks(const SupplyNetwork& network, const Rationing& rationing, const StockOwners& before,
               std::span<const StageMonth> opened, std::span<const double> rushed);

  bool are_owned(StageId stage) const { return are_owned_[stage.value]; }

  /// Good units that the vendor may use still.
  double left(std::size_t vendor, StageId stage) const { return left_[at(vendor, stage)]; }
  /// The same of what lay there when the month began; infinite where all may use it.
  double lay(std::size_t vendor, StageId stage) const { return lay_[at(vendor, stage)]; }
  /// By vendor and stage, [vendor * stages + stage]: left(), and what of it came as it comes every
  /// month.
  const std::vector<double>& left() const { return left_; }
  const std::vector<double>& comes() const { return comes_; }

  /// From now on no more is used than these units, by vendor and stage.
  void limit(std::vector<double> units) { planned_ = std::move(units); }
  /// What is left within that.
  double usable(std::size_t vendor, StageId stage) const;

  void take(std::size_t vendor, StageId stage, double units);
  /// Good units that a vendor has made for itself: they lie ready once the step is over.
  void make(std::size_t vendor, StageId stage, double units) { made_[at(vendor, stage)] += units; }
  void close_step();

  /// What vendors received of what came or had no owner.
  double received(std::size_t vendor, StageId stage) const { return received_[at(vendor, stage)]; }

private:
  std::size_t at(std::size_t vendor, StageId stage) const { return vendor * stages_ + stage.value; }

  std::size_t stages_;
  std::vector<bool> are_owned_;                                         // By stage.
  std::vector<double> left_, lay_, comes_, received_, made_, planned_;  // By vendor and stage.
};

}  // namespace chokepoint
