#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/compose/explain.hpp"
#include "sim/scenario/text/characters.hpp"
#include "sim/scenario/text/path.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/sweep/replicas.hpp"
#include "tools/commands/scenario/scenario_verbs.hpp"
#include "tools/console/locate.hpp"
#include "tools/console/progress.hpp"
#include "tools/print/json_value.hpp"
#include "tools/print/wrap.hpp"
#include "tools/report/study/study_text.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kWidest = 48;         // Characters of a value that are shown,
constexpr std::size_t kWidestOfJson = 500;  // and in JSON.

struct ScenarioExplainOptions {
  std::string scenario;
  std::vector<std::string> sets;
  std::string only;  ///< Path; empty: everything.
  bool uncertain = false, rank = false, changes = false, whole = false;
  bool json = false;
};

/// `text`, or its beginning where it is too long for a column.
std::string cell(const std::string& text, bool whole) {
  return whole || display_width(text) <= kWidest ? text
                                                 : fmt::format("{:.{}}...", text, kWidest - 3);
}

std::string shown(const SourceLocation& where) {
  return where.line > 0 ? fmt::format("{}:{}", where.file.str(), where.line) : where.file.str();
}

/// Columns that line up, those of all groups alike, without columns that are empty and without
/// spaces at the end.
std::string aligned(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size() && row.size() > 1; ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths[i] > 0 || row.size() == 1) line += fmt::format("{:<{}}  ", row[i], widths[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string values_text(const std::vector<ExplainedValue>& values, bool whole) {
  std::vector<std::vector<std::string>> rows;
  const std::string* group = nullptr;
  for (const auto& value : values) {
    if (!value.group.empty() && (group == nullptr || *group != value.group)) {
      rows.push_back({value.group});  // A row of one cell is a heading.
    }
    group = &value.group;
    const std::string was = !value.before           ? ""
                            : value.before->empty() ? "added"
                                                    : "was " + cell(*value.before, whole);
    rows.push_back({(value.group.empty() ? "" : "  ") + value.field, cell(value.value, whole),
                    value.confidence, value.source, shown(value.where), was});
  }
  return aligned(rows);
}

std::string kind_in_words(const Change& change) {
  return change.kind == Change::Kind::Added     ? "added"
         : change.kind == Change::Kind::Removed ? "removed"
                                                : "changed";
}

std::string changes_text(const std::vector<Change>& changes, bool whole) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& change : changes) {
    const std::string kind = kind_in_words(change);
    const std::string now = change.kind == Change::Kind::Removed ? "" : cell(change.after, whole);
    const std::string was = change.before.empty() ? "" : "was " + cell(change.before, whole);
    rows.push_back({kind, change.path, now, shown(change.where), was});
  }
  return aligned(rows);
}

/// Values by how far the run moves when each is a fifth less.
std::string ranked_text(const Composed& composed, const std::vector<ExplainedValue>& values,
                        bool quiet) {
  std::vector<std::string> paths;
  std::map<std::string, ExplainedValue> by_path;
  for (const auto& value : values) {
    paths.push_back(join_path(value.group, value.field));
    by_path[paths.back()] = value;
  }
  const int all = static_cast<int>(paths.size());
  const auto ranked = sensitivities(composed, paths, cores(),
                                    [&](int done) { tell_done(quiet, done, all, "runs"); });
  return sensitivities_text(ranked, by_path);
}

JsonValue json_of_values(const std::vector<ExplainedValue>& values) {
  JsonValue list = JsonValue::list();
  const auto text = [](const std::string& of) {
    return of.empty() ? JsonValue() : JsonValue(shortened(of, kWidestOfJson));
  };
  for (const auto& value : values) {
    list.push(JsonValue::object()
                  .add("path", join_path(value.group, value.field))
                  .add("value", shortened(value.value, kWidestOfJson))
                  .add("confidence", text(value.confidence))
                  .add("source", text(value.source))
                  .add("has_range", value.has_range)
                  .add("where", shown(value.where))
                  .add("before", value.before ? text(*value.before) : JsonValue())
                  .add("is_changed", value.before.has_value()));
  }
  return list;
}

JsonValue json_of_changes(const std::vector<Change>& changes) {
  JsonValue list = JsonValue::list();
  for (const auto& change : changes) {
    list.push(JsonValue::object()
                  .add("kind", kind_in_words(change))
                  .add("path", change.path)
                  .add("before", shortened(change.before, kWidestOfJson))
                  .add("after", shortened(change.after, kWidestOfJson))
                  .add("where", shown(change.where)));
  }
  return list;
}

/// In JSON a list of objects, whatever is asked for.
std::string explanation(const Composed& composed, const ScenarioExplainOptions& options,
                        bool quiet) {
  const auto lies_outside = [&](const std::string& path) {
    return !options.only.empty() && !lies_in(path, options.only);
  };
  if (options.changes) {
    auto changes = composed.changes;
    std::erase_if(changes, [&](const Change& change) { return lies_outside(change.path); });
    if (options.json) return json_of_changes(changes).text() + "\n";
    return changes_text(changes, options.whole);
  }
  auto values = explain(composed);
  std::erase_if(values, [&](const ExplainedValue& value) {
    return lies_outside(join_path(value.group, value.field));
  });
  if (options.uncertain) values = uncertain(values);
  if (values.empty()) return "";
  if (options.json) return json_of_values(values).text() + "\n";
  return options.rank ? ranked_text(composed, values, quiet) : values_text(values, options.whole);
}

int explain_scenario(const fs::path& file, const ScenarioExplainOptions& options, bool quiet) {
  std::vector<Assignment> sets;
  for (const auto& set : options.sets) sets.push_back(parse_assignment(set).value());
  Diagnostics found;
  const auto composed = compose(file, sets, options.rank, found);
  if (!found.items().empty()) print(std::cerr, found, file.string());
  if (!composed) return kBadInput;

  const std::string text = explanation(*composed, options, quiet);
  if (text.empty() && !options.only.empty()) {
    return refuse("nothing to show in " + in_quotes(options.only), "");
  }
  std::cout << text;
  return 0;
}

}  // namespace

void add_scenario_explain(CLI::App& scenario, Outcome& outcome) {
  const auto options = std::make_shared<ScenarioExplainOptions>();
  auto* command = scenario.add_subcommand(
      "explain", "List every value of a scenario, where it comes from and what it was in the base");
  command->add_option("FILE", options->scenario, "A scenario, or a file that scenarios import")
      ->required();
  command->add_option("--set", options->sets, "Change one value; may be repeated")
      ->type_name("PATH=VALUE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->check(is_assignment);
  command->add_option("--only", options->only, "Only what lies in PATH, such as orders[h20_state]")
      ->type_name("PATH");
  auto* changes = command->add_flag("--changes", options->changes,
                                    "Only what differs from the base, removals as well");
  auto* uncertain = command
                        ->add_flag("--uncertain", options->uncertain,
                                   "Only figures that were estimated or recalled and have no range")
                        ->excludes(changes);
  auto* rank =
      command
          ->add_flag(
              "--rank", options->rank,
              "Of those, what matters: run with each a fifth less, and list what moves the run")
          ->needs(uncertain);
  command->add_flag("--whole", options->whole, "Do not shorten long values")->excludes(rank);
  command->add_flag("--json", options->json, "Print JSON, a list of objects")->excludes(rank);
  command->callback([options, command, &outcome] {
    outcome.exit_code = explain_scenario(locate_scenario(options->scenario, root_of(*command)),
                                         *options, is_quiet(*command));
  });
}

}  // namespace chokepoint
