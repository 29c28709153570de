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

/// Every figure of any run, with a value of each; a run without it had nothing of it.
std::map<std::string, std::vector<double>> by_figure(const std::vector<Figures>& runs) {
  std::map<std::string, std::vector<double>> rows;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (const auto& [name, value] : runs[i]) {
      auto& row = rows[name];
      row.resize(runs.size(), 0.0);
      row[i] = value;
    }
  }
  return rows;
}

}  // namespace

std::string yearly_csv(const std::vector<Figures>& runs, const std::vector<std::string>& columns) {
  std::string text = "year,indicator,subject,unit";
  for (const auto& column : columns) text.append(",").append(column);
  text += "\n";
  for (const auto& [name, values] : by_figure(runs)) {
    text += name;
    for (const double value : values) text.append(",").append(format_exact(value));
    text += "\n";
  }
  return text;
}

std::string bands_csv(const std::vector<Figures>& runs) {
  std::string text = "year,indicator,subject,unit,low,median,high\n";
  for (auto& [name, values] : by_figure(runs)) {
    std::sort(values.begin(), values.end());
    text += name;
    for (const double share : {kTail, 0.5, 1.0 - kTail}) {
      text.append(",").append(format_exact(quantile(values, share)));
    }
    text += "\n";
  }
  return text;
}

std::vector<std::string> yearly_columns(const std::string& text) {
  const std::string header = text.substr(0, text.find('\n'));
  std::vector<std::string> columns;
  if (!header.starts_with(kYearlyHeader)) return columns;
  std::istringstream in(header.substr(kYearlyHeader.size()));
  for (std::string column; std::getline(in, column, ',');) columns.push_back(column);
  return columns;
}

std::optional<std::vector<Figures>> read_yearly_csv(const std::string& text) {
  std::istringstream in(text);
  std::string line;
  if (!std::getline(in, line) || !line.starts_with(kYearlyHeader)) return std::nullopt;
  std::vector<Figures> runs(yearly_columns(line).size());
  while (std::getline(in, line)) {
    std::size_t at = 0;
    for (int comma = 0; comma < 4; ++comma) at = line.find(',', at) + 1;
    const std::string name = line.substr(0, at - 1);
    for (Figures& run : runs) {
      double value = 0.0;
      const auto end = std::from_chars(line.data() + at, line.data() + line.size(), value).ptr;
      run[name] = value;
      at = static_cast<std::size_t>(end - line.data()) + 1;
      if (at > line.size()) break;
    }
  }
  return runs;
}

}  // namespace chokepoint
