#include "tools/report/yearly_table.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>
#include <string_view>

#include "models/scoring/scores.hpp"
#include "tools/print/number_format.hpp"

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

std::string cells_of(const YearlyKey& key) {
  return std::to_string(key.year) + "," + key.indicator + "," + key.subject + "," + key.unit;
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

std::string yearly_csv(const std::vector<Figures>& runs, const std::vector<std::string>& columns) {
  std::string text = "year,indicator,subject,unit";
  for (const auto& column : columns) text.append(",").append(column);
  text += "\n";
  for (const auto& [key, values] : by_figure(runs)) {
    text += cells_of(key);
    for (const double value : values) text.append(",").append(format_exact(value));
    text += "\n";
  }
  return text;
}

std::string bands_csv(const std::vector<Figures>& runs) {
  std::string text = "year,indicator,subject,unit,low,median,high\n";
  for (auto& [key, values] : by_figure(runs)) {
    std::sort(values.begin(), values.end());
    text += cells_of(key);
    for (const double share : {kTail, 0.5, 1.0 - kTail}) {
      text.append(",").append(format_exact(quantile(values, share)));
    }
    text += "\n";
  }
  return text;
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
