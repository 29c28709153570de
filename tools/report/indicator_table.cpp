#include "tools/report/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/scenario/text/characters.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kLongestRule = 22;  // A longer name is cut; the legend has all of it.

using Values = google::protobuf::RepeatedField<double>;
using Format = std::string (*)(double);

std::string cell_of(const Values& values, const std::vector<std::size_t>& runs, Format format) {
  const auto value = [&](std::size_t run) { return values.Get(static_cast<int>(run)); };
  // What is no number sorts last: NaN has no order of its own.
  const auto less = [&](std::size_t a, std::size_t b) {
    return std::isnan(value(b)) ? !std::isnan(value(a)) : value(a) < value(b);
  };
  const auto [low, high] = std::ranges::minmax_element(runs, less);
  return format_bracket(format(value(*low)), format(value(*high)));
}

/// Zero is news for these.
bool is_always_shown(const std::string& indicator) {
  static const std::set<std::string> shown = {"ordered", "delivered", "refused", "tokens_unmet"};
  return shown.count(indicator) > 0;
}

bool is_zero_everywhere(const pb::ComparedIndicator& row) {
  return std::ranges::all_of(row.values(), [](double v) { return v == 0.0; });
}

/// A part that no scenario changes tells nothing beside its whole.
bool is_same_everywhere(const pb::ComparedIndicator& row) {
  const bool is_part = row.indicator().find("_by_") != std::string::npos;
  return is_part && std::ranges::all_of(row.differences(),
                                        [](double difference) { return difference == 0.0; });
}

/// As stored, but for a change from nothing to nothing, which is none.
Values shown_percent(const pb::ComparedIndicator& row) {
  Values percent = row.percent();
  for (int run = 0; run < percent.size(); ++run) {
    if (row.differences(run) == 0.0) percent.Set(run, 0.0);
  }
  return percent;
}

/// "delivered" for a whole, "  by device" for its parts.
std::string label_of(const pb::ComparedIndicator& row) {
  const auto by = row.indicator().find("_by_");
  if (by == std::string::npos) return in_words(row.indicator());
  for (const char* name :
       {"training_progress", "training_goodput", "cost_of_tokens", "cost_of_training_flops"}) {
    if (row.indicator().rfind(name, 0) == 0) return in_words(name);
  }
  return "  " + in_words(row.indicator().substr(by + 1));
}

/// A part by its name; rules by their numbers, one alone also by the start of its name.
std::string subject_of(const pb::ComparedIndicator& row, Legend& rules) {
  const std::string ending = "_by_rule";
  const auto& name = row.indicator();
  const bool is_rule = name.size() > ending.size() &&
                       name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
  if (!is_rule) return row.subject();
  std::string mark = rules.mark_all(row.subject());
  const bool alone = row.subject().find(" + ") == std::string::npos;
  if (!alone) return mark;
  if (row.subject().size() <= kLongestRule) return mark + " " + row.subject();
  return mark + " " + row.subject().substr(0, kLongestRule - 2) + "..";
}

/// "delivered, packages", "  by device chip": parts have the unit of their whole, which stands
/// above them, where names do not say it.
std::string named_in_row(const pb::ComparedIndicator& row, Legend& rules) {
  const std::string label = label_of(row), subject = subject_of(row, rules);
  const bool is_part = label.starts_with("  ");
  return label + (subject.empty() ? "" : " " + subject) + (is_part ? "" : ", " + row.unit());
}

std::vector<Column> columns_for(std::size_t scenarios) {
  std::vector<Column> columns = {"indicator"};
  // Each a group of its own: brackets are wide, and as many as fit stand in a block.
  const auto add = [&](const std::string& name, const char* heading) {
    columns.emplace_back(name, Type::Real, heading, nullptr, columns.size());
  };
  add("A", "");
  for (std::size_t column = 1; column < scenarios; ++column) {
    const std::string letter = column_letter(column);
    add(letter, "");
    add(letter + " - A", "");
    add(letter + " - A, %", "%");
  }
  return columns;
}

}  // namespace

std::string in_words(std::string name) {
  std::ranges::replace(name, '_', ' ');
  for (const std::string acronym : {"H100e", "TPP"}) {
    const std::string lower = lowercase(acronym);
    const auto at = name.find(lower);
    if (at != std::string::npos) name.replace(at, lower.size(), acronym);
  }
  return name;
}

std::string column_letter(std::size_t column) {
  const auto letter = std::string(1, static_cast<char>('A' + column % 26));
  return column < 26 ? letter : letter + std::to_string(column / 26);
}

std::string indicator_table(const pb::Comparison& comparison, Legend& rules) {
  const auto columns = columns_of(comparison);
  Table table("indicators", columns_for(columns.size()));
  for (const auto& row : comparison.indicators()) {
    if (is_zero_everywhere(row) && !is_always_shown(row.indicator())) continue;
    if (columns.size() > 1 && is_same_everywhere(row)) continue;
    std::vector<Cell> cells = {named_in_row(row, rules),
                               cell_of(row.values(), columns[0], format_value)};
    for (std::size_t column = 1; column < columns.size(); ++column) {
      cells.emplace_back(cell_of(row.values(), columns[column], format_value));
      cells.emplace_back(cell_of(row.differences(), columns[column], format_difference));
      cells.emplace_back(cell_of(shown_percent(row), columns[column], format_percent));
    }
    table.add_row(std::move(cells));
  }
  return to_text(table);
}

}  // namespace chokepoint
