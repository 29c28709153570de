#pragma once

#include <string>

#include "tools/graph/graph_replay.hpp"
#include "tools/print/json_value.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// The answer for people: how long the step lasts and what of it is computing and waiting, by rank
/// and by kind of operator, and how the traces were understood.
std::string graph_text(const LoadedGraphs& loaded, const RankPlacement& placement,
                       const GraphAnswer& answer);

/// The same for programs, schema "chokepoint.replay.graph/1".
JsonValue graph_json(const LoadedGraphs& loaded, const RankPlacement& placement,
                     const GraphAnswer& answer);

/// Every operator with when it begins and how long it takes.
Table operator_table(const LoadedGraphs& loaded, const GraphAnswer& answer);

}  // namespace chokepoint
