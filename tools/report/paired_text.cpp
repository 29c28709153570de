#include "tools/report/yearly_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "models/scoring/scores.hpp"
#include "sim/indicators/listing.hpp"

namespace chokepoint {

namespace {

/// True where the listing of indicators gives it a line.
bool is_shown(const YearlyKey& key) {
  const YearlyIndicator* listed = listed_indicator(key.indicator);
  if (listed == nullptr || listed->compared.empty()) return false;
  return listed->compared == "*" || listed->compared == key.subject;
}

/// With its sign and the word of its scale: "+12.3 k".
std::string number(double value, const std::string& unit) {
  const std::string text = format_scaled(value, unit, true);
  const auto word = scale_of(unit).word;
  const bool is_seen = text != "0" && text != "~0";
  return is_seen && !word.empty() ? fmt::format("{} {}", text, word) : text;
}

/// A run and another one, each with the draws that both have kept.
struct Pairs {
  const YearlyRun& base;
  const YearlyRun& other;
  std::vector<std::pair<const Figures*, const Figures*>> draws;
};

Pairs pairs_of(const YearlyRun& base, const YearlyRun& other) {
  Pairs pairs{base, other, {}};
  for (const auto& [draw, figures] : base.draws) {
    const auto pair = other.draws.find(draw);
    if (pair != other.draws.end()) pairs.draws.emplace_back(&figures, &pair->second);
  }
  return pairs;
}

bool has_bands(const Pairs& pairs) {
  return pairs.draws.size() >= 2;
}

/// What differs in a figure: between the runs, or between every pair of draws, rising.
std::vector<double> differences(const Pairs& pairs, const YearlyKey& key) {
  if (!has_bands(pairs))
    return {value_or_none(pairs.other.itself, key) - value_or_none(pairs.base.itself, key)};
  std::vector<double> all;
  for (const auto& [base, other] : pairs.draws)
    all.push_back(value_or_none(*other, key) - value_or_none(*base, key));
  std::ranges::sort(all);
  return all;
}

/// "difference", or "median [low, high]".
std::string cell(const std::vector<double>& differences, const std::string& unit) {
  if (differences.size() == 1) return number(differences.front(), unit);
  return fmt::format("{} [{}, {}]", number(quantile(differences, 0.5), unit),
                     number(quantile(differences, kTail), unit),
                     number(quantile(differences, 1.0 - kTail), unit));
}

/// What differs of an indicator, by year.
struct DifferenceRow {
  YearlyKey key;
  std::map<int, std::vector<double>> by_year;
  std::optional<int> first;  ///< Year with a difference.
};

std::vector<DifferenceRow> difference_rows(const Pairs& pairs) {
  std::map<YearlyKey, DifferenceRow> rows;  // Whatever their year.
  for (const YearlyRun* run : {&pairs.base, &pairs.other}) {
    for (const auto& [key, value] : run->itself) {
      if (!is_shown(key)) continue;
      auto& row = rows[{key.indicator, key.subject, key.unit}];
      row.key = key;
      if (row.by_year.count(key.year) > 0) continue;  // The other run has it as well.
      row.by_year[key.year] = differences(pairs, key);
    }
  }
  std::vector<DifferenceRow> differing;
  for (auto& [key, row] : rows) {
    for (const auto& [year, all] : row.by_year) {
      const bool differs = std::ranges::any_of(all, [](double d) { return d != 0.0; });
      if (differs && !row.first) row.first = year;
    }
    if (row.first) differing.push_back(std::move(row));
  }
  return differing;
}

std::string caption(const Pairs& pairs, int first, int from) {
  std::string text = fmt::format("{} less {}, by year", pairs.other.name, pairs.base.name);
  if (has_bands(pairs)) {
    text += fmt::format("; median [middle 90 %] of {} pairs of draws", pairs.draws.size());
  }
  return first > from ? fmt::format("{}; nothing differs before {}\n", text, first) : text + "\n";
}

/// "installed_training mainland, H100e": the unit stands with the name, where cells do not say it.
std::string named(const YearlyKey& key) {
  return key.indicator + (key.subject.empty() ? "" : " " + key.subject) + ", " + key.unit;
}

std::string difference_text(const YearlyRun& base, const YearlyRun& other) {
  const Pairs pairs = pairs_of(base, other);
  const auto rows = difference_rows(pairs);
  if (rows.empty()) return other.name + ": no yearly indicator differs\n";
  int first = *rows.front().first;
  std::set<int> years;
  for (const DifferenceRow& row : rows) {
    first = std::min(first, *row.first);
    for (const auto& [year, all] : row.by_year) years.insert(year);
  }
  const int from = *years.begin();
  years.erase(years.begin(), years.lower_bound(first));
  std::vector<Column> columns = {"indicator"};
  for (const int year : years) {
    columns.emplace_back(std::to_string(year), Type::Real, "", nullptr, columns.size());
  }
  Table table("differences", std::move(columns));
  for (const DifferenceRow& row : rows) {
    std::vector<Cell> cells = {named(row.key)};
    for (const int year : years) {
      const auto found = row.by_year.find(year);
      cells.emplace_back(cell(found != row.by_year.end() ? found->second : std::vector<double>{0.0},
                              row.key.unit));
    }
    table.add_row(std::move(cells));
  }
  return caption(pairs, first, from) + to_text(table);
}

}  // namespace

std::string name_of_run(const std::string& directory) {
  const auto path = std::filesystem::path(directory).lexically_normal();
  return (path.has_filename() ? path : path.parent_path()).filename().string();
}

std::optional<YearlyRun> yearly_run(const std::string& name, const std::string& yearly_csv,
                                    const std::string& draws_csv) {
  const auto itself = read_yearly_csv(yearly_csv);
  if (!itself || itself->empty()) return std::nullopt;
  YearlyRun run{name, itself->front(), {}};
  const auto names = yearly_columns(draws_csv);
  const auto figures = read_yearly_csv(draws_csv);
  for (std::size_t i = 0; figures && i < figures->size(); ++i) {
    run.draws[names[i]] = (*figures)[i];
  }
  return run;
}

std::string paired_text(const std::vector<YearlyRun>& runs) {
  std::string text;
  for (std::size_t i = 1; i < runs.size(); ++i) {
    text += fmt::format("\n{}", difference_text(runs.front(), runs[i]));
  }
  return text;
}

}  // namespace chokepoint
