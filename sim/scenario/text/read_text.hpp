#pragma once

#include <cstddef>
#include <string>

#include "sim/scenario/text/diagnostics.hpp"
#include "sim/scenario/text/path.hpp"
#include "sim/scenario/text/places.hpp"

namespace chokepoint {

inline constexpr int kMostBlocks = 64;
inline constexpr int kMostInList = 20'000;
/// Of all files that are composed. Those of the longest list of orders fit, each with all fields.
inline constexpr std::size_t kMostValues = 1'000'000;

/// What was read before a text, and around it.
struct TextBefore {
  int blocks = 0;          ///< That stand around it.
  std::size_t values = 0;  ///< Of other texts of the same composition.
};

/// Reads `text`, which is in protobuf's text format, into the empty `message`, and where everything
/// was written into `places`. Goes on behind an error, so that all are reported, under the name
/// `file`; what could be read is in the message all the same. Returns how many values were written:
/// scalars, blocks and elements.
///
/// Stricter than protobuf's own reader: no `inf` and `nan`, no octal or hexadecimal numbers, no
/// numbers that an enumeration lacks, UTF-8 in every text, names of at most kLongestName bytes, at
/// most kMostBlocks in each other, at most kMostInList elements in a list, and at most kMostValues
/// with those `before`, where it stops.
std::size_t read_text(const std::string& text, const std::string& file, Message& message,
                      Places& places, Diagnostics& found, const TextBefore& before = {});

}  // namespace chokepoint
