#pragma once

#include <variant>

#include "sim/trace/event/gangs.hpp"
#include "sim/trace/event/jobs.hpp"
#include "sim/trace/event/policy.hpp"
#include "sim/trace/event/requests.hpp"
#include "sim/trace/event/runs.hpp"
#include "sim/trace/event/samples.hpp"
#include "sim/trace/event/steps.hpp"
#include "sim/trace/event/supply.hpp"
#include "sim/trace/event/trade.hpp"

namespace chokepoint {

/// One fact about the run, at one simulated time. Facts come in order of time.
using TraceEvent = OneOf<PolicyEvents, TradeEvents, SupplyEvents, JobEvents, SampleEvents,
                         RequestEvents, RunEvents, StepEvents, GangEvents>;

/// The coarsest level that keeps the fact. Samples are Site: the sampler
/// decides how many there are.
TraceLevel level_of(const TraceEvent& event);

/// How the fact is drawn.
Timeline timeline_of(const TraceEvent& event);

/// When the fact happened.
Seconds time_of(const TraceEvent& event);

}  // namespace chokepoint
