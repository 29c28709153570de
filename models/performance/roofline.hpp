#pragma once

#include "models/units.hpp"

namespace chokepoint {

/// Work of one kernel or fused block on one device.
struct Work {
  Flops flops;    ///< Multiply and add count as two.
  Bytes traffic;  ///< Bytes moved between device memory and the chip.
};

/// The two roofs of a device for one number format, as a stack attains them.
struct Roofs {
  FlopsPerSecond compute;
  BytesPerSecond memory;
};

/// Time one device takes for `work`, by the two-roof model: the slower of computing and moving.
///
///   t = max( flops / compute, traffic / memory )
///
/// Ignores launch overhead and overlap with communication.
/// Requires: both roofs positive.
/// Valid for work above ~1 MB of traffic; below it, latency dominates.
/// Source: Williams, Waterman, Patterson, "Roofline", CACM 52(4), 2009.
Seconds roofline_time(const Work& work, const Roofs& roofs);

}  // namespace chokepoint
