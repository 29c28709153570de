#pragma once

#include <cstddef>
#include <vector>

#include "models/supply/stage.hpp"

namespace chokepoint {

/// Whose wafers a fab holds, ready or under way. A wafer carries the design of the vendor who had
/// it started, so where anybody has a contract at a fab, each vendor builds of its own wafers only.
/// Wafers of a bank, which nobody had started, are shared by contract.
class WaferOwners {
public:
  /// Nobody owns anything yet.
  WaferOwners() = default;
  WaferOwners(std::size_t vendors, std::size_t stages);

  bool is_empty() const { return holdings_.empty(); }

  /// True where wafers of `stage` have owners: of wafers for which somebody has a contract.
  static bool are_kept(const SupplyNetwork& network, StageId stage);

  /// Good wafers of the vendor that lie ready, with those that are due at `yield`.
  double ready(std::size_t vendor, StageId stage, double yield) const;

  /// The same of all vendors.
  double owned(StageId stage, double yield) const;

  /// Wafers of the vendor that are under way and not due, before yield.
  double under_way(std::size_t vendor, StageId stage) const;

  /// Closes a month: what was due is ready, `used` good wafers are gone, and `started` ones,
  /// before yield, are ready after the lead of the stage.
  void close_month(std::size_t vendor, StageId stage, double yield, std::size_t lead_months,
                   double started, double used);

private:
  struct Holding {
    double stock = 0.0;
    std::vector<double> work;  // The first is due next.
  };
  Holding& at(std::size_t vendor, StageId stage) {
    return holdings_[vendor * stages_ + stage.value];
  }
  const Holding* find(std::size_t vendor, StageId stage) const;

  std::size_t stages_ = 0;
  std::vector<Holding> holdings_;  // [vendor * stages + stage]
};

}  // namespace chokepoint
