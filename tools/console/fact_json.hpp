#pragma once

#include <string>

#include "models/calendar.hpp"
#include "sim/trace/reader.hpp"

namespace chokepoint {

/// Appends the fact as one line of JSON: "time" in UTC, "time_ns" since the epoch as a number, and
/// "fact" as protobuf's JSON has it, with the schema's names, zeros and empty texts included. No
/// line end.
void append_json(Moment epoch, const TimedFact& timed, std::string& out);

}  // namespace chokepoint
