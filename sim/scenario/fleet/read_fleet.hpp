#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads `serving_fleet`: what requests of a log are replayed against. Words that an estimate
/// understands, such as formats and engines, are taken as they are. Requires: transformers and
/// sites are read.
void read_serving_fleet(Reading& reading);

}  // namespace chokepoint
