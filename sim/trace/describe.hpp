#pragma once

#include "chokepoint/v1/facts.pb.h"
#include "models/world.hpp"
#include "sim/trace/event.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Says in `fact` what `event` says, ids replaced by the names that `world` gives them and
/// quantities by numbers in the units that the schema names. `fact` may hold an earlier one: its
/// memory is used again where it is of the same kind. The time of the event is left out, for a
/// trace keeps it in the packet. Requires: ids of `world`; a refusal names its gate.
void describe(const TraceEvent& event, const World& world, pb::Fact& fact);

}  // namespace chokepoint
