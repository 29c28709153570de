#include "models/serving/autoscaling.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {

std::int64_t wanted_replicas(const Autoscaling& rule, std::int64_t outstanding, std::int64_t up) {
  assert(rule.target > 0 && rule.slack >= 0 && rule.slack < 1 && rule.least <= rule.most);
  const auto load = static_cast<double>(outstanding);
  const auto needed = static_cast<std::int64_t>(std::ceil(load / rule.target));
  if (needed >= up) return std::clamp(needed, rule.least, rule.most);
  const double relaxed = load / (rule.target * (1 - rule.slack));
  const auto kept = std::min(static_cast<std::int64_t>(std::ceil(relaxed)), up);
  return std::clamp(kept, rule.least, rule.most);
}

}  // namespace chokepoint
