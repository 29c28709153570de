#include "tools/report/years/years_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>
#include <vector>

#include "sim/indicators/regions.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/table.hpp"
#include "tools/print/table_width.hpp"
#include "tools/report/answer/paired_runs.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kVendorsInSummary = 4;

/// A row: what it is called, the figure, and of what it is a part in what is shown.
struct YearsRow {
  std::string words;
  std::string indicator, subject, unit;
  double per = 1.0;
};

double level_of_year(const YearlyRun& run, const YearsRow& row, int year) {
  const YearlyKey key{row.indicator, row.subject, row.unit, year};
  return level_in(run, [&](const Figures& figures) { return value_or_none(figures, key); }).value /
         row.per;
}

/// Subjects of an indicator, by name.
std::set<std::string> subjects_with(const YearlyRun& run, const std::string& indicator) {
  std::set<std::string> subjects;
  for (const auto& [key, value] : run.itself) {
    if (key.indicator == indicator) subjects.insert(key.subject);
  }
  return subjects;
}

/// Those with the greatest share in any year.
std::vector<std::string> vendors_to_show(const YearlyRun& run, const std::vector<int>& years) {
  const std::string start = region_name(Region::Mainland) + "/";
  std::vector<std::pair<double, std::string>> sized;
  for (const std::string& subject : subjects_with(run, "value_share")) {
    if (!subject.starts_with(start)) continue;
    double greatest = 0.0;
    for (const int year : years) {
      greatest =
          std::max(greatest, level_of_year(run, {"", "value_share", subject, "share", 1.0}, year));
    }
    sized.emplace_back(-greatest, subject);
  }
  std::ranges::sort(sized);
  if (sized.size() > kVendorsInSummary) sized.resize(kVendorsInSummary);
  std::vector<std::string> vendors;
  vendors.reserve(sized.size());
  for (const auto& [size, subject] : sized) vendors.push_back(subject);
  return vendors;
}

std::vector<YearsRow> rows_to_show(const YearlyRun& run, const std::vector<int>& years) {
  const std::string mainland = pool_region_name(Region::Mainland);
  std::vector<YearsRow> rows = {
      {"training, k H100e", "installed_training", mainland, "H100e", 1e3},
      {"decoding, k H100e", "installed_decode", mainland, "H100e", 1e3},
      {"offshore training, k", "installed_training", pool_region_name(Region::Offshore), "H100e",
       1e3},
      {"domestic, % of value", "domestic_share", "value", "share", 0.01},
      {"domestic, % of units", "domestic_share", "units", "share", 0.01},
  };
  for (const std::string& vendor : vendors_to_show(run, years)) {
    const std::string name = vendor.substr(vendor.find('/') + 1);
    rows.push_back(
        {fmt::format("{}, % of value", name.substr(0, 10)), "value_share", vendor, "share", 0.01});
  }
  rows.push_back({"CUDA, % of training", "cuda_dependence_training", mainland, "share", 0.01});
  rows.push_back({"months to move", "months_to_move", "", "months", 1.0});
  for (const std::string& government : subjects_with(run, "receipts")) {
    rows.push_back(
        {fmt::format("receipts {}, bn USD", government), "receipts", government, "USD", 1e9});
  }
  for (const std::string& service : subjects_with(run, "tokens_served")) {
    if (service == region_name(Region::Abroad)) continue;
    const std::string name = service.substr(0, 10);
    rows.push_back({name + ", 1e15 tokens", "tokens_served", service, "1e12 tokens", 1e3});
    rows.push_back({name + ", USD/1e6", "token_cost", service, "USD per 1e6 tokens", 1.0});
  }
  return rows;
}

/// Three digits that count, at most six characters.
std::string short_number(double value) {
  const double size = std::abs(value);
  if (value == 0.0) return "0";
  if (size >= 99.95) return format_value(std::round(value));
  if (size >= 9.995) return fmt::format("{:.1f}", value);
  return size >= 0.0995 ? fmt::format("{:.2f}", value) : fmt::format("{:.1g}", value);
}

}  // namespace

std::string years_text(const YearlyRun& run) {
  const auto years = years_of(run.itself);
  std::vector<Column> columns = {Column("mainland", Type::Text)};
  for (const int year : years) {
    const std::string name = std::to_string(year);
    columns.emplace_back(name, Type::Real, name, short_number, columns.size());
  }
  Table table("years", std::move(columns));
  for (const YearsRow& row : rows_to_show(run, years)) {
    std::vector<Cell> cells = {row.words};
    bool is_something = false;
    for (const int year : years) {
      const double value = level_of_year(run, row, year);
      is_something = is_something || value != 0.0;
      cells.emplace_back(value);
    }
    if (is_something) table.add_row(std::move(cells));
  }
  const std::string of =
      run.draws.size() < 2
          ? ""
          : fmt::format("medians of {} draws; stocks at the ends of years\n", run.draws.size());
  return of + to_text(table);
}

}  // namespace chokepoint
