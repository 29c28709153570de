#pragma once

#include <optional>
#include <string>

#include "models/curve.hpp"
#include "sim/scenario/reading/reading.hpp"
#include "sim/scenario/reading/unit.hpp"

namespace chokepoint {

/// The curve in field `field` of `parent`, in base units of `unit`; what was not known on the
/// world's `as_of` is left out. Nothing where it is not written, or after a report.
std::optional<Curve> read_curve(Reading& reading, const Cursor& parent, const std::string& field,
                                const Unit& unit);

/// As above; reports a curve that is not written, and then has no point.
Curve read_required_curve(Reading& reading, const Cursor& at, const std::string& field,
                          const Unit& unit);

}  // namespace chokepoint
