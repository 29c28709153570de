#pragma once

#include <cstdint>

#include "models/serving/request.hpp"

namespace chokepoint {

/// How many replicas of a pool are up.
struct Autoscaling {
  std::int64_t least = 1, most = 1;  ///< Replicas; equal: no scaling.
  double target = 32;                ///< Requests that one is to have, waiting ones too; positive.
  double slack = 0.1;                ///< Share of the target by which too few are borne.
  Nanoseconds interval = 15'000'000'000;       ///< Between two looks; Kubernetes' default.
  Nanoseconds provisioning = 120'000'000'000;  ///< From the decision until it serves.
};

/// Replicas that are to be up, where `up` are or soon will be and `outstanding` requests are with
/// them: as many as the target needs; no fewer than now unless one less would keep the slack.
///
///   needed = ceil(outstanding / target),   within least and most
///   fewer only to ceil(outstanding / (target (1 - slack)))
std::int64_t wanted_replicas(const Autoscaling& rule, std::int64_t outstanding, std::int64_t up);

}  // namespace chokepoint
