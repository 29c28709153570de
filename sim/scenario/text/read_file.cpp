#include "sim/scenario/text/read_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>
#include <system_error>

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

SourceLocation location_of(const std::string& text, std::size_t offset, const std::string& shown) {
  const auto before = std::string_view(text).substr(0, offset);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const auto line_begin = before.rfind('\n') + 1;  // No line end: npos + 1 is 0.
  return {shown, static_cast<int>(lines) + 1, static_cast<int>(offset - line_begin) + 1};
}

// Why `path` cannot be read as a file; empty where it can.
std::string obstacle(const fs::path& path) {
  std::error_code failed;
  const auto status = fs::status(path, failed);
  if (status.type() == fs::file_type::not_found) return "no such file";
  if (status.type() == fs::file_type::none) return "cannot be read: " + failed.message();
  if (status.type() == fs::file_type::directory) return "is a directory";
  return "";
}

struct FileBytes {
  std::string content;
  std::string complaint;  ///< Empty: read.
};

FileBytes read_bytes(const fs::path& path) {
  if (std::string why = obstacle(path); !why.empty()) return {"", std::move(why)};
  std::ifstream in(path, std::ios::binary);
  if (!in) return {"", "cannot be opened"};
  std::string content;
  std::array<char, 1U << 16U> block{};
  while (in && content.size() <= kMostBytes) {
    in.read(block.data(), block.size());
    content.append(block.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (content.size() > kMostBytes) return {"", "is larger than 64 MiB"};
  if (in.bad()) return {"", "cannot be read"};
  if (content.empty()) return {"", "is empty"};
  return {std::move(content), ""};
}

// Bytes of the UTF-8 sequence at the head of `text`; 0 where it is malformed. Requires: not empty.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
  }
  // Longer than needed, a surrogate, or past the last code point.
  const unsigned second = byte(1);
  const bool wrong = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
                     (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
  return wrong ? 0 : length;
}

}  // namespace

std::optional<std::size_t> first_non_utf8(const std::string& text) {
  const std::string_view all = text;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t length = sequence_length(all.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

std::optional<std::string> read_file(const fs::path& path, const std::string& shown,
                                     const SourceLocation& asked_by, Diagnostics& found) {
  FileBytes bytes = read_bytes(path);
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

  const auto control = std::find_if(text.begin(), text.end(), is_control);
  if (control != text.end()) {
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
