#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "models/ecosystem/market_shares.hpp"
#include "sim/indicators/regions.hpp"
#include "tools/page/ecosystem/ecosystem_page.hpp"
#include "tools/page/words.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kMostUsers = 7;
constexpr const char* kOtherVendors = "Other vendors";
constexpr const char* kOtherUsers = "Other users";

/// How chips come, in the order of Pathway; a stockpile is of parts and not seen in a delivery.
struct Way {
  const char* name;
  bool needs_licence;
};
constexpr std::array kWays = {Way{"Made at home", false},   Way{"Sold freely", false},
                              Way{"Under a licence", true}, Way{"Around the rules", true},
                              Way{"Rented abroad", false},  Way{"Made at home", false}};

/// Thousand H100-equivalents from one thing to the next.
using Amounts = std::map<std::pair<std::string, std::string>, double>;

struct YearOfFlows {
  Amounts to_ways, to_users;
  std::map<std::string, double> by_way;
  double all = 0.0;
};

/// The users with most; others are told together.
std::vector<OrgId> largest_users(const World& world, const std::vector<const LedgerRow*>& rows) {
  std::map<OrgId, double> sums;
  for (const LedgerRow* row : rows) {
    sums[world.ultimate_parent(row->user)] +=
        row->units * world.worth[row->device.value].h100e_peak;
  }
  std::vector<std::pair<double, OrgId>> ranked;
  for (const auto& [user, amount] : sums) ranked.emplace_back(-amount, user);
  std::ranges::sort(ranked);
  if (ranked.size() > kMostUsers + 1) ranked.resize(kMostUsers);
  std::vector<OrgId> users;
  for (const auto& [amount, user] : ranked) users.push_back(user);
  return users;
}

/// A name of its own, also where a vendor or its owner is called alike.
std::string user_name(const World& world, OrgId user, const std::vector<std::string>& hues) {
  const std::string name = display_name(world.orgs[user.value]);
  const bool is_taken = std::ranges::any_of(hues, [&](const std::string& hue) {
    const auto vendor = std::ranges::find(world.orgs, hue, &Org::name);
    return vendor != world.orgs.end() && display_name(*vendor) == name;
  });
  return is_taken ? name + " as a user" : name;
}

YearOfFlows flows_in(const EcosystemRun& run, int year, const std::vector<std::string>& hues) {
  const World& world = *run.world;
  std::vector<const LedgerRow*> rows;
  for (const LedgerRow& row : run.history->ledger.rows()) {
    const bool is_for_home = region_of(world, row) != Region::Abroad;
    if (year_of(row.month) == year && is_for_home) rows.push_back(&row);
  }
  const auto users = largest_users(world, rows);
  YearOfFlows flows;
  for (const LedgerRow* row : rows) {
    const double amount = row->units * world.worth[row->device.value].h100e_peak / 1e3;
    const Org& vendor = world.orgs[row->vendor.value];
    const bool has_hue = std::ranges::find(hues, vendor.name) != hues.end();
    const OrgId user = world.ultimate_parent(row->user);
    const bool is_large = std::ranges::find(users, user) != users.end();
    const auto way = static_cast<std::size_t>(pathway_of(*row, vendor.headquarters, kHomeCountry));
    const std::string used = is_large ? user_name(world, user, hues) : kOtherUsers;
    flows.to_ways[{has_hue ? display_name(vendor) : kOtherVendors, kWays[way].name}] += amount;
    flows.to_users[{kWays[way].name, used}] += amount;
    flows.by_way[kWays[way].name] += amount;
    flows.all += amount;
  }
  return flows;
}

bool needs_licence(const std::string& way) {
  return std::ranges::any_of(
      kWays, [&](const Way& known) { return known.name == way && known.needs_licence; });
}

std::string flow_title(const YearOfFlows& flows, int year) {
  double restricted = 0.0;
  for (const auto& [way, amount] : flows.by_way) {
    if (needs_licence(way)) restricted += amount;
  }
  const double share = restricted / flows.all;
  if (share < 0.001) {
    return fmt::format("Nothing that reaches Chinese users in {} needs a licence", year);
  }
  return fmt::format(
      "{} of the compute that reaches Chinese users in {} comes under a licence or "
      "around the rules",
      percent_in_words(share), year);
}

}  // namespace

std::vector<PageFigure> flow_figures(const RunPair& pair, const std::vector<std::string>& hues) {
  const int year = telling_year(pair);
  const YearOfFlows flows = flows_in(pair.run, year, hues);
  if (flows.all <= 0.0) return {};
  Table table("flows", {Column("from", Type::Text, "From"), Column("to", Type::Text, "To"),
                        Column("amount_thousand_h100e", Type::Real, "Thousand H100e"),
                        Column("needs_licence", Type::YesNo, "Needs a licence")});
  const double least = flows.all * 1e-5;
  for (const auto& [between, amount] : flows.to_ways) {
    if (amount < least) continue;
    table.add_row({between.first, between.second, amount, needs_licence(between.second)});
  }
  for (const auto& [between, amount] : flows.to_users) {
    if (amount < least) continue;
    table.add_row({between.first, between.second, amount, needs_licence(between.first)});
  }
  std::vector<DrawnColumn> drawn;
  for (const std::string& hue : hues) {
    const auto org = std::ranges::find(pair.world().orgs, hue, &Org::name);
    if (org == pair.world().orgs.end()) continue;
    const std::string name = display_name(*org);
    drawn.push_back({name, name, hue, false, "", ""});
  }
  for (const Way& way : kWays) {
    if (way.needs_licence) drawn.push_back({way.name, way.name, "licence", false, "", ""});
  }
  return {{"flows", Form::Flows, flow_title(flows, year),
           fmt::format("Thousand H100-equivalents of peak 8-bit compute delivered in {}, from "
                       "vendors by the way they came to the users. Red needs a licence of a "
                       "government, had or not. What fabs send each other is not recorded, so the "
                       "picture begins at the vendor.",
                       year),
           pair.run.name + "/trace.pftrace, facts of deliveries", std::move(table),
           std::move(drawn), "thousand H100e"}};
}

}  // namespace chokepoint
