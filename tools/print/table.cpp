#include "tools/print/table.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {
namespace {

/// Calls `tell` for every column that files have, with its place.
template <class Tell>
void for_each_of_files(const Table& table, const Tell& tell) {
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    if (table.columns()[i].shown != Column::Shown::People) tell(table.columns()[i], i);
  }
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

std::string text_of(const Cell& cell, Type type, NumberFormat format, const std::string& unknown) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<double>(&cell)) return format(*number);
  if (const auto* yes = std::get_if<bool>(&cell)) return *yes ? "true" : "false";
  const auto* date = std::get_if<Date>(&cell);
  if (date == nullptr) return unknown;
  return type == Type::Month ? format_month(*date) : format_date(*date);
}

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

}  // namespace chokepoint
