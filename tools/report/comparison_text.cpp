#include "tools/report/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/trace/world_names.hpp"
#include "tools/print/wrap.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kLongestChange = kTableColumns - 14;
constexpr std::size_t kLongestValue = 30;
constexpr int kMostChanges = 12;  // That are listed.

using Columns = std::vector<std::vector<std::size_t>>;

const pb::ComparedRun& run_at(const pb::Comparison& comparison, std::size_t run) {
  return comparison.runs(static_cast<int>(run));
}

/// The beginning of a long value; its figure comes first.
std::string shortened(const std::string& value) {
  return value.size() <= kLongestValue ? value : value.substr(0, kLongestValue - 3) + "...";
}

/// "before -> after", cut where a line would become long; --json has all of it.
std::string change_line(const pb::ScenarioChange& change) {
  std::string line = change.path();
  if (change.kind() == "changed") {
    line += ": " + shortened(change.before()) + " -> " + shortened(change.after());
  } else if (change.kind() == "added") {
    line += ": " + change.after();
  }
  if (line.size() > kLongestChange) line.replace(kLongestChange - 3, std::string::npos, "...");
  return fmt::format("     {:<8} {}\n", change.kind(), line);
}

std::string changes_text(const pb::ComparedRun& run) {
  std::string lines;
  int count = 0;
  for (const auto& change : run.changes()) {
    if (change.path() == "market.refused_budget") continue;  // Said by the bracket.
    if (count < kMostChanges) lines += change_line(change);
    ++count;
  }
  if (count > kMostChanges) {
    lines += fmt::format("     and {} more; --json has all\n", count - kMostChanges);
  }
  const std::string from = run.base().empty() ? "its file" : run.base();
  if (count == 0) {
    return run.base().empty() ? "     a scenario of its own, unchanged\n"
                              : "     nothing changed from " + from + "\n";
  }
  return fmt::format("     {} change{} from {}:\n", count, count == 1 ? "" : "s", from) + lines;
}

/// Titles of all rules, whichever run knows them.
std::map<std::string, std::string> titles_of(const std::vector<RecordedRun>& runs) {
  std::map<std::string, std::string> titles;
  for (const auto& run : runs) {
    for (const Rule& rule : run.world->regime.rules) {
      titles[rule.name] = rule.government.text() + ": " + rule.title;
    }
  }
  return titles;
}

std::string rules_text(Legend& rules, const std::vector<RecordedRun>& runs) {
  if (rules.names().empty()) return "";
  const auto titles = titles_of(runs);
  std::string text = "\nRules\n";
  const auto names = rules.names();
  for (const auto& name : names) {
    const auto title = titles.find(name);
    const std::string line = title == titles.end() ? name : name + ", " + title->second;
    text += fmt::format("  {:>4} {}\n", rules.mark(name), wrap(line, kTableColumns, 7));
  }
  return text;
}

/// The figure at `path` as the first run that knows it has it.
std::string figure_text(const std::string& path, const std::vector<RecordedRun>& runs) {
  for (const auto& run : runs) {
    const auto input = WorldNames(*run.world).find<InputId>(path);
    if (input) return path + " = " + in_words(*run.world, *input);
  }
  return path;
}

std::string inputs_text(Legend& inputs, const std::vector<RecordedRun>& runs) {
  if (inputs.names().empty()) return "";
  std::string text = "\nInputs that deserve the least trust\n";
  const auto names = inputs.names();
  for (const auto& name : names)
    text += fmt::format("  {:>3}  {}\n", inputs.mark(name), figure_text(name, runs));
  return text;
}

}  // namespace

std::string scenarios_text(const pb::Comparison& comparison) {
  const auto columns = columns_of(comparison);
  std::string text;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    const auto& first = run_at(comparison, columns[column].front());
    text += fmt::format("  {}  {}{}, seed {}\n", column_letter(column), first.scenario(),
                        column == 0 && columns.size() > 1 ? " (baseline)" : "", first.seed());
    text += "     " + wrap(first.question(), kTableColumns - 5, 5) + "\n";
    text += changes_text(first);
    for (const auto run : columns[column]) {
      const auto& compared = run_at(comparison, run);
      const bool is_bracketed = compared.refused_budget() != "refused_budget_unspecified";
      text += fmt::format(
          "     {}{}{}\n", compared.directory(),
          is_bracketed ? fmt::format(" (refused money: {})", compared.refused_budget()) : "",
          compared.truncated() ? ", TRUNCATED: ends before the run did" : "");
    }
  }
  return text;
}

std::string comparison_text(const pb::Comparison& comparison,
                            const std::vector<RecordedRun>& runs) {
  const auto columns = columns_of(comparison);
  Legend rules(Legend::Marks::Numbers);
  Legend inputs(Legend::Marks::Letters);

  std::string text = "Scenarios\n";
  text += scenarios_text(comparison);
  const bool brackets = std::ranges::any_of(columns, [](const auto& of) { return of.size() > 1; });
  text += "\n";
  std::string how =
      "Indicators of the whole run; stocks are those at its end. Compute counts what is installed, "
      "powered or not; \"usable\" is at what the software stack attains, against an H100 with "
      "CUDA.";
  if (columns.size() > 1) {
    how +=
        " Parts (by device, rule, site ..) that no scenario changes are left out; --csv has all.";
  }
  if (brackets) {
    how +=
        " \"low .. high\": between what happens if refused money buys nothing and if it buys "
        "domestic devices.";
  }
  text += paragraph(how, kTableColumns, 0) + "\n";
  text += indicator_table(comparison, rules);
  text +=
      "\nMonth by month, of devices that a gate held back in any of these runs; --csv has\n"
      "all. The gate that bound is the government that admitted least; two, where both\n"
      "admit the same.\n";
  for (std::size_t column = 0; column < columns.size(); ++column) {
    const std::string table = month_table(comparison, columns[column], rules, inputs);
    text += fmt::format("\n{}  {}\n\n", column_letter(column),
                        run_at(comparison, columns[column].front()).scenario());
    text += table.empty() ? "  nothing was ordered\n" : table;
  }
  return text + rules_text(rules, runs) + inputs_text(inputs, runs);
}

}  // namespace chokepoint
