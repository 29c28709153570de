#pragma once

#include <cstddef>
#include <string>

namespace chokepoint {

/// Columns of a terminal for a line of sentences.
inline constexpr std::size_t kTextWidth = 100;

/// Columns of a terminal that UTF-8 `text` takes: two for a wide character, such as a Chinese one.
std::size_t display_width(const std::string& text);

/// `text` broken at spaces into lines of at most `width` columns, each after the first indented by
/// `indent`. A longer word stays whole. No line end after the last.
std::string wrap(const std::string& text, std::size_t width, std::size_t indent);

/// As wrap(), with all lines indented by `indent`, those after the first by `more` in addition, and
/// every line ended.
std::string paragraph(const std::string& text, std::size_t width, std::size_t indent,
                      std::size_t more = 0);

}  // namespace chokepoint
