#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reports at field `node` of `at` what is not known of a device that somebody is to compute with:
/// a peak, its memory, its bandwidth, or the power of its node.
void check_pool_device(const Reading& reading, const Cursor& at, NodeTypeId node, DeviceId device);

/// Reads `sites` with their pools and stocks. Requires: nodes are read.
void read_sites(Reading& reading);

}  // namespace chokepoint
