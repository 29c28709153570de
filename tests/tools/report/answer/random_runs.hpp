#pragma once

#include <cstdint>

#include "tools/report/answer/answer.hpp"

namespace chokepoint::made {

/// Two runs of some years of a market with two vendors: their draws, of which some are no pairs,
/// differ by an effect and by noise, either of which may be nothing. The same for the same seed.
struct RandomPair {
  AnsweredRun base, other;
};
RandomPair random_pair(std::uint64_t seed);

/// A run of that market whose figures are all `level`.
AnsweredRun level_run(const std::string& name, double level);

}  // namespace chokepoint::made
