#include "tools/report/yearly_table.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <string_view>
#include <utility>

#include "models/scoring/scores.hpp"

namespace chokepoint {

namespace {

constexpr std::string_view kYearlyHeader = "year,indicator,subject,unit,";
constexpr std::size_t kKeyCells = 4;

/// Every figure of any run, with a value of each; a run without it had nothing of it.
std::map<YearlyKey, std::vector<double>> by_figure(const std::vector<Figures>& runs) {
  std::map<YearlyKey, std::vector<double>> rows;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (const auto& [key, value] : runs[i]) {
      auto& row = rows[key];
      row.resize(runs.size(), 0.0);
      row[i] = value;
    }
  }
  return rows;
}

/// A row of values for each figure.
template <class Rows>
Table table_of(const char* name, const Rows& rows, const std::vector<std::string>& columns) {
  std::vector<Column> all = {Column("year", Type::Count), "indicator", "subject", "unit"};
  for (const auto& column : columns) all.emplace_back(column, Type::Real);
  Table table(name, std::move(all));
  for (const auto& [key, values] : rows) {
    std::vector<Cell> cells = {key.year, key.indicator, key.subject, key.unit};
    cells.insert(cells.end(), values.begin(), values.end());
    table.add_row(std::move(cells));
  }
  return table;
}

std::vector<std::string> cells_in(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
  return cells;
}

/// 0 where it is none.
template <class Number>
Number number_in(const std::string& cell) {
  Number number{};
  std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return number;
}

}  // namespace

Table yearly_table(const std::vector<Figures>& runs, const std::vector<std::string>& columns) {
  return table_of("yearly", by_figure(runs), columns);
}

Table bands_table(const std::vector<Figures>& runs) {
  auto rows = by_figure(runs);
  for (auto& [key, values] : rows) {
    std::ranges::sort(values);
    values = {quantile(values, kTail), quantile(values, 0.5), quantile(values, 1.0 - kTail)};
  }
  return table_of("bands", rows, {"low", "median", "high"});
}

std::vector<std::string> yearly_columns(const std::string& text) {
  const std::string header = text.substr(0, text.find('\n'));
  if (!header.starts_with(kYearlyHeader)) return {};
  return cells_in(header.substr(kYearlyHeader.size()));
}

std::optional<std::vector<Figures>> read_yearly_csv(const std::string& text) {
  std::istringstream in(text);
  std::string line;
  if (!std::getline(in, line) || !line.starts_with(kYearlyHeader)) return std::nullopt;
  std::vector<Figures> runs(yearly_columns(line).size());
  while (std::getline(in, line)) {
    const auto cells = cells_in(line);
    if (cells.size() != kKeyCells + runs.size()) return std::nullopt;
    const YearlyKey key{cells[1], cells[2], cells[3], number_in<int>(cells[0])};
    for (std::size_t i = 0; i < runs.size(); ++i) {
      runs[i].emplace_hint(runs[i].end(), key, number_in<double>(cells[kKeyCells + i]));
    }
  }
  return runs;
}

}  // namespace chokepoint
