#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chokepoint {

/// One value of a row. Nothing: not told.
using ExportValue = std::variant<std::monostate, std::string_view, double, std::int64_t, bool>;

/// What values of a column are.
enum class ExportType { Text, Whole, Real, YesNo };

/// A column, named with the unit of its numbers last.
struct ExportColumn {
  std::string name;
  ExportType type = ExportType::Text;
};

/// A table that an export fills row by row.
struct ExportTable {
  std::string name;
  std::vector<ExportColumn> columns;
};

/// Where rows of an export go: a database, or a folder of files.
class ExportTarget {
public:
  virtual ~ExportTarget() = default;
  /// Adds a row to the table of that number; a value per column. Texts last until it returns.
  virtual void add(std::size_t table, std::span<const ExportValue> row) = 0;
};

}  // namespace chokepoint
