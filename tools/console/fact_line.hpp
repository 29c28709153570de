#pragma once

#include <google/protobuf/descriptor.h>
#include <cstdint>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "sim/trace/reader.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// The field of `fact` that is set: its kind; null where a later version's fact is of none that is
/// known here.
const google::protobuf::FieldDescriptor* kind_field(const pb::Fact& fact);

/// Kinds of facts, in the schema's order, such as "delivery_due".
std::vector<std::string> fact_kinds();

/// Kind of `fact`; empty where a later version's fact is of none that is known here.
std::string kind_of(const pb::Fact& fact);

/// Moment from which the times of a trace count. Throws std::runtime_error, naming `file`, where
/// the manifest has none.
Moment epoch_of(const pb::Manifest& manifest, const std::string& file);

/// "2025-04-15 06:30:00", the fraction of a second left out.
std::string moment(Moment epoch, std::uint64_t time_ns);

/// The fact on one line, for people and grep: moment, kind, and as name=value the fields that are
/// neither zero nor empty, and every yes or no. A text with a space is in quotes. No line end.
std::string fact_line(Moment epoch, const TimedFact& timed);

/// Appends the fact as one line of JSON: "time" in UTC, "time_ns" since the epoch as a number, and
/// "fact" as protobuf's JSON has it, with the schema's names, zeros and empty texts included. No
/// line end.
void append_json(Moment epoch, const TimedFact& timed, std::string& out);

}  // namespace chokepoint
