#pragma once

#include "sim/trace/event.hpp"
#include "sim/trace/fields/gangs.hpp"
#include "sim/trace/fields/jobs.hpp"
#include "sim/trace/fields/policy.hpp"
#include "sim/trace/fields/requests.hpp"
#include "sim/trace/fields/runs.hpp"
#include "sim/trace/fields/samples.hpp"
#include "sim/trace/fields/steps.hpp"
#include "sim/trace/fields/supply.hpp"
#include "sim/trace/fields/trade.hpp"

namespace chokepoint {

/// The listing of every event there is.
template <class Event>
inline constexpr auto kListing = listed(Of<Event>{});

}  // namespace chokepoint
