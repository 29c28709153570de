#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/logs/columns.hpp"
#include "sim/logs/log_lines.hpp"

namespace chokepoint {

/// What one line says of each role, as text.
struct LogRecord {
  struct Cell {
    std::string_view text;
    std::size_t offset = 0;  ///< Of its first byte in the line.
    bool is_there = false;   ///< A column of the role is in the line; it may be empty.
  };
  std::array<Cell, kLogRoles> cells;
  std::vector<std::uint64_t> blocks;  ///< Names of those in a list.

  Cell& operator[](LogRole role) { return cells[static_cast<std::size_t>(role)]; }
  const Cell& operator[](LogRole role) const { return cells[static_cast<std::size_t>(role)]; }
  void clear() {
    cells = {};
    blocks.clear();
  }
};

}  // namespace chokepoint
