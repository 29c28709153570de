#include "sim/logs/whole_log.hpp"

#include <array>

#include "sim/logs/log_bytes.hpp"

namespace chokepoint {

std::optional<std::string> whole_log(const std::filesystem::path& path, Diagnostics& found) {
  LogBytes bytes(path);
  std::string text;
  std::array<char, std::size_t{1} << 16U> block{};
  while (const std::size_t got = bytes.read(block.data(), block.size())) {
    text.append(block.data(), got);
    if (text.size() <= kLargestDocument) continue;
    found.error({path.string(), 0, 0}, "is one document of more than 256 MiB",
                "give a log with a line per request");
    return std::nullopt;
  }
  if (bytes.complaint().empty()) return text;
  found.error({path.string(), 0, 0}, bytes.complaint());
  return std::nullopt;
}

}  // namespace chokepoint
