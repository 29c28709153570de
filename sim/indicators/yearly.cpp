#include "sim/indicators/yearly.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <sstream>
#include <tuple>
#include <utility>

#include "models/ecosystem/market_shares.hpp"
#include "models/scoring/scores.hpp"
#include "sim/indicators/stockpiles.hpp"
#include "sim/indicators/sums.hpp"
#include "sim/indicators/yearly_kinds.hpp"
#include "sim/indicators/yearly_work.hpp"
#include "tools/print/number_format.hpp"

namespace chokepoint {

namespace {

const Country kHome("CN");
constexpr std::string_view kYearlyHeader = "year,indicator,subject,unit,";
constexpr std::array<const char*, kPathways> kPathwayNames = {"domestic", "legal",  "licensed",
                                                              "diverted", "rented", "stockpile"};

std::string region_of(const World& world, const LedgerRow& row) {
  const Country user = world.home_of(row.user);
  if (row.site_country == kHome) return "mainland";
  return user == kHome ? "offshore" : "abroad";
}

void add_to_pathways(Pathway way, double units, double of_stockpiles, int year, Sums& sums) {
  const auto add = [&](Pathway to, double part) {
    sums.add({"pathway", kPathwayNames[static_cast<std::size_t>(to)], "packages", year}, part);
  };
  const bool can_be = way == Pathway::Domestic;
  add(way, can_be ? units * (1.0 - of_stockpiles) : units);
  if (can_be && of_stockpiles > 0.0) add(Pathway::Stockpile, units * of_stockpiles);
}

void add_deliveries(const World& world, const Ledger& ledger, Sums& sums) {
  struct Sold {
    double units = 0.0, value = 0.0;
    bool is_domestic = false;
  };
  const Stockpiles stockpiles(world, ledger);
  std::map<int, std::map<std::string, Sold>> mainland;  // By year and vendor.
  for (const LedgerRow& row : ledger.rows()) {
    const int year = year_of(row.month);
    const std::string region = region_of(world, row);
    const std::string vendor = world.orgs[row.vendor.value].name;
    sums.add({"delivered", fmt::format("{}/{}", region, vendor), "packages", year}, row.units);
    sums.add({"revenue", fmt::format("{}/{}", region, vendor), "USD", year}, row.value.value);
    if (region == "abroad") continue;
    const Country seat = world.orgs[row.vendor.value].headquarters;
    add_to_pathways(pathway_of(row, seat, kHome), row.units, stockpiles.share(row.device, year),
                    year, sums);
    if (region != "mainland") continue;
    Sold& sold = mainland[year][vendor];
    sold.units += row.units;
    sold.value += row.value.value;
    sold.is_domestic = seat == kHome;
  }
  for (const auto& [year, vendors] : mainland) {
    double all_units = 0.0, all_value = 0.0, domestic_units = 0.0, domestic_value = 0.0;
    std::vector<double> values;
    for (const auto& [vendor, sold] : vendors) {
      all_units += sold.units;
      all_value += sold.value;
      values.push_back(sold.value);
      if (!sold.is_domestic) continue;
      domestic_units += sold.units;
      domestic_value += sold.value;
    }
    if (all_units <= 0.0 || all_value <= 0.0) continue;
    for (const auto& [vendor, sold] : vendors) {
      sums.set({"unit_share", fmt::format("mainland/{}", vendor), "share", year},
               sold.units / all_units);
      sums.set({"value_share", fmt::format("mainland/{}", vendor), "share", year},
               sold.value / all_value);
    }
    sums.set({"domestic_share", "units", "share", year}, domestic_units / all_units);
    sums.set({"domestic_share", "value", "share", year}, domestic_value / all_value);
    sums.set({"vendor_hhi", "mainland", "index", year}, herfindahl(values));
  }
}

void add_dependence(const World& world, const Ledger& ledger, Sums& sums) {
  struct Parts {
    double all = 0.0;
    std::map<std::uint32_t, double> by_stack;
    std::array<double, 4> by_kind = {};
  };
  std::map<std::pair<std::string, int>, Parts> parts;  // By capability and year.
  for (const auto& [key, value] : ledger.samples()) {
    const auto& [counter, index, year] = key;
    const bool is_counted = counter == Counter::H100eTraining || counter == Counter::H100eDecode;
    if (!is_counted || pool_region(world, PoolId{index}) != "mainland") continue;
    const DeviceSpec& device = world.devices[world.pools[index].device.value];
    Parts& part = parts[{counter == Counter::H100eTraining ? "training" : "decode", year}];
    part.all += value;
    part.by_stack[device.stack.value] += value;
    part.by_kind[static_cast<std::size_t>(device.kind)] += value;
  }
  for (const auto& [key, part] : parts) {
    const auto& [capability, year] = key;
    if (part.all <= 0.0) continue;
    std::vector<double> stacks;
    for (const auto& [stack, amount] : part.by_stack) {
      stacks.push_back(amount);
      if (world.stacks[stack].name != "cuda") continue;
      sums.set({fmt::format("cuda_dependence_{}", capability), "mainland", "share", year},
               amount / part.all);
    }
    sums.set({fmt::format("stack_hhi_{}", capability), "mainland", "index", year},
             herfindahl(stacks));
    for (std::size_t kind = 0; kind < kKindNames.size(); ++kind) {
      sums.set({fmt::format("kind_share_{}", capability), kKindNames[kind], "share", year},
               part.by_kind[kind] / part.all);
    }
  }
}

/// Every figure of any run, with a value of each; a run without it had nothing of it.
std::map<std::string, std::vector<double>> by_figure(const std::vector<Figures>& runs) {
  std::map<std::string, std::vector<double>> rows;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (const auto& [name, value] : runs[i]) {
      auto& row = rows[name];
      row.resize(runs.size(), 0.0);
      row[i] = value;
    }
  }
  return rows;
}

}  // namespace

