#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reports lists that multiply each other beyond measure: pools, pairs of buyers and offers,
/// routes. False after a report: a world of this size is not even read.
bool check_size(const Composed& composed, Diagnostics& found);

/// Reports what a run would choke on, each with its estimate and at what contributes most to it:
/// checkpoints saved, and on their way at the same time; windows of services; values sampled;
/// deliveries; hosts. Figures that are believable one by one can ask for more of these than a
/// machine has time or memory for. proto/scenario states the bounds.
/// Requires: everything was read without an error.
void check_load(const Reading& reading);

}  // namespace chokepoint
