#pragma once

#include <vector>

#include "tools/report/answer/answer.hpp"

// Sentences about runs without a market over years, such as schedules of deliveries, services and
// training: from their figures of the whole run.

namespace chokepoint {

/// What came of what was ordered, the work that was done, and what held back most.
std::vector<Claim> answer_of_whole(const AnsweredRun& run);

/// What differs of these, the first figure of each topic that does, and what held back most unlike.
std::vector<Claim> answer_of_whole(const AnsweredRun& base, const AnsweredRun& other);

}  // namespace chokepoint
