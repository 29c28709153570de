#pragma once

#include <string>
#include <vector>

#include "tools/policy/impact.hpp"
#include "tools/policy/variant.hpp"

namespace chokepoint {

/// How many things are caught and freed, from which verdict to which, and each of them on a line.
std::string impact_text(const PolicyImpact& impact, const World& world);

/// As JSON with schema "chokepoint.policy.impact/1": every thing whose ruling differs, and what
/// vendors are left with.
std::string impact_json(const PolicyImpact& impact, const World& world,
                        const std::vector<VariantRow>& variants);

}  // namespace chokepoint
