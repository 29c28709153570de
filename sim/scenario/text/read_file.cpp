#include "sim/scenario/text/read_file.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "sim/files/regular_file.hpp"
#include "sim/scenario/text/characters.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDigits = "0123456789abcdef";
constexpr std::size_t kMostBytes = 64U << 20U;  // Scenarios have thousands of lines, not millions.

std::string hex(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::string("0x") + kDigits[byte >> 4U] + kDigits[byte & 0xFU];
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  const bool white = byte >= '\t' && byte <= '\r';
  return (byte < 0x20 && !white) || byte == 0x7F;
}

// Looks at all bytes, many at once.
bool has_control(std::string_view text) {
  bool found = false;
  for (const char c : text) found |= is_control(c);
  return found;
}

SourceLocation location_of(const std::string& text, std::size_t offset, const std::string& shown) {
  const auto before = std::string_view(text).substr(0, offset);
  const auto lines = std::ranges::count(before, '\n');
  const auto line_begin = before.rfind('\n') + 1;  // No line end: npos + 1 is 0.
  return {shown, static_cast<int>(lines) + 1, static_cast<int>(offset - line_begin) + 1};
}

}  // namespace

std::optional<std::string> read_file(const fs::path& path, const std::string& shown,
                                     const SourceLocation& asked_by, Diagnostics& found) {
  FileBytes bytes = read_whole_file(path, kMostBytes);
  if (bytes.complaint.empty() && bytes.content.empty()) bytes.complaint = "is empty";
  const auto report = [&](const SourceLocation& where, std::string message, std::string help) {
    found.error(where, std::move(message), std::move(help));
  };
  if (!bytes.complaint.empty()) {
    const bool itself = asked_by.line == 0;
    report(asked_by, itself ? bytes.complaint : concat(in_quotes(shown), ": ", bytes.complaint),
           itself || bytes.complaint != "no such file"
               ? ""
               : "the path is relative to the file that names it");
    return std::nullopt;
  }
  std::string& text = bytes.content;
  if (text.rfind("\xEF\xBB\xBF", 0) == 0) text.erase(0, 3);  // A byte order mark says nothing here.

  if (has_control(text)) {
    const auto control = std::ranges::find_if(text, is_control);
    const auto offset = std::to_string(control - text.begin());
    report({shown, 0, 0}, concat("is not text: byte ", hex(*control), " at offset ", offset), "");
    return std::nullopt;
  }
  found.remember(shown, text);
  if (const auto offset = first_non_utf8(text)) {
    report(location_of(text, *offset, shown), concat("byte ", hex(text[*offset]), " is not UTF-8"),
           "save the file with the encoding UTF-8");
    return std::nullopt;
  }
  return std::move(text);
}

}  // namespace chokepoint
