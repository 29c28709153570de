#include "tools/report/comparison.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

/// The runs' entries for one device in one month. A run that has none counts as zero.
struct MonthEntries {
  std::vector<const pb::RefusedMonth*> entries;
  std::size_t runs = 0;
};

using MonthDevice = std::pair<std::string, std::string>;

/// Devices that a gate held back in any run; all, where none was.
std::set<std::string> devices_of_interest(const pb::Comparison& comparison) {
  std::set<std::string> held, all;
  for (const auto& month : comparison.months()) {
    all.insert(month.device());
    if (!month.gate().empty()) held.insert(month.device());
  }
  return held.empty() ? all : held;
}

std::map<MonthDevice, MonthEntries> cells_of(const pb::Comparison& comparison,
                                             const std::vector<std::size_t>& runs) {
  const auto devices = devices_of_interest(comparison);
  std::map<MonthDevice, MonthEntries> cells;
  for (const auto& month : comparison.months()) {
    if (std::ranges::find(runs, month.run()) == runs.end()) continue;
    if (devices.count(month.device()) == 0) continue;
    auto& cell = cells[{month.month(), month.device()}];
    cell.entries.push_back(&month);
    cell.runs = runs.size();
  }
  return cells;
}

std::string number(const MonthEntries& cell, double (pb::RefusedMonth::*value)() const) {
  std::vector<double> values;
  for (const auto* entry : cell.entries) values.push_back((entry->*value)());
  if (values.size() < cell.runs) values.push_back(0.0);
  const auto [low, high] = std::ranges::minmax_element(values);
  return format_bracket(format_value(*low), format_value(*high));
}

/// Parts that any of the runs names, each once.
std::string text(const MonthEntries& cell, const std::string& (pb::RefusedMonth::*value)() const,
                 const std::string& separator = " + ") {
  std::vector<std::string> parts;
  for (const auto* entry : cell.entries) {
    for (const auto& part : parts_of((entry->*value)(), separator)) {
      if (std::ranges::find(parts, part) == parts.end()) parts.push_back(part);
    }
  }
  return fmt::format("{}", fmt::join(parts, separator));
}

std::string or_dash(const std::string& cell) {
  return cell.empty() ? "-" : cell;
}

/// One mark where all three losses rest on the same input, else each one's.
std::string least_certain(const MonthEntries& cell, Legend& inputs) {
  using Month = pb::RefusedMonth;
  const std::string training = inputs.mark_all(text(cell, &Month::least_certain_training));
  const std::string prefill = inputs.mark_all(text(cell, &Month::least_certain_prefill));
  const std::string decode = inputs.mark_all(text(cell, &Month::least_certain_decode));
  if (training == prefill && prefill == decode) return or_dash(training);
  return or_dash(training) + " / " + or_dash(prefill) + " / " + or_dash(decode);
}

}  // namespace

std::string month_table(const pb::Comparison& comparison, const std::vector<std::size_t>& runs,
                        Legend& rules, Legend& inputs) {
  using Month = pb::RefusedMonth;
  constexpr std::size_t kHeldBack = 1, kLost = 2;
  Table table("months", {"month", "device", Column("ordered_packages", "", nullptr, kHeldBack),
                         Column("delivered_packages", "", nullptr, kHeldBack),
                         Column("refused_packages", "", nullptr, kHeldBack),
                         Column("gate", "gate that\nbound", nullptr, kHeldBack),
                         Column("rule", "", nullptr, kHeldBack),
                         Column("lost_training_usable_h100e", "", nullptr, kLost),
                         Column("lost_prefill_usable_h100e", "", nullptr, kLost),
                         Column("lost_decode_usable_h100e", "", nullptr, kLost),
                         Column("least_certain", "least certain\nof each", nullptr, kLost)});
  for (const auto& entry : cells_of(comparison, runs)) {
    const MonthEntries& cell = entry.second;
    const bool refused = number(cell, &Month::refused) != "0";
    const auto loss = [&](double (Month::*value)() const) {
      return refused ? Cell(number(cell, value)) : Cell();
    };
    table.add_row({entry.first.first, entry.first.second, number(cell, &Month::ordered),
                   number(cell, &Month::delivered), number(cell, &Month::refused),
                   known(text(cell, &Month::gate, ", ")),
                   known(rules.mark_all(text(cell, &Month::rule))),
                   loss(&Month::lost_training_h100e), loss(&Month::lost_prefill_h100e),
                   loss(&Month::lost_decode_h100e), least_certain(cell, inputs)});
  }
  return table.is_empty() ? "" : to_text(table);
}

}  // namespace chokepoint
