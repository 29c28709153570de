#pragma once

#include <functional>

#include "models/world.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// Told now and then how far a run has come; never more often than once per simulated day.
using Progress = std::function<void(Seconds now, Seconds horizon)>;

class SiteWatch;

/// Runs `world` from its start to its end and records every fact.
///
/// One run per process: SimGrid's clock does not start again. A second call throws
/// std::logic_error. Facts depend on `world` alone, to the last bit. `watch`, where there is one,
/// looks at a site on the way, and changes nothing.
void run(const World& world, TraceSink& trace, const Progress& progress = {},
         SiteWatch* watch = nullptr);

}  // namespace chokepoint
