#include "tools/commands/policy_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "sim/scenario/reading/cursor.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/policy/check.hpp"
#include "tools/policy/check_text.hpp"
#include "tools/policy/tables.hpp"
#include "tools/policy/words.hpp"

namespace chokepoint {
namespace {

struct CheckOptions {
  std::string name, date, scenario;
  RouteOptions route;
  std::array<std::optional<double>, kAttributes> stated;  ///< In the units of the flags.
  std::string vendor, vendor_headquarters;
  std::vector<std::string> sold_in, types;
  bool all = false, json = false, csv = false;
  bool is_bare = false;  ///< Some attribute was given.
};

std::string is_positive(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  const bool is_number = !text.empty() && *end == '\0';
  return is_number && number > 0.0 && std::isfinite(number)
             ? ""
             : in_quotes(text) + " is not a positive number";
}

template <class Codes>
CLI::Option* country_option(CLI::App& command, const std::string& flag, Codes& codes,
                            const std::string& what) {
  return command.add_option(flag, codes, what)->type_name("COUNTRY")->check(is_country);
}

void add_attribute(CLI::App& command, const AttributeRow& row, std::optional<double>& stated) {
  const Statement& how = row.statement;
  if (row.is_yes_no) {
    command
        .add_flag_function(
            how.flag, [&stated](std::int64_t count) { stated = count > 0 ? 1.0 : 0.0; }, how.help)
        ->group("Attributes");
  } else {
    command.add_option(how.flag, stated, how.help)
        ->type_name("N")
        ->check(is_positive)
        ->group("Attributes");
  }
}

void add_attributes(CLI::App& command, CheckOptions& options) {
  for (const bool yes_no : {false, true}) {
    for (const AttributeRow& row : attributes()) {
      if (row.is_yes_no != yes_no || !row.statement.is_given()) continue;
      add_attribute(command, row, options.stated[static_cast<std::size_t>(row.attribute)]);
    }
  }
  const std::string group = "Attributes";
  command.add_option("--vendor", options.vendor, "Who sells it")->type_name("ORG")->group(group);
  country_option(command, "--vendor-hq", options.vendor_headquarters,
                 "Headquarters of who sells it (default: the vendor's, else US)")
      ->group(group);
  country_option(command, "--sold-in", options.sold_in, "Country in which anybody can buy it")
      ->group(group);
  command.add_option("--type", options.types, "Word that rules know such things by")
      ->type_name("WORD")
      ->group(group);
}

bool has_attributes(const CLI::App& command) {
  const auto options = command.get_options(
      [](const CLI::Option* option) { return option->get_group() == "Attributes"; });
  return std::ranges::any_of(options,
                             [](const CLI::Option* option) { return option->count() > 0; });
}

// Complains where an attribute is named that does not exist.
std::optional<Subject> subject_of_attributes(const CheckOptions& options, const World& world) {
  BareSubject bare;
  for (const AttributeRow& row : attributes()) {
    const auto& stated = options.stated[static_cast<std::size_t>(row.attribute)];
    if (stated) bare.attributes.state(row.attribute, *stated * row.in_base_units);
  }
  if (!options.vendor.empty() && !(bare.vendor = org_of(options.vendor, world))) {
    return std::nullopt;
  }
  if (!options.vendor_headquarters.empty()) {
    bare.vendor_headquarters = country_of(options.vendor_headquarters);
  }
  for (const auto& code : options.sold_in) bare.sold_in.add(country_of(code));
  for (const auto& word : options.types) {
    const auto& known = world.item_types;
    const auto found = std::ranges::find(known, word);
    if (found == known.end()) {
      const std::string near = nearest(word, known);
      complain("no rule knows the type " + in_quotes(word),
               near.empty() ? "known: " + name_list(known, 1000) : "did you mean '" + near + "'?");
      return std::nullopt;
    }
    bare.types.push_back(ItemTypeId{static_cast<std::uint32_t>(found - known.begin())});
  }
  return bare_subject(bare, world);
}

std::optional<Subject> subject_of(const CheckOptions& options, const World& world) {
  if (options.is_bare) return subject_of_attributes(options, world);
  auto found = find_subject(world, options.name);
  if (!found.subject) complain(found.complaint, found.help);
  return found.subject;
}

int print_table(const CheckOptions& options, const PolicyBook& book, const ShipmentRoute& route) {
  const Date date = parse_date(options.date).value();
  const Table table = policy_table(book, route, date);
  JsonValue json = JsonValue::object();
  json.add("schema", "chokepoint.policy.table/1").add("date", format_date(date));
  json.add("rows", to_json(table));
  std::cout << (options.json ? json.text() + "\n" : options.csv ? to_csv(table) : to_text(table));
  return 0;
}

int check_policy(const CheckOptions& options, const std::filesystem::path& root) {
  const int asked =
      (options.all ? 1 : 0) + (options.is_bare ? 1 : 0) + (options.name.empty() ? 0 : 1);
  if (asked != 1) {
    return refuse(asked == 0 ? "nothing to check" : "more than one thing to check",
                  "give the name of a device or item, or attributes such as --tpp, or --all");
  }
  const auto book = load_policy(policy_file(options.scenario, root));
  if (!book) return kBadInput;
  const auto route = route_of(options.route, book->world);
  if (!route) return kUsage;
  if (options.all) return print_table(options, *book, *route);
  const auto subject = subject_of(options, book->world);
  if (!subject) return kUsage;
  const auto check = check_shipment(*book, *subject, *route, parse_date(options.date).value());
  std::cout << (options.json ? check_json(check, *book) : check_text(check, *book));
  return check.overall().verdict == Verdict::Free ? 0 : kFinding;
}

}  // namespace

void add_route_options(CLI::App& command, RouteOptions& options) {
  country_option(command, "--to", options.to, "Country of destination (default: CN)");
  country_option(command, "--from", options.from,
                 "Goods leave from there (default: the vendor's home)");
  auto* buyer = command.add_option("--buyer", options.buyer, "Who buys (default: not known)");
  buyer->type_name("ORG");
  country_option(command, "--buyer-hq", options.buyer_headquarters,
                 "Headquarters of a buyer without a name (default: the destination)")
      ->excludes(buyer);
  command
      .add_option("--buyer-class", options.buyer_classes,
                  "Class of a buyer without a name, such as big_tech")
      ->type_name("CLASS")
      ->excludes(buyer);
  command.add_option("--packager", options.packager, "Who packages a die")->type_name("ORG");
  country_option(command, "--packaged-in", options.packaged_in, "Where a die is packaged");
  command
      .add_option("--stage", options.stage, "offered, in-flight or installed (default: offered)")
      ->type_name("STAGE")
      ->check(is_stage);
  command
      .add_option("--category", options.category,
                  "Judge it as such a thing: " + name_list(category_words()))
      ->type_name("CATEGORY")
      ->check(is_category);
}

void add_policy_check(CLI::App& policy, Outcome& outcome) {
  const auto options = std::make_shared<CheckOptions>();
  auto* check = policy.add_subcommand("check", "Judge a shipment by the rules of all governments");
  check->add_option("DEVICE", options->name, "Device of the catalogue, or item of the rules");
  check->add_option("--on", options->date, "Day on which it is judged")
      ->type_name("DATE")
      ->check(is_day)
      ->required();
  add_route_options(*check, options->route);
  add_attributes(*check, *options);
  auto* all = check->add_flag("--all", options->all, "A table of every device and chip");
  check->add_option("--scenario", options->scenario, "Its policy, not the shipped one")
      ->type_name("FILE");
  auto* json = check->add_flag("--json", options->json, "Print JSON");
  check->add_flag("--csv", options->csv, "Print the table as comma-separated values")
      ->needs(all)
      ->excludes(json);
  check->callback([=, &outcome] {
    options->is_bare = has_attributes(*check);
    outcome.exit_code = check_policy(*options, root_of(*check));
  });
}

}  // namespace chokepoint
