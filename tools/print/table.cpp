#include "tools/print/table.hpp"

#include <algorithm>
#include <cassert>
#include <sstream>

#include "sim/scenario/text/characters.hpp"

namespace chokepoint {
namespace {

const std::string kGap = "  ";

/// The cell as text, numbers as `format` has them, `unknown` where there is nothing.
std::string text_of(const Cell& cell, Type type, NumberFormat format, const std::string& unknown) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<double>(&cell)) return format(*number);
  if (const auto* yes = std::get_if<bool>(&cell)) return *yes ? "true" : "false";
  const auto* date = std::get_if<Date>(&cell);
  if (date == nullptr) return unknown;
  return type == Type::Month ? format_month(*date) : format_date(*date);
}

/// Calls `tell` for every column that files have, with its place.
template <class Tell>
void for_each_of_files(const Table& table, const Tell& tell) {
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    if (table.columns()[i].shown != Column::Shown::People) tell(table.columns()[i], i);
  }
}

/// A column as people see it.
struct ShownColumn {
  std::vector<std::string> heading, cells;  ///< Lines of the heading.
  std::size_t width = 0, group = 0;
  bool is_right = false;

  std::string padded(const std::string& cell) const {
    const std::string space(width - display_width(cell), ' ');
    return is_right ? space + cell : cell + space;
  }
};

std::string heading_of(const Column& column) {
  const Unit& unit = unit_of(column.name);
  std::string heading = column.heading;
  if (heading.empty()) {
    heading = column.name.substr(0, column.name.size() - unit.suffix.size());
    std::ranges::replace(heading, '_', ' ');
  }
  const bool says_unit = unit.is_in_cells || heading.find('\n') != std::string::npos ||
                         heading.find(unit.text) != std::string::npos;
  return says_unit ? heading : heading.append("\n").append(unit.text);
}

ShownColumn shown_column(const Table& table, std::size_t i) {
  const Column& column = table.columns()[i];
  const NumberFormat format =
      column.format != nullptr ? column.format : unit_of(column.name).format;
  ShownColumn shown;
  std::istringstream heading(heading_of(column));
  for (std::string line; std::getline(heading, line);) shown.heading.push_back(line);
  for (const auto& row : table.rows())
    shown.cells.push_back(printable(text_of(row[i], column.type, format, "-")));
  for (const auto* lines : {&shown.heading, &shown.cells}) {
    for (const auto& line : *lines) shown.width = std::max(shown.width, display_width(line));
  }
  shown.group = column.group;
  shown.is_right = column.type == Type::Count || column.type == Type::Real;
  return shown;
}

std::string block_text(const std::vector<const ShownColumn*>& columns, std::size_t rows) {
  std::string text;
  const auto add_line = [&](const auto& cell_of) {
    std::string line;
    for (const auto* column : columns) {
      line += (line.empty() ? "" : kGap) + column->padded(cell_of(*column));
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  };
  std::size_t height = 0;
  for (const auto* column : columns) height = std::max(height, column->heading.size());
  for (std::size_t above = height; above > 0; --above) {  // Headings stand on the rule below them.
    add_line([&](const ShownColumn& column) {
      const auto lines = column.heading.size();
      return above > lines ? std::string() : column.heading[lines - above];
    });
  }
  add_line([](const ShownColumn& column) { return std::string(column.width, '-'); });
  for (std::size_t row = 0; row < rows; ++row) {
    add_line([&](const ShownColumn& column) { return column.cells[row]; });
  }
  return text;
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

Type type_of(std::string_view name) {
  if (name == "date") return Type::Day;
  if (name == "month") return Type::Month;
  return unit_of(name).suffix.empty() ? Type::Text : Type::Real;
}

}  // namespace

Column::Column(const char* its_name, std::string its_heading, NumberFormat its_format,
               std::size_t its_group)
    : Column(its_name, type_of(its_name), std::move(its_heading), its_format, its_group) {}

Column::Column(std::string its_name, Type its_type, std::string its_heading,
               NumberFormat its_format, std::size_t its_group)
    : name(std::move(its_name)),
      type(its_type),
      heading(std::move(its_heading)),
      format(its_format),
      group(its_group) {}

Cell known(const std::string& text) {
  return text.empty() ? Cell() : Cell(text);
}

Column for_files(Column column) {
  column.shown = Column::Shown::Files;
  return column;
}

Column for_people(Column column) {
  column.shown = Column::Shown::People;
  return column;
}

Table::Table(std::string name, std::vector<Column> columns)
    : name_(std::move(name)), columns_(std::move(columns)) {}

void Table::add_row(std::vector<Cell> cells) {
  assert(cells.size() == columns_.size());
  rows_.push_back(std::move(cells));
}

Table Table::without(const std::vector<std::string>& names) const {
  Table result(name_, {});
  result.rows_.resize(rows_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (std::ranges::find(names, columns_[i].name) != names.end()) continue;
    result.columns_.push_back(columns_[i]);
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      result.rows_[row].push_back(rows_[row][i]);
    }
  }
  return result;
}

std::string to_csv(const Table& table) {
  std::string text;
  const auto add_line = [&](const auto& cell_of) {
    const char* separator = "";
    for_each_of_files(table, [&](const Column& column, std::size_t i) {
      text += separator + csv_cell(cell_of(column, i));
      separator = ",";
    });
    text += '\n';
  };
  add_line([](const Column& column, std::size_t) { return column.name; });
  for (const auto& row : table.rows()) {
    add_line([&](const Column& column, std::size_t i) {
      return text_of(row[i], column.type, format_exact, "");
    });
  }
  return text;
}

JsonValue to_json(const Cell& cell, Type type) {
  if (std::holds_alternative<std::monostate>(cell)) return {};
  if (const auto* number = std::get_if<double>(&cell)) return *number;
  if (const auto* yes = std::get_if<bool>(&cell)) return *yes;
  return text_of(cell, type, format_exact, "");
}

JsonValue to_json(const Table& table) {
  JsonValue list = JsonValue::list();
  for (const auto& row : table.rows()) {
    JsonValue object = JsonValue::object();
    for_each_of_files(table, [&](const Column& column, std::size_t i) {
      object.add(column.name, to_json(row[i], column.type));
    });
    list.push(std::move(object));
  }
  return list;
}

std::string to_text(const Table& table, std::size_t max_width) {
  std::vector<ShownColumn> columns;
  std::size_t groups = 0;
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    if (table.columns()[i].shown == Column::Shown::Files) continue;
    columns.push_back(shown_column(table, i));
    groups = std::max(groups, columns.back().group);
  }
  const auto of_groups = [&](std::size_t first, std::size_t last) {
    std::vector<const ShownColumn*> chosen;
    for (const auto& column : columns) {
      const bool is_in = column.group >= first && column.group <= last;
      if (column.group == 0 || is_in) chosen.push_back(&column);
    }
    return chosen;
  };
  const auto fits = [&](const std::vector<const ShownColumn*>& chosen) {
    std::size_t width = 0;
    for (const auto* column : chosen) width += column->width + kGap.size();
    return width <= max_width + kGap.size();
  };
  std::string text;
  for (std::size_t first = 1, last = 1; first == 1 || first <= groups; first = last + 1) {
    last = first;
    while (last < groups && fits(of_groups(first, last + 1))) ++last;
    text += (text.empty() ? "" : "\n") + block_text(of_groups(first, last), table.rows().size());
  }
  return text;
}

}  // namespace chokepoint
