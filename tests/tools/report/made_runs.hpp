#pragma once

#include <string>
#include <vector>

#include "tests/sim/indicators/made_events.hpp"
#include "tools/report/recorded_run.hpp"

namespace chokepoint::made {

/// Of a run of the made world under another name.
pb::Manifest manifest(const std::string& scenario = "as_it_was",
                      pb::RefusedBudget refused_budget = pb::NOTHING_BOUGHT);

/// What `events` of the made world add up to.
RunAccount account(const std::vector<TraceEvent>& events);

/// The same as a recorded run, of `of`.
RecordedRun run(const pb::Manifest& manifest, const std::vector<TraceEvent>& events,
                World of = world());

/// Runs cannot be copied into a list in braces.
template <class... Runs>
std::vector<RecordedRun> runs(Runs... of) {
  std::vector<RecordedRun> all;
  (all.push_back(std::move(of)), ...);
  return all;
}

}  // namespace chokepoint::made
