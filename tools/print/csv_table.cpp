#include "tools/print/csv_table.hpp"

#include <cassert>

namespace chokepoint {
namespace {

std::string quoted_where_needed(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

CsvTable::CsvTable(const std::vector<std::string>& header) : columns_(header.size()) {
  add_row(header);
}

void CsvTable::add_row(const std::vector<std::string>& cells) {
  assert(cells.size() == columns_);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) text_ += ',';
    text_ += quoted_where_needed(cells[i]);
  }
  text_ += '\n';
}

}  // namespace chokepoint
