#pragma once

#include <optional>

#include "tools/report/answer/answer.hpp"

namespace chokepoint {

/// What held back most in a run; nothing where nothing did.
std::optional<Claim> held_back_most(const AnsweredRun& run);

/// What held back most unlike in two runs; nothing where all held back alike. `direction` is the
/// sign of what differs first: where that is less, what held back more is looked at first, and the
/// other way round; 0: whichever differs most.
std::optional<Claim> held_back_unlike(const AnsweredRun& base, const AnsweredRun& other,
                                      double direction);

}  // namespace chokepoint
