#include "tools/report/years/difference_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "sim/indicators/listing.hpp"
#include "tools/print/table_width.hpp"
#include "tools/report/answer/amounts.hpp"
#include "tools/report/answer/answer.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kLongestHeading = 26, kLongestSubject = 24, kLongestRunName = 9;

/// Place of an indicator in the listing; behind all where it has none.
std::size_t listed_at(const std::string& indicator) {
  const YearlyIndicator* listed = listed_indicator(indicator);
  const auto* first = std::begin(kYearlyIndicators);
  return static_cast<std::size_t>((listed == nullptr ? std::end(kYearlyIndicators) : listed) -
                                  first);
}

std::string cut_name(const std::string& name, std::size_t longest) {
  return name.size() <= longest ? name : name.substr(0, longest - 2) + "..";
}

std::string percent_cell(const PairedDifference& differs) {
  const auto percent = differs.percent();
  if (!percent) return "-";
  return std::abs(*percent) >= 1e4 ? "> 9999" : fmt::format("{:+.1f}", *percent);
}

std::string heading_of(const YearlyKey& key) {
  return fmt::format("{}, {}", key.indicator, bare_unit(key.unit));
}

Table table_for_people(const PairedRuns& runs) {
  std::vector<Column> columns = {
      Column("what", Type::Text, " "),
      Column("base", Type::Real, cut_name(runs.base().name, kLongestRunName)),
      Column("difference", Type::Real, "less"), Column("percent", Type::Real, "%")};
  if (runs.has_bands()) {
    columns.emplace_back("band", Type::Real, "middle 90 %");
  } else {
    columns.insert(columns.begin() + 2,
                   Column("other", Type::Real, cut_name(runs.other().name, kLongestRunName)));
  }
  return {"differences", std::move(columns)};
}

void add_heading(const std::string& text, Table& table) {
  std::vector<Cell> cells(table.columns().size(), Cell(""));
  cells.front() = Cell(cut_name(text, kLongestHeading));
  table.add_row(std::move(cells));
}

void add_figure(const FigureDifference& figure, bool has_bands, Table& table) {
  const std::string& unit = figure.key.unit;
  const std::string subject = figure.key.subject.empty() ? "all" : figure.key.subject;
  std::vector<Cell> cells = {"  " + cut_name(subject, kLongestSubject),
                             bare_amount(figure.differs.before, unit)};
  if (!has_bands) cells.emplace_back(bare_amount(figure.differs.after, unit));
  cells.emplace_back(bare_change(figure.differs.change, unit));
  cells.emplace_back(percent_cell(figure.differs));
  if (has_bands) cells.emplace_back(band_of_changes(*figure.differs.band, unit));
  table.add_row(std::move(cells));
}

std::string caption_of(const PairedRuns& runs, int year) {
  std::string text = fmt::format("{} less {}, {}", runs.other().name, runs.base().name, year);
  if (!runs.has_bands()) return text + ": every yearly figure that differs\n";
  text +=
      fmt::format(": every yearly figure that differs; medians of {} pairs of draws", runs.pairs());
  return paragraph(text + ", and the middle 90 % of their differences: what holds zero is noise",
                   kTableColumns, 0);
}

}  // namespace

std::vector<int> common_years(const YearlyRun& base, const YearlyRun& other) {
  std::vector<int> both;
  const auto others = years_of(other.itself);
  for (const int year : years_of(base.itself)) {
    if (std::ranges::count(others, year) > 0) both.push_back(year);
  }
  return both;
}

std::vector<FigureDifference> figure_differences(const PairedRuns& runs, int year) {
  std::map<std::tuple<std::size_t, std::string, std::string, std::string>, YearlyKey> keys;
  for (const YearlyRun* run : {&runs.base(), &runs.other()}) {
    for (const auto& [key, value] : run->itself) {
      if (key.year != year) continue;
      keys[{listed_at(key.indicator), key.indicator, key.subject, key.unit}] = key;
    }
  }
  std::vector<FigureDifference> all;
  all.reserve(keys.size());
  for (const auto& [order, of] : keys) {
    const YearlyKey& key = of;
    all.push_back({key, runs.difference(
                            [&](const Figures& figures) { return value_or_none(figures, key); })});
  }
  return all;
}

std::string differences_text(const PairedRuns& runs, int year) {
  Table table = table_for_people(runs);
  std::string heading;
  std::size_t alike = 0, shown = 0;
  for (const FigureDifference& figure : figure_differences(runs, year)) {
    if (figure.differs.change == 0.0) {
      ++alike;
      continue;
    }
    if (heading != heading_of(figure.key)) add_heading(heading = heading_of(figure.key), table);
    add_figure(figure, runs.has_bands(), table);
    ++shown;
  }
  if (shown == 0) {
    return fmt::format("{}: no yearly indicator differs from {} in {}\n", runs.other().name,
                       runs.base().name, year);
  }
  return fmt::format("{}{}{} more do not differ{}; --csv and --json have all years\n",
                     caption_of(runs, year), to_text(table), alike,
                     runs.has_bands() ? " in the median" : "");
}

Table differences_table(const std::vector<YearlyRun>& runs) {
  Table table("differences",
              {"run", "baseline", Column("year", Type::Count), "indicator", "subject", "unit",
               Column("baseline_value", Type::Real), Column("value", Type::Real),
               Column("difference", Type::Real), Column("difference_percent", Type::Real),
               Column("low", Type::Real), Column("high", Type::Real), Column("pairs", Type::Count),
               "certainty"});
  for (std::size_t i = 1; i < runs.size(); ++i) {
    const PairedRuns pair(runs.front(), runs[i]);
    for (const int year : common_years(runs.front(), runs[i])) {
      for (const auto& [key, differs] : figure_differences(pair, year)) {
        const auto& band = differs.band;
        table.add_row({runs[i].name, runs.front().name, key.year, key.indicator, key.subject,
                       key.unit, differs.before, differs.after, differs.change, differs.percent(),
                       band ? Cell(band->low) : Cell(), band ? Cell(band->high) : Cell(),
                       pair.pairs(), name_of(differs.certainty)});
      }
    }
  }
  return table;
}

std::string other_periods_text(const std::vector<YearlyRun>& runs) {
  std::string text;
  const auto first = years_of(runs.front().itself);
  for (const YearlyRun& run : runs) {
    const auto years = years_of(run.itself);
    if (years == first) continue;
    const auto both = common_years(runs.front(), run);
    text += fmt::format("{} is of {} to {}, {} of {} to {}", runs.front().name, first.front(),
                        first.back(), run.name, years.front(), years.back());
    text += both.empty() ? ": no year is in both\n"
                         : fmt::format(": compared are {} to {}\n", both.front(), both.back());
  }
  return text;
}

}  // namespace chokepoint
