#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/compose/explain.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/scenario/text/path.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "sim/sweep/replicas.hpp"
#include "tools/commands/commands.hpp"
#include "tools/console/locate.hpp"
#include "tools/console/progress.hpp"
#include "tools/fleet/cluster.hpp"
#include "tools/fleet/cluster_starter.hpp"
#include "tools/print/whole_file.hpp"
#include "tools/print/wrap.hpp"
#include "tools/report/study/study_text.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kWidest = 48;  // Characters of a value that are shown.

struct ExplainOptions {
  std::string scenario;
  std::vector<std::string> sets;
  std::string only;  ///< Path; empty: everything.
  bool uncertain = false, rank = false, changes = false, whole = false;
};

// check

/// Of a cluster nothing happens by dates: logs are replayed on it.
bool is_cluster(const pb::Scenario& scenario) {
  return scenario.sites_size() > 0 && scenario.orders_size() + scenario.buyers_size() == 0 &&
         scenario.training_jobs_size() + scenario.services_size() == 0;
}

/// A file that others import says neither what it is called nor when it begins; a cluster says what
/// it is called.
bool is_for_import(const pb::Scenario& scenario) {
  if (!scenario.start().empty() || !scenario.end().empty()) return false;
  return is_cluster(scenario) || (scenario.name().empty() && scenario.question().empty());
}

std::string contents(const pb::Scenario& scenario) {
  std::string counts;
  const auto count = [&](int n, const char* kind) {
    if (n > 0)
      counts += fmt::format("{}{} {}{}", counts.empty() ? "" : ", ", n, kind, n == 1 ? "" : "s");
  };
  count(scenario.sources_size(), "source");
  count(scenario.devices_size(), "device");
  count(scenario.nodes_size(), "node");
  count(scenario.transformers_size(), "transformer");
  count(scenario.orgs_size(), "org");
  count(scenario.rules_size(), "rule");
  count(scenario.exceptions_size(), "exception");
  count(scenario.orders_size(), "order");
  count(scenario.sites_size(), "site");
  count(scenario.training_jobs_size(), "training job");
  count(scenario.services_size(), "service");
  return counts.empty() ? "nothing in it" : counts;
}

int check_scenario(const fs::path& file) {
  Diagnostics found;
  auto composed = compose(file, {}, false, found);
  if (composed) {
    const bool imported = is_for_import(composed->scenario);
    if (!imported) composed = compose(file, {}, true, found);
    if (composed) imported ? read_catalog(*composed, found) : read_world(*composed, found);
  }
  if (!found.items().empty()) print(std::cerr, found, file.string());
  if (found.has_errors()) return kBadInput;
  std::cout << fmt::format("{}: ok ({})\n", file.string(), contents(composed->scenario));
  return 0;
}

// explain

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

