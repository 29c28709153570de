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
/// numbers that an enumeration lacks, UTF-8 in every text, at most kMostBlocks in each other, of
/// which `blocks_around` stand around the text, and at most kMostInList elements in a list.
void read_text(const std::string& text, const std::string& file, google::protobuf::Message& message,
               Places& places, Diagnostics& found, int blocks_around = 0);

inline constexpr int kMostBlocks = 64;
inline constexpr int kMostInList = 20'000;

}  // namespace chokepoint
