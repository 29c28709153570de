#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "models/calendar.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/commands/scenario/scenario_verbs.hpp"
#include "tools/console/locate.hpp"
#include "tools/fleet/cluster.hpp"
#include "tools/fleet/cluster_starter.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

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
  std::string file, base;
  std::optional<std::string> cluster;
  bool rule = false;
};

constexpr const char* kPatchHead =
    R"(# The question, in a sentence or two, and what is assumed to answer it.
#
# This file patches another scenario: it says what differs and inherits the rest. Look at what it
# makes of it with `chokepoint scenario explain FILE --changes`, and run it with
# `chokepoint run FILE`.

name: "{name}"
question: "{question}"
base: "{base}"

)";

constexpr const char* kRuleBody =
    R"(# One rule. proto/chokepoint/v1/policy.proto says what else a rule may test: parties, routes,
# quotas, exceptions. `chokepoint policy impact FILE --on DATE` says what it catches.
rules {{
  name: "what_if_rule"
  title: "No chip of 4,800 TPP or more is exported to China"
  government: "US"
  standing: LAW
  announced: "{announced}"
  effective: "{effective}"
  item {{ all_of {{ tpp_at_least: 4800 }} all_of {{ none_of {{ types: "cpu" }} }} }}
  destinations: "CN"
  verdict: PROHIBITED
  citation: "a what-if"
  source: "scenario_prior"
  confidence: ESTIMATED
}}
)";

/// The day in the middle of a scenario, on the first of its month.
Date middle_of(const pb::Scenario& scenario) {
  const auto start = parse_moment(scenario.start()), end = parse_moment(scenario.end());
  if (!start || !end) return parse_date("2025-07-01").value();
  const auto middle = std::chrono::floor<std::chrono::days>(*start + (*end - *start) / 2);
  return first_of_month(middle);
}

/// The rule of Washington that was announced last of those that are in force by the middle of the
/// scenario; null where there is none.
const pb::Rule* telling_rule(const pb::Scenario& scenario) {
  const pb::Rule* last = nullptr;
  const std::string middle = format_date(middle_of(scenario));
  for (const pb::Rule& rule : scenario.rules()) {
    const bool is_off = rule.has_enabled() && !rule.enabled();
    const bool is_law = rule.standing() == pb::LAW || rule.standing() == pb::LETTER;
    if (is_off || !is_law || rule.effective() > middle || rule.government() != "US") continue;
    if (last == nullptr || rule.announced() > last->announced()) last = &rule;
  }
  return last;
}

/// What stands in a new file for its base: a shipped name as it is, a file as seen from there.
std::string base_as_written(const std::string& base, const fs::path& file) {
  if (!fs::exists(base)) return base;
  const fs::path folder = fs::absolute(file).parent_path();
  return fs::absolute(base).lexically_normal().lexically_proximate(folder).string();
}

/// A patch of `base`, which is composed: a rule of its own, or another rule switched off.
std::string patch_text(const NewOptions& options, const pb::Scenario& base,
                       const std::string& file) {
  const Date middle = middle_of(base);
  const pb::Rule* off = telling_rule(base);
  const auto head = [&](const std::string& question) {
    return fmt::format(kPatchHead, fmt::arg("name", name_for(file)), fmt::arg("question", question),
                       fmt::arg("base", base_as_written(options.base, file)));
  };
  if (options.rule) {
    return head("What if no chip of 4,800 TPP or more were exported to China?") +
           fmt::format(kRuleBody, fmt::arg("announced", format_date(add_months(middle, -1))),
                       fmt::arg("effective", format_date(middle)));
  }
  if (off == nullptr) {
    return head("What if chance had gone another way?") +
           "# `chokepoint scenario explain` lists the paths of all values.\n"
           "set { path: \"seed\" value: \"2\" }\n";
  }
  return head(fmt::format("What if {} were not in force?", off->name())) +
         "# `chokepoint scenario explain` lists the paths of all values.\n" +
         fmt::format("rules {{ name: \"{}\" enabled: false }}\n", off->name());
}

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

/// A patch of a shipped scenario, or of a file. The exit code.
int write_patch(NewOptions options, const fs::path& root) {
  if (options.base.empty()) options.base = "history";
  const fs::path base = locate_scenario(options.base, root);
  Diagnostics found;
  const auto composed = compose(base, {}, true, found);
  if (!composed) {
    print(std::cerr, found, base.string());
    return kBadInput;
  }
  write_starter(options.file, "my_question.textproto", [&](const std::string& file) {
    return patch_text(options, composed->scenario, file);
  });
  return 0;
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

}  // namespace

void add_scenario_new(CLI::App& scenario, Outcome& outcome) {
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
  command
      ->add_option("--base", options->base,
                   "Patch this scenario: a file, or the name of a shipped one; one of its rules is "
                   "switched off")
      ->type_name("NAME")
      ->excludes("--cluster");
  command
      ->add_flag("--rule", options->rule, "Patch it with a rule of one's own instead [of history]")
      ->excludes("--cluster");
  command->callback([options, command, &outcome] {
    const fs::path root = root_of(*command);
    if (options->rule || !options->base.empty()) {
      outcome.exit_code = write_patch(*options, root);
      return;
    }
    if (options->cluster) {
      outcome.exit_code = write_cluster(*options, root);
      return;
    }
    write_starter(options->file, "my_question.textproto",
                  [&](const std::string& name) { return starter(name, root); });
    outcome.exit_code = 0;
  });
}

}  // namespace chokepoint
