#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "sim/indicators/regions.hpp"
#include "tools/page/ecosystem/ecosystem_page.hpp"
#include "tools/page/words.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kMostHues = 9;
constexpr const char* kOthers = "others";

constexpr int kLongMonths = 36;

/// Months of a bin: a quarter has three; runs of a few years are told by month.
int months_of_bin(const EcosystemRun& run) {
  const World& world = *run.world;
  return months_between(world.first_day(), world.end_day()) > kLongMonths ? 3 : 1;
}

/// First day of the bin of so many months that `day` lies in.
Date begin_of_bin(Date day, int months) {
  const Date month = first_of_month(day);
  return add_months(month, -(months_between(parse_date("2000-01-01").value(), month) % months));
}

/// Thousand H100-equivalents by peak, by quarter or month and name of the vendor; around the rules
/// included.
using ByQuarter = std::map<Date, std::map<std::string, double>>;

ByQuarter delivered_by_quarter(const EcosystemRun& run) {
  const World& world = *run.world;
  const int months = months_of_bin(run);
  ByQuarter sums;
  for (const LedgerRow& row : run.history->ledger.rows()) {
    if (region_of(world, row) != Region::Mainland) continue;
    const double h100e = row.units * world.worth[row.device.value].h100e_peak;
    sums[begin_of_bin(row.month, months)][world.orgs[row.vendor.value].name] += h100e / 1e3;
  }
  return sums;
}

std::map<std::string, double> sum_of(const ByQuarter& quarters) {
  std::map<std::string, double> sums;
  for (const auto& [quarter, by_vendor] : quarters) {
    for (const auto& [vendor, amount] : by_vendor) sums[vendor] += amount;
  }
  return sums;
}

/// Orgs by name.
const Org* org_named(const World& world, const std::string& name) {
  const auto found = std::ranges::find(world.orgs, name, &Org::name);
  return found == world.orgs.end() ? nullptr : &*found;
}

std::string label_of(const World& world, const std::string& vendor) {
  const Org* org = org_named(world, vendor);
  return org != nullptr ? display_name(*org) : vendor;
}

/// Share of vendors with their seat at home in what was delivered in a year; nothing without any.
std::optional<double> domestic_share(const EcosystemRun& run, const ByQuarter& quarters, int year) {
  double all = 0.0, domestic = 0.0;
  for (const auto& [quarter, by_vendor] : quarters) {
    if (year_of(quarter) != year) continue;
    for (const auto& [vendor, amount] : by_vendor) {
      all += amount;
      const Org* org = org_named(*run.world, vendor);
      if (org != nullptr && org->headquarters == kHomeCountry) domestic += amount;
    }
  }
  return all > 0.0 ? std::optional(domestic / all) : std::nullopt;
}

/// Domestic vendors and their share first and last, and the baseline's.
std::string title_of(const RunPair& pair, const ByQuarter& quarters) {
  const auto years = whole_years(pair.run);
  if (years.empty()) return "What each vendor delivered to the mainland";
  const auto first = domestic_share(pair.run, quarters, years.front());
  const auto last = domestic_share(pair.run, quarters, years.back());
  if (!last) return "What each vendor delivered to the mainland";
  std::string text = fmt::format("Domestic vendors deliver {} of the mainland's new compute in {}",
                                 percent_in_words(*last), years.back());
  if (first && years.size() > 1) {
    text += fmt::format(", {} in {}", percent_in_words(*first), years.front());
  }
  if (pair.base == nullptr) return text;
  const auto base = domestic_share(*pair.base, delivered_by_quarter(*pair.base), years.back());
  if (!base) return text;
  return text + fmt::format(" ({} in the baseline)", percent_in_words(*base));
}

/// Columns for vendors with a hue, domestic ones last so that they lie together, and the others.
struct Stack {
  std::vector<DrawnColumn> drawn;
  Table table;
};

