#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/scenario/compose/explain.hpp"
#include "sim/study/causes/sensitivity.hpp"

namespace chokepoint {

/// A table of the figures that move the run, with what is written of them, by path; then how many
/// others do not, and how many could not be moved.
std::string sensitivities_text(const std::vector<Sensitivity>& ranked,
                               const std::map<std::string, ExplainedValue>& by_path);

}  // namespace chokepoint
