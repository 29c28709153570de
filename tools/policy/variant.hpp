#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/market/redesign.hpp"
#include "tools/policy/impact.hpp"

namespace chokepoint {

/// The most valuable design of a vendor that no government holds back.
struct LegalVariant {
  std::string knobs;  ///< Name of the DesignKnobs.
  std::string base;   ///< Name of the device that they start from.
  int base_cores = 1;
  Variant variant;
};

/// The best of all designs of `vendor` that is free on `route` and on `date`, as vendors go about
/// it (World::redesign); the first of equals. Nothing where the vendor has no knobs to turn, or
/// every setting of them is caught.
std::optional<LegalVariant> best_legal_variant(const PolicyBook& book, OrgId vendor,
                                               const ShipmentRoute& route, Date date);

/// What a rule leaves one vendor.
struct VariantRow {
  std::string vendor;
  std::optional<LegalVariant> without, with;
};

/// A row per vendor that has knobs to turn, in the order of orgs.
std::vector<VariantRow> legal_variants(const PolicyPair& pair, const ShipmentRoute& route,
                                       Date date);

/// A table: what the best design is without and with the rule, and what it is worth of the best
/// device that the vendor could make. Empty where there are no rows.
std::string variants_text(const std::vector<VariantRow>& rows);

/// A list of objects, for the member "variants" of "chokepoint.policy.impact/1".
JsonValue variants_json(const std::vector<VariantRow>& rows);

}  // namespace chokepoint
