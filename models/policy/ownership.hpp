#pragma once

#include <vector>

#include "models/ids.hpp"

namespace chokepoint {

/// Who owns how much of whom.
struct Stake {
  OrgId owner, owned;
  double share = 0.0;  ///< In (0, 1].
};

/// True where stakes that add up to `sum` come to `share`: 0.5 that is a sum of decimals may come
/// out a rounding error below it.
bool reaches(double sum, double share);

/// Parties, sorted, of which `listed` ones own at least `share`, the listed ones left out. Stakes
/// of several owners add up, and a party that meets the share passes on its own stakes in full, as
/// in "owned, directly or indirectly, individually or in aggregate".
/// Requires: share in (0, 1]; `orgs` is the number of parties. Stakes may form cycles.
/// Source: 90 FR 47201 (BIS, 30 September 2025), which takes over the 50 percent rule of OFAC.
std::vector<OrgId> owned_by(const std::vector<Stake>& stakes, std::size_t orgs,
                            const std::vector<OrgId>& listed, double share);

}  // namespace chokepoint
