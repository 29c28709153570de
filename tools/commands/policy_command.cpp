#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/reading/cursor.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/options/policy_options.hpp"
#include "tools/policy/entry.hpp"
#include "tools/policy/impact.hpp"
#include "tools/policy/impact_text.hpp"
#include "tools/policy/tables.hpp"
#include "tools/policy/variant.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

struct PolicyOptions {
  std::string scenario, name, government, date, from, to;
  RouteOptions route;
  bool json = false;
};

std::optional<Date> given_day(const std::string& text) {
  return text.empty() ? std::nullopt : parse_date(text);
}

std::optional<Country> given_country(const std::string& code) {
  return code.empty() ? std::nullopt : std::optional(country_of(code));
}

/// As JSON, its rows are the member `rows` of "chokepoint.policy.<schema>/1".
void print(const PolicyOptions& options, const Table& table, const std::string& schema,
           const std::string& rows) {
  JsonValue json = JsonValue::object();
  json.add("schema", "chokepoint.policy." + schema + "/1").add(rows, to_json(table));
  std::cout << (options.json ? json.text() + "\n" : to_text(table));
}

int list_policy(const PolicyOptions& options, const fs::path& root) {
  const auto book = load_policy(policy_file(options.scenario, root));
  if (!book) return kBadInput;
  const Table list =
      policy_list(*book, {given_country(options.government), given_day(options.date)});
  print(options, list, "list", "entries");
  return 0;
}

// Says that there is no entry of that name among `known`.
int refuse_name(const std::string& name, const std::vector<std::string>& known,
                const std::string& kinds) {
  const std::string near = nearest(name, known);
  return refuse("no " + kinds + " " + in_quotes(name),
                near.empty() ? "see 'chokepoint policy list'" : "did you mean '" + near + "'?");
}

int show_policy(const PolicyOptions& options, const fs::path& root) {
  const auto book = load_policy(policy_file(options.scenario, root));
  if (!book) return kBadInput;
  const auto names = policy_entry_names(*book);
  if (std::ranges::find(names, options.name) == names.end()) {
    return refuse_name(options.name, names, "rule, exception, quota or event");
  }
  std::cout << (options.json ? policy_entry_json(*book, options.name, root)
                             : policy_entry_text(*book, options.name, root));
  return 0;
}

int tell_timeline(const PolicyOptions& options, const fs::path& root) {
  const auto book = load_policy(policy_file(options.scenario, root));
  if (!book) return kBadInput;
  const Table timeline = policy_timeline(
      *book, {given_day(options.from), given_day(options.to), given_country(options.government)});
  print(options, timeline, "timeline", "moments");
  return 0;
}

std::vector<std::string> switchable_names(const PolicyBook& book) {
  std::vector<std::string> names;
  const auto add = [&](const auto& measures) {
    std::ranges::transform(measures, std::back_inserter(names),
                           [](const auto& measure) { return measure.name; });
  };
  add(book.world.regime.rules);
  add(book.world.regime.exceptions);
  return names;
}

/// The pair that RULE|FILE means, or the exit code after a complaint.
struct Asked {
  std::optional<PolicyPair> pair;
  int exit_code = 0;
};

Asked asked_pair(const PolicyOptions& options, const PolicyBook& book, const fs::path& policy) {
  const auto names = switchable_names(book);
  if (std::ranges::find(names, options.name) != names.end()) {
    return {with_and_without(book, options.name), 0};
  }
  if (fs::path(options.name).extension() != ".textproto" && !fs::exists(options.name)) {
    return {std::nullopt, refuse_name(options.name, names, "rule, exception or file")};
  }
  Diagnostics found;
  auto pair = with_draft(book, policy, options.name, found);
  if (!found.items().empty()) print(std::cerr, found, options.name);
  return {std::move(pair), kBadInput};
}

int tell_impact(const PolicyOptions& options, const fs::path& root) {
  const fs::path policy = policy_file(options.scenario, root);
  const auto book = load_policy(policy);
  if (!book) return kBadInput;
  const auto asked = asked_pair(options, *book, policy);
  if (!asked.pair) return asked.exit_code;
  const auto route = route_of(options.route, asked.pair->with.world);
  if (!route) return kUsage;
  const auto impact = policy_impact(*asked.pair, *route, parse_date(options.date).value());
  const auto variants = legal_variants(*asked.pair, *route, impact.date);
  const World& world = asked.pair->with.world;
  std::cout << (options.json ? impact_json(impact, world, variants)
                             : impact_text(impact, world) + variants_text(variants));
  return 0;
}

using Answer = int (*)(const PolicyOptions&, const fs::path& root);

struct PolicyVerb {
  CLI::App* app;
  std::shared_ptr<PolicyOptions> options;
};

PolicyVerb add_verb(CLI::App& policy, Outcome& outcome, const std::string& name,
                    const std::string& what, Answer answer) {
  const auto options = std::make_shared<PolicyOptions>();
  auto* verb = policy.add_subcommand(name, what);
  verb->add_option("--scenario", options->scenario, "Its policy, not the shipped one")
      ->type_name("FILE");
  verb->add_flag("--json", options->json, "Print JSON");
  verb->callback([=, &outcome] { outcome.exit_code = answer(*options, root_of(*verb)); });
  return {verb, options};
}

void add_day(const PolicyVerb& verb, const std::string& flag, std::string& value,
             const std::string& what) {
  verb.app->add_option(flag, value, what)->type_name("DATE")->check(is_day);
}

void add_government(const PolicyVerb& verb) {
  verb.app->add_option("--government", verb.options->government, "Only its rules")
      ->type_name("COUNTRY")
      ->check(is_country);
}

}  // namespace

void add_policy_command(CLI::App& app, Outcome& outcome) {
  auto* policy = app.add_subcommand("policy", "What governments' rules say, and why");
  policy->require_subcommand(1);
  add_policy_check(*policy, outcome);

  const PolicyVerb list =
      add_verb(*policy, outcome, "list", "A line per rule and exception", list_policy);
  add_government(list);
  add_day(list, "--on", list.options->date, "Tell which are in force on that day");

  const PolicyVerb show =
      add_verb(*policy, outcome, "show",
               "All there is of a rule, an exception, a quota or an event", show_policy);
  show.app->add_option("NAME", show.options->name, "See 'policy list'")->required();

  const PolicyVerb timeline =
      add_verb(*policy, outcome, "timeline", "What was announced, took effect and ended, by date",
               tell_timeline);
  add_government(timeline);
  add_day(timeline, "--from", timeline.options->from, "First day");
  add_day(timeline, "--to", timeline.options->to, "Last day");

  const PolicyVerb impact = add_verb(
      *policy, outcome, "impact", "What a rule, or a draft of one, catches and frees", tell_impact);
  impact.app
      ->add_option("RULE|FILE", impact.options->name,
                   "Rule or exception, switched off and on; or a file that patches the policy")
      ->required();
  impact.app->add_option("--on", impact.options->date, "Day on which things are judged")
      ->type_name("DATE")
      ->check(is_day)
      ->required();
  add_route_options(*impact.app, impact.options->route);
}

}  // namespace chokepoint
