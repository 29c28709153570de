#pragma once

#include <string>

#include "sim/scenario/text/path.hpp"

namespace chokepoint {

/// `message` in text format on one line, without the braces around it.
std::string one_line(const Message& message);

/// The value of `field` in text format on one line: "12.5", "\"CN\"", "{ value: 1 }", and lists in
/// brackets. Empty where nothing is there.
std::string one_line(const Message& message, const FieldDescriptor& field);

}  // namespace chokepoint
