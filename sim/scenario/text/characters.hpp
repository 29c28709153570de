#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace chokepoint {

/// True for a byte of UTF-8 that goes on with a character that another began.
inline bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// `text` with its capital letters of ASCII made small.
std::string lowercase(std::string text);

/// Bytes of the well-formed UTF-8 sequence at the head of `text`; 0 where it is malformed.
/// Requires: `text` is not empty.
std::size_t sequence_length(std::string_view text);

/// Offset of the first byte that does not belong to well-formed UTF-8; nothing where all do.
std::optional<std::size_t> first_non_utf8(std::string_view text);

/// The code point of the well-formed sequence `character`.
char32_t code_point(std::string_view character);

/// True where the well-formed sequence `character` steers a terminal: a control of C0 or C1, DEL,
/// a mark that turns the direction of writing, or a separator of lines.
bool steers_terminal(std::string_view character);

/// `text` as it may be shown in a line of a report: what steers a terminal, line ends included, and
/// every byte that is not UTF-8 is '?'; tabs stay.
std::string printable(std::string_view text);

/// `text`, or its two ends with "..." between them where it is longer than `longest` bytes. Cuts
/// between characters. Requires: longest >= 20.
std::string shortened(std::string_view text, std::size_t longest = 60);

}  // namespace chokepoint
