#pragma once

#include "chokepoint/v1/figures.pb.h"
#include "sim/indicators/figures.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Adds the figures of years to what a run found, in their order.
void add_yearly(const Figures& figures, pb::RunFigures& found);

/// What add_yearly() added; every value to its last bit.
Figures yearly_in(const pb::RunFigures& found);

}  // namespace chokepoint