std::string changes_text(const std::vector<Change>& changes, bool whole) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& change : changes) {
    const std::string kind = change.kind == Change::Kind::Added     ? "added"
                             : change.kind == Change::Kind::Removed ? "removed"
                                                                    : "changed";
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

std::string explanation(const Composed& composed, const ExplainOptions& options, bool quiet) {
  const auto lies_outside = [&](const std::string& path) {
    return !options.only.empty() && !lies_in(path, options.only);
  };
  if (options.changes) {
    auto changes = composed.changes;
    std::erase_if(changes, [&](const Change& change) { return lies_outside(change.path); });
    return changes_text(changes, options.whole);
  }
  auto values = explain(composed);
  std::erase_if(values, [&](const ExplainedValue& value) {
    return lies_outside(join_path(value.group, value.field));
  });
  if (options.uncertain) values = uncertain(values);
  if (values.empty()) return "";
  return options.rank ? ranked_text(composed, values, quiet) : values_text(values, options.whole);
}

int explain_scenario(const fs::path& file, const ExplainOptions& options, bool quiet) {
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

// new

constexpr const char* kStarter =
    R"(# The question, in a sentence or two, and what is assumed to answer it.
#
# This file patches another scenario: it says what differs and inherits the rest. Look at what it
# makes of it with `chokepoint scenario explain FILE --changes`, and run it with
# `chokepoint run FILE`.

name: "{name}"
question: "What if the letter that stopped the H20 had come on 1 July 2025?"
base: "{base}"

# Changes one value. `chokepoint scenario explain` lists the paths of all of them.
set {{ path: "rules[us_2025_04_09_bandwidth_letter].effective" value: "2025-07-01" }}

# Takes an element of a list away.
# remove {{ kind: "rule" name: "cn_2025_07_31_guidance" }}

# An element of a known name is changed field by field; one of a new name is added.
# orgs {{ name: "bytedance" note: "Buys for its own use." }}
)";

/// The stem of `file` as a name: what a name may not hold becomes '_'.
std::string name_for(const fs::path& file) {
  std::string name = file.stem().string();
  for (char& c : name) {
    const bool allowed = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
    if (!allowed) c = '_';
  }
  const bool begins_well = !name.empty() && std::isalnum(static_cast<unsigned char>(name[0])) != 0;
  return begins_well ? name : "my_question";
}

std::string starter(const fs::path& file, const fs::path& root) {
  const fs::path folder = fs::absolute(file).parent_path();
  const fs::path base = fs::absolute(root / "scenarios" / "h20_2025.textproto");
  return fmt::format(
      kStarter, fmt::arg("name", name_for(file)),
      fmt::arg("base", base.lexically_normal().lexically_proximate(folder).string()));
}

struct NewOptions {
  std::string file;
  std::optional<std::string> cluster;
};

/// Writes what `text_for` makes for a file of that name, or prints it where there is none.
template <class TextFor>
void write_starter(const std::string& file, const std::string& unnamed, const TextFor& text_for) {
  if (file.empty()) {
    std::cout << text_for(unnamed);
    return;
  }
  if (fs::exists(fs::symlink_status(file))) {
    throw std::runtime_error(file + " exists already; it is left as it is");
  }
  write_whole(file, text_for(file));
  std::cout << file << "\n";
}

/// A shipped cluster under its name, or another of a name of its own that starts from an H20.
int write_cluster(const NewOptions& options, const fs::path& root) {
  const auto shipped = cluster_names(root);
  const std::string& name = *options.cluster;
  const bool is_shipped = std::ranges::find(shipped, name) != shipped.end();
  const std::string near = nearest(name, shipped);
  if (name.empty()) return refuse("the cluster has no name", "there are " + listed(shipped));
  if (!is_shipped && !near.empty()) {
    return refuse("no shipped cluster " + in_quotes(name), "did you mean '" + near + "'?");
  }
  if (!is_name(name)) return refuse(in_quotes(name) + " is no name", "name it like hgx_h20");
  write_starter(options.file, name + ".textproto", [&](const std::string& file) {
    return cluster_starter(name, is_shipped ? name : "hgx_h20", file, root);
  });
  return 0;
}

// The verbs.

void add_check(CLI::App& scenario, Outcome& outcome) {
  const auto file = std::make_shared<std::string>();
  auto* command = scenario.add_subcommand("check", "Read a scenario and report all its errors");
  command->add_option("FILE", *file, "A scenario, or a file that scenarios import")->required();
  command->callback([file, command, &outcome] {
    outcome.exit_code = check_scenario(locate_scenario(*file, root_of(*command)));
  });
}

void add_explain(CLI::App& scenario, Outcome& outcome) {
  const auto options = std::make_shared<ExplainOptions>();
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
  command->callback([options, command, &outcome] {
    outcome.exit_code = explain_scenario(locate_scenario(options->scenario, root_of(*command)),
                                         *options, is_quiet(*command));
  });
}

void add_new(CLI::App& scenario, Outcome& outcome) {
  const auto options = std::make_shared<NewOptions>();
  auto* command = scenario.add_subcommand("new", "Write a small scenario to start from");
  auto* file =
      command->add_option("FILE", options->file, "Where to; standard output where it is not given");
  command->add_option("-o,--output", options->file, "The same")->excludes(file);
  command
      ->add_option("--cluster", options->cluster,
                   "A cluster instead, for replays of requests: like the shipped one of that name, "
                   "or one of a new name")
      ->type_name("NAME");
  command->callback([options, command, &outcome] {
    const fs::path root = root_of(*command);
    if (options->cluster) {
      outcome.exit_code = write_cluster(*options, root);
      return;
    }
    write_starter(options->file, "my_question.textproto",
                  [&](const std::string& name) { return starter(name, root); });
    outcome.exit_code = 0;
  });
}

}  // namespace

void add_scenario_command(CLI::App& app, Outcome& outcome) {
  auto* scenario = app.add_subcommand("scenario", "Write, check and explain scenarios");
  scenario->require_subcommand(1);
  add_check(*scenario, outcome);
  add_explain(*scenario, outcome);
  add_new(*scenario, outcome);
}

}  // namespace chokepoint
