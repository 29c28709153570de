#pragma once

#include <string>

#include "sim/measure/measured_table.hpp"

namespace chokepoint {

/// Why a row of training runs cannot be read: the first cell of those that say model, plan and
/// settings that is no number, no whole one, out of its range or a word that its column does not
/// know, and the nearest value that can be read. Empty cells can. Empty where all can.
std::string training_cells_reason(const MeasuredRow& row);

}  // namespace chokepoint
