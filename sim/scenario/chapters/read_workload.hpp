#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads `transformers`.
void read_transformers(Reading& reading);

/// Reads `reference`, which is required where there are sites. Requires: devices are read.
void read_reference(Reading& reading);

/// Worth of every device in reference devices; all but TPP is zero where a peak or the memory is
/// not known. Requires: everything that these depend on was read without an error.
std::vector<DeviceWorth> worth_of_devices(const Reading& reading);

/// Sets what serving attains on each device: by the engine of its stack, and where that is borrowed
/// by how the stack's fractions stand to those of the reference's. Reports a reference device of
/// which no group holds the reference's model.
void read_serving(Reading& reading);

}  // namespace chokepoint
