#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Quotas, and the sales at home that some of them count. Needs rules and exceptions.
void read_quotas(Reading& reading);

}  // namespace chokepoint
