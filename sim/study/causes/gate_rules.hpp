#pragma once

#include <set>
#include <vector>

#include "models/policy/regime.hpp"
#include "models/world.hpp"

namespace chokepoint {

/// Rules that hold part of a shipment back, by what `ruling` says of it: none, one, or one of each
/// side.
std::vector<RuleId> limiting_rules(const TwoGateRuling& ruling);

/// Rules that in a month hold back what a stage of supply brings in from abroad, or its tools and
/// their upkeep; by id. No delivery is refused for it: the stage has less.
std::vector<RuleId> rules_on_stage(const World& world, StageId stage, Date month);

/// Rules that in a month keep the user of what `buyer` would let it rent from a device; by id.
std::vector<RuleId> rules_on_access(const World& world, const Buyer& buyer, DeviceId device,
                                    Date month);

/// Every stage from which something flows into `component`, at once or through others.
std::set<StageId> feeders_of(const SupplyNetwork& network, ComponentId component);

/// US dollars that a package of a device costs on a day, as listed; 0 where it is not on sale.
double list_price_usd(const World& world, DeviceId device, Date day);

}  // namespace chokepoint
