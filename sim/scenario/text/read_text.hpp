#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "sim/scenario/text/diagnostics.hpp"
#include "sim/scenario/text/places.hpp"

namespace chokepoint {

/// Reads `text`, which is in protobuf's text format, into the empty `message`, and where everything
/// was written into `places`. Goes on behind an error, so that all are reported, under the name
/// `file`; what could be read is in the message all the same.
///
/// Stricter than protobuf's own reader: no `inf` and `nan`, no octal or hexadecimal numbers, no
/// numbers that an enumeration lacks, UTF-8 in every text, at most 64 blocks in each other.
void read_text(const std::string& text, const std::string& file, google::protobuf::Message& message,
               Places& places, Diagnostics& found);

}  // namespace chokepoint
