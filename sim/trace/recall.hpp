#pragma once

#include <optional>

#include "chokepoint/v1/facts.pb.h"
#include "sim/trace/event.hpp"
#include "sim/trace/reader.hpp"
#include "sim/trace/sink.hpp"
#include "sim/trace/world_names.hpp"

namespace chokepoint {

/// The event that `fact` tells of, which happened at `time`: what describe() told of it. Nothing
/// where the fact names what the world lacks, or is of a kind that is not known here.
std::optional<TraceEvent> recall(const pb::Fact& fact, Seconds time, const WorldNames& names);

/// Tells `sink` the events of a trace that the world of `names` knows, in their order.
void retell(TraceReader& trace, const WorldNames& names, TraceSink& sink);

}  // namespace chokepoint