Figures yearly_figures(const World& world, const Ledger& ledger) {
  Sums sums;
  add_deliveries(world, ledger, sums);
  add_installed(world, ledger, sums);
  add_work(world, ledger, sums);
  add_dependence(world, ledger, sums);
  add_kinds(world, ledger, sums);
  for (const auto& [key, refusal] : ledger.refusals()) {
    const std::string& rule = world.regime.rules[key.first.value].name;
    sums.add({"refused", rule, "packages", key.second}, refusal.units);
    sums.add({"refused_value", rule, "USD", key.second}, refusal.value.value);
  }
  for (const auto& [key, receipts] : ledger.receipts()) {
    sums.add({"receipts", key.first.text(), "USD", key.second}, receipts.value);
  }
  return sums.take();
}

std::string yearly_csv(const std::vector<Figures>& runs, const std::vector<std::string>& columns) {
  std::string text = "year,indicator,subject,unit";
  for (const auto& column : columns) text.append(",").append(column);
  text += "\n";
  for (const auto& [name, values] : by_figure(runs)) {
    text += name;
    for (const double value : values) text.append(",").append(format_exact(value));
    text += "\n";
  }
  return text;
}

std::string bands_csv(const std::vector<Figures>& runs) {
  std::string text = "year,indicator,subject,unit,low,median,high\n";
  for (auto& [name, values] : by_figure(runs)) {
    std::sort(values.begin(), values.end());
    text += name;
    for (const double share : {kTail, 0.5, 1.0 - kTail}) {
      text.append(",").append(format_exact(quantile(values, share)));
    }
    text += "\n";
  }
  return text;
}

std::vector<std::string> yearly_columns(const std::string& text) {
  const std::string header = text.substr(0, text.find('\n'));
  std::vector<std::string> columns;
  if (!header.starts_with(kYearlyHeader)) return columns;
  std::istringstream in(header.substr(kYearlyHeader.size()));
  for (std::string column; std::getline(in, column, ',');) columns.push_back(column);
  return columns;
}

std::optional<std::vector<Figures>> read_yearly_csv(const std::string& text) {
  std::istringstream in(text);
  std::string line;
  if (!std::getline(in, line) || !line.starts_with(kYearlyHeader)) return std::nullopt;
  std::vector<Figures> runs(yearly_columns(line).size());
  while (std::getline(in, line)) {
    std::size_t at = 0;
    for (int comma = 0; comma < 4; ++comma) at = line.find(',', at) + 1;
    const std::string name = line.substr(0, at - 1);
    for (Figures& run : runs) {
      double value = 0.0;
      const auto end = std::from_chars(line.data() + at, line.data() + line.size(), value).ptr;
      run[name] = value;
      at = static_cast<std::size_t>(end - line.data()) + 1;
      if (at > line.size()) break;
    }
  }
  return runs;
}

}  // namespace chokepoint
