#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "models/calendar.hpp"
#include "tools/print/json_value.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/table_width.hpp"
#include "tools/print/wrap.hpp"

namespace chokepoint {

/// One value of a table. Nothing in it: not known.
struct Cell : std::variant<std::monostate, std::string, double, bool, Date> {
  Cell() = default;
  Cell(std::string text) : variant(std::move(text)) {}
  Cell(const char* text) : variant(std::string(text)) {}
  Cell(std::string_view text) : variant(std::string(text)) {}
  Cell(bool yes) : variant(yes) {}
  Cell(Date date) : variant(date) {}
  template <class T, std::enable_if_t<std::is_arithmetic_v<T>, int> = 0>
  Cell(T number) : variant(static_cast<double>(number)) {}
  template <class T>
  Cell(const std::optional<T>& value) : Cell(value ? Cell(*value) : Cell()) {}
};

/// A text, or nothing where it is empty.
Cell known(const std::string& text);

/// What the cells of a column are. Text may stand in any of them, for values that words say better.
enum class Type { Text, Count, Real, Day, Month, YesNo };

/// A column, named as in files, with the unit of its numbers last: "memory_bandwidth_gb_s".
struct Column {
  enum class Shown { Everywhere, Files, People };

  /// Of real numbers where the name ends in a unit, of dates and months where it is "date" and
  /// "month", else of text.
  Column(const char* its_name, std::string its_heading = "", NumberFormat its_format = nullptr,
         std::size_t its_group = 0);
  Column(std::string its_name, Type its_type, std::string its_heading = "",
         NumberFormat its_format = nullptr, std::size_t its_group = 0);

  std::string name;
  Type type;
  /// For people; the name in words where it is empty. In one line it gets a second one with the
  /// unit, unless it names the unit itself.
  std::string heading;
  NumberFormat format;  ///< For people; null: that of the unit.
  /// Columns of one group stay side by side where a table for people is broken into blocks. Group 0
  /// stands at the left of every block.
  std::size_t group;
  Shown shown = Shown::Everywhere;
};

/// `column` in files alone, or for people alone.
Column for_files(Column column);
Column for_people(Column column);

/// Rows of cells under typed columns, to be written for files and for people.
class Table {
public:
  Table(std::string name, std::vector<Column> columns);

  /// Requires: a cell per column.
  void add_row(std::vector<Cell> cells);

  /// Without the columns of these names.
  Table without(const std::vector<std::string>& names) const;

  const std::string& name() const { return name_; }
  const std::vector<Column>& columns() const { return columns_; }
  const std::vector<std::vector<Cell>>& rows() const { return rows_; }
  bool is_empty() const { return rows_.empty(); }

private:
  std::string name_;
  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

/// Comma-separated values as RFC 4180 has them but for LF at the end of lines; numbers as the
/// shortest decimals that read back, nothing where a value is not known.
std::string to_csv(const Table& table);

/// Null where it is not known or is no number.
JsonValue to_json(const Cell& cell, Type type = Type::Text);

/// A list of an object per row.
JsonValue to_json(const Table& table);

/// The cell as text, numbers as `format` has them, `unknown` where there is nothing.
std::string text_of(const Cell& cell, Type type, NumberFormat format, const std::string& unknown);

/// Columns that line up under their headings, for a terminal, every line ended, none with spaces at
/// its end; "-" where a value is not known. A table that is wider than `max_width` becomes blocks
/// of as many groups of columns as fit, at least one, with an empty line between them. One without
/// groups has its long texts in lines below their rows first; what is too wide then becomes blocks
/// of columns with the first at the left of each.
std::string to_text(const Table& table, std::size_t max_width = kTableColumns);

}  // namespace chokepoint
