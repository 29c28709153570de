#include "tools/history/paired.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "models/scoring/scores.hpp"
#include "tools/history/yearly.hpp"
#include "tools/report/text_table.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kPairedWidth = 150;

std::string text_in(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Indicators worth a line without being asked for, in their order.
bool is_shown(const YearlyKey& key) {
  static const std::set<std::string> whole = {
      "pathway",         "domestic_share",           "vendor_hhi",
      "months_to_move",  "cuda_dependence_training", "cuda_dependence_decode",
      "shared_artefacts"};
  if (whole.count(key.indicator) > 0) return true;
  const bool is_compute = key.indicator.rfind("installed_", 0) == 0 && key.subject == "mainland";
  const bool is_vendor = key.indicator == "revenue" && key.subject == "mainland/nvidia";
  return is_compute || is_vendor;
}

std::string number(double value, const std::string& unit) {
  if (unit == "share" || unit == "index") return fmt::format("{:+.3f}", value);
  if (unit == "USD") return fmt::format("{:+.2f} bn", value / 1e9);
  if (unit == "months") return fmt::format("{:+.2f}", value);
  return fmt::format("{:+.1f} k", value / 1e3);
}

double at(const Figures& figures, const std::string& name) {
  const auto found = figures.find(name);
  return found == figures.end() ? 0.0 : found->second;
}

/// "difference [low, high]", or the difference alone.
std::string cell(const YearlyRun& base, const YearlyRun& other, const std::string& name,
                 const std::string& unit) {
  std::string text = number(at(other.itself, name) - at(base.itself, name), unit);
  std::vector<double> differences;
  for (const auto& [draw, figures] : base.draws) {
    const auto pair = other.draws.find(draw);
    if (pair == other.draws.end()) continue;
    differences.push_back(at(pair->second, name) - at(figures, name));
  }
  if (differences.size() < 2) return text;
  std::sort(differences.begin(), differences.end());
  return fmt::format("{} [{}, {}]", text, number(quantile(differences, kTail), unit),
                     number(quantile(differences, 1.0 - kTail), unit));
}

std::string difference_text(const YearlyRun& base, const YearlyRun& other) {
  std::set<std::string> rows;
  std::set<int> years;
  for (const YearlyRun* run : {&base, &other}) {
    for (const auto& [name, value] : run->itself) {
      const YearlyKey key = yearly_key(name);
      if (!is_shown(key)) continue;
      rows.insert(fmt::format("{},{},{}", key.indicator, key.subject, key.unit));
      years.insert(key.year);
    }
  }
  std::vector<TextTable::Column> columns = {{"indicator", TextTable::Align::Left},
                                            {"of", TextTable::Align::Left},
                                            {"unit", TextTable::Align::Left}};
  std::size_t group = 1;
  for (const int year : years) {
    columns.push_back({std::to_string(year), TextTable::Align::Right, group++});
  }
  TextTable table(columns);
  for (const auto& row : rows) {
    const YearlyKey key = yearly_key(fmt::format("0,{}", row));
    std::vector<std::string> cells = {key.indicator, key.subject, key.unit};
    bool differs = false;
    for (const int year : years) {
      const std::string name = fmt::format("{},{}", year, row);
      differs = differs || at(base.itself, name) != at(other.itself, name);
      cells.push_back(cell(base, other, name, key.unit));
    }
    if (differs) table.add_row(cells);
  }
  if (table.is_empty()) return other.name + ": no yearly indicator differs\n";
  return other.name + " less " + base.name + ", by year\n" + table.text(kPairedWidth);
}

}  // namespace

std::string name_of_run(const std::string& directory) {
  const auto path = std::filesystem::path(directory).lexically_normal();
  return (path.has_filename() ? path : path.parent_path()).filename().string();
}

std::vector<YearlyRun> yearly_runs(const std::vector<std::string>& directories) {
  std::vector<YearlyRun> runs;
  for (const auto& directory : directories) {
    const std::filesystem::path tables = std::filesystem::path(directory) / "tables";
    const auto itself = read_yearly_csv(text_in(tables / "yearly.csv"));
    if (!itself || itself->empty()) continue;
    YearlyRun run{name_of_run(directory), itself->front(), {}};
    const std::string draws = text_in(tables / "draws.csv");
    const auto names = yearly_columns(draws);
    const auto figures = read_yearly_csv(draws);
    for (std::size_t i = 0; figures && i < figures->size(); ++i) {
      run.draws[names[i]] = (*figures)[i];
    }
    runs.push_back(std::move(run));
  }
  return runs;
}

std::string paired_text(const std::vector<YearlyRun>& runs) {
  std::string text;
  for (std::size_t i = 1; i < runs.size(); ++i) {
    text += fmt::format("\n{}", difference_text(runs.front(), runs[i]));
  }
  return text;
}

}  // namespace chokepoint
