#pragma once

#include <string>
#include <vector>

namespace chokepoint {

/// A table as comma-separated values, UTF-8, first line the header with units, lines ended by LF.
/// Cells with a comma, a quote or a line end are quoted as RFC 4180 says.
class CsvTable {
public:
  explicit CsvTable(const std::vector<std::string>& header);

  /// Requires: a cell per column of the header.
  void add_row(const std::vector<std::string>& cells);
  const std::string& text() const { return text_; }

private:
  std::size_t columns_;
  std::string text_;
};

}  // namespace chokepoint