Stack stack_of(const RunPair& pair, const ByQuarter& quarters, const std::vector<std::string>& hues,
               const std::string& name, const std::string& unit, bool is_share) {
  const auto sums = sum_of(quarters);
  std::vector<std::string> shown;
  for (const bool at_home : {true, false}) {
    for (const std::string& hue : hues) {
      const Org* org = org_named(pair.world(), hue);
      if (org == nullptr || (org->headquarters == kHomeCountry) != at_home) continue;
      if (sums.contains(hue)) shown.push_back(hue);
    }
  }
  const auto is_other = [&](const auto& sum) {
    return std::ranges::find(shown, sum.first) == shown.end();
  };
  const bool has_others = std::ranges::any_of(sums, is_other);
  std::vector<Column> columns = {months_of_bin(pair.run) == 1
                                     ? Column("month_begins", Type::Day, "Month begins")
                                     : Column("quarter_begins", Type::Day, "Quarter begins")};
  Stack stack{{}, Table("", {Column("none", Type::Text)})};
  for (const std::string& vendor : shown) {
    columns.emplace_back(vendor + unit, Type::Real, label_of(pair.world(), vendor));
    stack.drawn.push_back({vendor + unit, label_of(pair.world(), vendor), vendor, false, "", ""});
  }
  if (has_others) {
    columns.emplace_back(kOthers + unit, Type::Real, "Others");
    stack.drawn.push_back({kOthers + unit, "Others", kOthers, false, "", ""});
  }
  stack.table = Table(name, std::move(columns));
  for (const auto& [quarter, by_vendor] : quarters) {
    double all = 0.0, rest = 0.0;
    for (const auto& [vendor, amount] : by_vendor) {
      all += amount;
      if (std::ranges::find(shown, vendor) == shown.end()) rest += amount;
    }
    const double scale = !is_share ? 1.0 : all > 0.0 ? 100.0 / all : 0.0;
    std::vector<Cell> row = {quarter};
    for (const std::string& vendor : shown) {
      const auto found = by_vendor.find(vendor);
      row.emplace_back(found == by_vendor.end() ? 0.0 : found->second * scale);
    }
    if (has_others) row.emplace_back(rest * scale);
    stack.table.add_row(std::move(row));
  }
  return stack;
}

}  // namespace

std::string display_name(const Org& org) {
  return org.display.empty() ? org.name : org.display;
}

std::vector<std::string> vendor_hues(const RunPair& pair) {
  auto sums = sum_of(delivered_by_quarter(pair.run));
  if (pair.base != nullptr) {
    for (const auto& [vendor, amount] : sum_of(delivered_by_quarter(*pair.base))) {
      sums[vendor] += amount;
    }
  }
  std::vector<std::pair<double, std::string>> ranked;
  for (const auto& [vendor, amount] : sums) {
    if (amount > 0.0) ranked.emplace_back(-amount, vendor);
  }
  std::ranges::sort(ranked);
  if (ranked.size() > kMostHues) ranked.resize(kMostHues);
  std::vector<std::string> hues;
  for (const auto& [amount, vendor] : ranked) hues.push_back(vendor);
  return hues;
}

std::vector<PageFigure> delivered_figures(const RunPair& pair,
                                          const std::vector<std::string>& hues) {
  const ByQuarter quarters = delivered_by_quarter(pair.run);
  if (sum_of(quarters).empty()) return {};
  const std::string source = pair.run.name + "/trace.pftrace, facts of deliveries";
  const std::string bin = months_of_bin(pair.run) == 1 ? "month" : "quarter";
  Stack amounts = stack_of(pair, quarters, hues, "delivered", "_thousand_h100e", false);
  Stack shares = stack_of(pair, quarters, hues, "market_share", "_percent", true);
  PageFigure delivered{
      "delivered",
      Form::Areas,
      "Compute delivered to the mainland, by vendor",
      "Thousand H100-equivalents of peak 8-bit compute in each " + bin +
          ", what came around the rules included. Numbers on dashed lines are the policy events "
          "listed above.",
      source,
      std::move(amounts.table),
      std::move(amounts.drawn),
      "thousand H100e"};
  delivered.has_events = true;
  PageFigure share{
      "market_share",
      Form::Areas,
      title_of(pair, quarters),
      "Share of each vendor in the peak 8-bit compute delivered to the mainland in each " + bin +
          ", in percent. Domestic vendors lie at the bottom. Numbers on dashed lines are the "
          "policy events listed below.",
      source,
      std::move(shares.table),
      std::move(shares.drawn),
      "%"};
  share.has_events = true;
  share.most = 100.0;
  return {std::move(share), std::move(delivered)};
}

}  // namespace chokepoint
