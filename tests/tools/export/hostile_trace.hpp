#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace chokepoint {

/// Names that some program would take for more than text.
inline const std::vector<std::string>& hostile_names() {
  static const std::vector<std::string> names = {
      "=cmd|' /C calc'!A0",
      "+1+1",
      "@SUM(A1)",
      "-2",
      "\tTAB",
      "a,\"b\"\n'c'; DROP TABLE refused;--",
      "</script><img onerror=alert(1)>",
      "\x1B[31mred\x1B[0m \x07",
      "\xE2\x80\xAE"
      "evil",
      std::string(10'000, 'x'),
  };
  return names;
}

/// Writes a trace of a small world whose orders and devices have these names: of each a delivery
/// that is due.
void write_hostile_trace(const std::filesystem::path& file);

}  // namespace chokepoint
