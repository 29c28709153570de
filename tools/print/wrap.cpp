#include "tools/print/wrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace chokepoint {

std::size_t display_width(const std::string& text) {
  // No character is wider than it has bytes, so what fmt pads to the number of bytes is the rest.
  return 2 * text.size() - fmt::format("{:<{}}", text, text.size()).size();
}

std::string wrap(const std::string& text, std::size_t width, std::size_t indent) {
  std::string result, line;
  std::istringstream in(text);
  for (std::string word; in >> word;) {
    if (!line.empty() && display_width(line) + 1 + display_width(word) > width) {
      result += line + "\n";
      line = std::string(indent, ' ') + word;
    } else {
      line += (line.empty() ? "" : " ") + word;
    }
  }
  return result + line;
}

std::string paragraph(const std::string& text, std::size_t width, std::size_t indent,
                      std::size_t more) {
  const std::size_t margin = std::min(indent + more, width / 2);
  std::istringstream lines(wrap(text, width - margin, 0));
  std::string result;
  for (std::string line; std::getline(lines, line);) {
    result += std::string(result.empty() ? std::min(indent, margin) : margin, ' ') + line + "\n";
  }
  return result;
}

}  // namespace chokepoint
