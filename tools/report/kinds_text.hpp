#pragma once

#include <optional>
#include <string>

#include "models/world.hpp"
#include "sim/indicators/figures.hpp"

namespace chokepoint {

/// Why kinds of devices share out as they do among mainland buyers, by work: what a package is by
/// its roof, what its stack attains of that, what it costs, what governments let through and
/// vendors deliver; then each kind against the one that most is spent on, and what work it is
/// better at. Nothing where nobody weighed anything in `year`.
std::optional<std::string> kinds_text(const World& world, const Figures& yearly, int year);

}  // namespace chokepoint
