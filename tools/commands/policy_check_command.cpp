#include "tools/commands/options/policy_options.hpp"
#include "tools/commands/options/real_in.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "sim/scenario/reading/cursor.hpp"
#include "sim/scenario/text/characters.hpp"
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
  bool all = false, json = false, csv = false, brief = false;
  bool is_bare = false;  ///< Some attribute was given.
};

std::optional<double> number_in(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  const bool is_number = !text.empty() && *end == '\0' && std::isfinite(number);
  return is_number ? std::optional(number) : std::nullopt;
}

std::string is_positive(const std::string& text) {
  return number_in(text).value_or(0.0) > 0.0 ? "" : in_quotes(text) + " is not a positive number";
}

std::string is_not_negative(const std::string& text) {
  return number_in(text).value_or(-1.0) >= 0.0
             ? ""
             : in_quotes(text) + " is neither 0 nor a positive number";
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
        ->check(how.may_be_none ? is_not_negative : is_positive)
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

std::vector<StatedAttribute> stated_by(const CheckOptions& options) {
  std::vector<StatedAttribute> all;
  for (const AttributeRow& row : attributes()) {
    const auto& stated = options.stated[static_cast<std::size_t>(row.attribute)];
    if (stated) all.emplace_back(row.attribute, *stated * row.in_base_units);
  }
  return all;
}

// Complains of a type that no rule knows.
std::optional<std::vector<ItemTypeId>> types_of(const CheckOptions& options, const World& world) {
  std::vector<ItemTypeId> types;
  for (const auto& word : options.types) {
    const auto& known = world.item_types;
    const auto found = std::ranges::find(known, word);
    if (found == known.end()) {
      const std::string near = nearest(word, known);
      complain("no rule knows the type " + in_quotes(word),
               near.empty() ? "known: " + name_list(known, 1000) : "did you mean '" + near + "'?");
      return std::nullopt;
    }
    types.push_back(ItemTypeId{static_cast<std::uint32_t>(found - known.begin())});
  }
  return types;
}

// A vendor without rules of its own need not be on record.
std::optional<OrgId> vendor_of(const CheckOptions& options, const World& world) {
  for (std::uint32_t i = 0; i < world.orgs.size(); ++i) {
    const Org& org = world.orgs[i];
    for (const auto* name : {&org.name, &org.display}) {
      if (lowercase(*name) == lowercase(options.vendor)) return OrgId{i};
    }
  }
  return std::nullopt;
}

Subject bare_subject_of(const CheckOptions& options, const World& world) {
  BareSubject bare;
  for (const auto& [attribute, figure] : stated_by(options)) {
    bare.attributes.state(attribute, figure);
  }
  bare.vendor = vendor_of(options, world);
  return bare_subject(bare, world);
}

// Something without a name by its attributes, or what is named with those that are given as well.
std::optional<Subject> subject_of(const CheckOptions& options, const World& world) {
  const auto types = types_of(options, world);
  if (!types) return std::nullopt;
  std::optional<Subject> subject;
  if (options.name.empty()) {
    subject = bare_subject_of(options, world);
  } else {
    auto found = find_subject(world, options.name);
    if (!found.subject) complain(found.complaint, found.help);
    if (!found.subject) return std::nullopt;
    subject = changed(std::move(*found.subject), stated_by(options));
  }
  Item& item = subject->item;
  if (!options.vendor.empty()) {
    item.vendor = vendor_of(options, world);
    if (item.vendor) item.vendor_headquarters = world.orgs[item.vendor->value].headquarters;
  }
  if (!options.vendor_headquarters.empty()) {
    item.vendor_headquarters = country_of(options.vendor_headquarters);
  }
  for (const auto& code : options.sold_in) item.sold_in.add(country_of(code));
  item.types.insert(item.types.end(), types->begin(), types->end());
  return subject;
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
  const bool is_one = options.is_bare || !options.name.empty();
  if (options.all == is_one) {
    return refuse(is_one ? "more than one thing to check" : "nothing to check",
                  "give the name of a device or item, or attributes such as --tpp, or --all");
  }
  const auto book = load_policy(policy_file(options.scenario, root));
  if (!book) return kBadInput;
  auto route = route_of(options.route, book->world);
  if (!route) return kUsage;
  if (!options.vendor.empty() && !vendor_of(options, book->world)) {
    route->unlisted_vendor = options.vendor;
  }
  if (options.all) return print_table(options, *book, *route);
  const auto subject = subject_of(options, book->world);
  if (!subject) return kUsage;
  const auto check = check_shipment(*book, *subject, *route, parse_date(options.date).value());
  std::cout << (options.json    ? check_json(check, *book)
                : options.brief ? short_check_text(check, *book)
                                : check_text(check, *book));
  return check.is_free() ? 0 : kFinding;
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
  command
      .add_option("--buyer-owned", options.buyer_owned_by_listed,
                  "How much of a buyer without a name listed parties own, 0 to 1, such as 0.6")
      ->type_name("SHARE")
      ->check(RealIn(0.0, 1.0))
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
  check->add_option(
      "DEVICE", options->name,
      "Device, server or item of the rules; attributes given as well replace its own");
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
  check
      ->add_flag("--short", options->brief,
                 "Print the verdict, the clause, the arithmetic and the citation only")
      ->excludes(json)
      ->excludes(all);
  check->add_flag("--csv", options->csv, "Print the table as comma-separated values")
      ->needs(all)
      ->excludes(json);
  check->callback([=, &outcome] {
    options->is_bare = has_attributes(*check);
    outcome.exit_code = check_policy(*options, root_of(*check));
  });
}

}  // namespace chokepoint
