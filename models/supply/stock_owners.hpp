#pragma once

#include <cstddef>
#include <vector>

#include "models/supply/stage.hpp"

namespace chokepoint {

/// Whose wafers, dies and memory lie at a stage or are under way there. Where anybody has a claim
/// to a stage, each vendor builds of its own: a wafer carries the design of who had it started, and
/// memory is paid for. What nobody had started, what comes and what lies there at first, goes to
/// vendors by their claims in the month in which it comes.
class StockOwners {
public:
  /// Nobody owns anything yet.
  StockOwners() = default;
  StockOwners(std::size_t vendors, std::size_t stages);

  bool is_empty() const { return holdings_.empty(); }

  /// True where what lies at `stage` has owners: what lasts, where somebody has a claim.
  static bool are_kept(const SupplyNetwork& network, StageId stage);

  /// Good units of the vendor that lie ready, with those that are due at `yield`.
  double ready(std::size_t vendor, StageId stage, double yield) const;

  /// The same of all vendors.
  double owned(StageId stage, double yield) const;

  /// Units of the vendor that are under way and not due, before yield.
  double under_way(std::size_t vendor, StageId stage) const;

  /// What happens to a vendor's units in a month; good ones but for `started`, before yield.
  struct Month {
    double received = 0.0;  ///< Of what came or had no owner.
    double started = 0.0;   ///< Ready after the lead of the stage.
    double used = 0.0;
  };
  /// Closes a month: what was due is ready.
  void close_month(std::size_t vendor, StageId stage, double yield, std::size_t lead_months,
                   const Month& month);

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
