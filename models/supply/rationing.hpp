#pragma once

#include <cstddef>
#include <vector>

#include "models/calendar.hpp"
#include "models/ids.hpp"
#include "models/supply/stage.hpp"

namespace chokepoint {

/// The part of every stage that claims give each vendor in a month. Claims to a stage are weights:
/// what each vendor's is of their sum is its part, so parts of a stage add up to 1 whatever is
/// drawn. A claim grows to its full weight while its vendor qualifies the process.
class Rationing {
public:
  Rationing(const SupplyNetwork& network, Date month);

  /// Vendors with bills, by id.
  const std::vector<OrgId>& vendors() const { return vendors_; }

  /// The part of `stage` that vendor number `vendor` of `vendors()` may take before leftovers are
  /// shared. 1 for everybody where nobody has a claim: first come, first served.
  double part(std::size_t vendor, StageId stage) const {
    return parts_[vendor * stages_ + stage.value];
  }

  /// Of what is left of `stage` when the turn is vendor number `vendor`'s, its part where those
  /// with a greater number still come: so that all get the same part of what they claim.
  double part_of_rest(std::size_t vendor, StageId stage) const;

private:
  std::size_t stages_;
  std::vector<OrgId> vendors_;
  std::vector<double> parts_;
  std::vector<bool> is_claimed_;  // By stage.
};

/// Of a claim's weight, what counts in `month`: it grows in equal steps from the month of its first
/// point over `qualification` months, and is whole after that.
double qualified_part(const Contract& claim, Date month);

}  // namespace chokepoint
