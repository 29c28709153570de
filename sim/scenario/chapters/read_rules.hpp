#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Every rule, in the scenario's order.
void read_rules(Reading& reading);

/// Every exception, in the scenario's order. Needs the rules.
void read_exceptions(Reading& reading);

}  // namespace chokepoint
