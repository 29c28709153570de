#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/commands/commands.hpp"
#include "tools/policy/book.hpp"
#include "tools/policy/route.hpp"

namespace chokepoint {

/// ShipmentRoute and receiver as arguments give them.
struct RouteOptions {
  std::string to{kHomeCountry.text()}, from, buyer, buyer_headquarters, packager, packaged_in;
  std::string stage = "offered", category;
  std::vector<std::string> buyer_classes;
  std::optional<double> buyer_owned_by_listed;
};

/// The way that the arguments mean; nothing, after a complaint, where a name is not known.
std::optional<ShipmentRoute> route_of(const RouteOptions& options, const World& world);

/// The org that a name or display name means, whatever its case; nothing, after a complaint, where
/// it means none.
std::optional<OrgId> org_of(const std::string& name, const World& world);

/// The shipped policy below `root`, or the scenario that `given` names.
std::filesystem::path policy_file(const std::string& given, const std::filesystem::path& root);

/// Reads a policy, patched by the scenario text `overlay` where it is not empty, and prints on
/// stderr what is wrong with it. Nothing where it has errors.
std::optional<PolicyBook> load_policy(const std::filesystem::path& file,
                                      const std::filesystem::path& overlay = {});

// Checks of arguments: what is wrong with a text, or nothing.
std::string is_country(const std::string& text);  ///< A code in either case.
std::string is_category(const std::string& text);
std::string is_stage(const std::string& text);

/// The country of a code in either case. Requires: is_country() found nothing wrong.
Country country_of(const std::string& code);

/// Adds `policy check` to the command `policy`; see add_policy_command().
void add_policy_check(CLI::App& policy, Outcome& outcome);

}  // namespace chokepoint
