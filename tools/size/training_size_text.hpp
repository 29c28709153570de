#pragma once

#include <string>
#include <vector>

#include "tools/print/json_value.hpp"
#include "tools/size/port_work.hpp"
#include "tools/size/training_size.hpp"

namespace chokepoint {

/// The answer for people: gangs side by side, what a port of the model's family to each stack
/// takes, and why kinds do not make it or were left out.
std::string training_size_text(const TrainingSizeQuestion& question,
                               const std::vector<SizedGangKind>& kinds, const TrainingWorld& world,
                               const std::vector<PortWork>& ports);

/// The same for programs, schema "chokepoint.size.training/1".
JsonValue training_size_json(const TrainingSizeQuestion& question,
                             const std::vector<SizedGangKind>& kinds, const TrainingWorld& world,
                             const std::vector<PortWork>& ports);

}  // namespace chokepoint
