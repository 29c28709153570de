#pragma once

#include "chokepoint/v1/facts.pb.h"
#include "models/world.hpp"
#include "sim/trace/event.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Say in the last argument what an event of policy says; see describe().
void tell(const RuleBegan& in, const World& world, pb::Fact& out);
void tell(const RuleEnded& in, const World& world, pb::Fact& out);
void tell(const ExceptionBegan& in, const World& world, pb::Fact& out);
void tell(const ExceptionEnded& in, const World& world, pb::Fact& out);
void tell(const RulingGiven& in, const World& world, pb::Fact& out);
void tell(const ShipmentRefused& in, const World& world, pb::Fact& out);
void tell(const LicenseFiled& in, const World& world, pb::Fact& out);
void tell(const LicenseDecided& in, const World& world, pb::Fact& out);
void tell(const QuotaDrawn& in, const World& world, pb::Fact& out);
void tell(const QuotaExhausted& in, const World& world, pb::Fact& out);
void tell(const FeePaid& in, const World& world, pb::Fact& out);
void tell(const DeliveryPulled& in, const World& world, pb::Fact& out);
void tell(const StockWrittenOff& in, const World& world, pb::Fact& out);
void tell(const StockRestored& in, const World& world, pb::Fact& out);
void tell(const ShipmentSeized& in, const World& world, pb::Fact& out);

}  // namespace chokepoint
