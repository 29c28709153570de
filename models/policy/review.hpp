#pragma once

#include <vector>

#include "models/policy/rule.hpp"
#include "models/random.hpp"

namespace chokepoint {

/// How one application or notice ends.
struct Decision {
  Seconds time;  ///< From filing to the decision.
  bool refused = false;
};

/// Time from filing to the decision at `z` standard deviations of a normal: the figure itself at 0,
/// the 5 % and 95 % points of its range at -1.645 and 1.645, increasing in between and beyond.
///
///   all positive:  value * (high / value)^(z / 1.645),  below 0 value * (value / low)^(z / 1.645)
///   else:          value + (high - value) * t(z) / t(1.645),  below 0 with value - low;  at least
///   0
///
/// with t the quantile of the triangle on [-1, 1] at the probability of z: log-normal or
/// triangular, of different width on both sides where the figure is not in the middle of its range.
/// Without a range, and where the figure lies outside of it, the figure on that side. Requires: the
/// input states days.
Seconds review_time(const Review& review, const std::vector<Input>& inputs, double z);

/// Draws how one application under `review` ends: from `stream` first the time, then the outcome,
/// whatever the figures are. With one stream a figure that is longer at every point is never a
/// shorter time, and a greater chance of refusal never turns a refusal into a grant.
Decision draw(const Review& review, const std::vector<Input>& inputs, RandomStream& stream);

}  // namespace chokepoint
