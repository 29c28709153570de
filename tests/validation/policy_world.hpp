#pragma once

#include <string>
#include <vector>

#include "models/world.hpp"

namespace chokepoint::validation {

inline constexpr Country kUs{"US"}, kCn{"CN"};

/// What file `name` of scenarios/policy comes to with what is `set`, as by --set; fails the test
/// where it has errors.
World policy_world_of(const std::string& name, const std::vector<std::string>& sets);

/// All rules that ship, with every device and item they speak of.
const World& policy_world();

/// The device or item called `name`; fails the test where there is none.
const NamedItem& item_called(const std::string& name);

/// The org called `name`; fails the test where there is none.
OrgId org_called(const std::string& name);

/// `item`, sold by its vendor from its home to somebody in `to` whose parent sits in
/// `headquarters`.
Shipment shipment_of(const Item& item, Country to, Country headquarters);

/// The verdict called `word`, as in the schema: "PRESUMED_DENIAL".
Verdict verdict_called(const std::string& word);
std::string word_of(Verdict verdict);

}  // namespace chokepoint::validation
