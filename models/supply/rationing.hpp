#pragma once

#include <cstddef>
#include <vector>

#include "models/calendar.hpp"
#include "models/ids.hpp"
#include "models/supply/stage.hpp"

namespace chokepoint {

/// The part of every stage that contracts give each vendor in a month, and who is served first.
class Rationing {
public:
  Rationing(const SupplyNetwork& network, Date month);

  /// Vendors with bills in the order in which they are served: by the lowest number among the
  /// priorities of their contracts, those without any last; ties by id.
  const std::vector<OrgId>& vendors() const { return vendors_; }

  /// The part of `stage` that vendor number `vendor` of `vendors()` may take before leftovers are
  /// shared. Contracts of a stage are filled by priority, then by vendor, until it is used up. 1
  /// for everybody where no contract covers the stage: first come, first served.
  double part(std::size_t vendor, StageId stage) const {
    return parts_[vendor * stages_ + stage.value];
  }

private:
  std::size_t stages_;
  std::vector<OrgId> vendors_;
  std::vector<double> parts_;
};

}  // namespace chokepoint
