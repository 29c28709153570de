#include "sim/indicators/yearly.hpp"

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "models/ecosystem/market_shares.hpp"
#include "sim/indicators/listing.hpp"
#include "sim/indicators/regions.hpp"

namespace chokepoint {

namespace {

constexpr std::array<const char*, kPathways> kPathwayNames = {"domestic", "legal",  "licensed",
                                                              "diverted", "rented", "stockpile"};

/// What devices are made of, by year, from what a run sampled.
class Stockpiles {
public:
  Stockpiles(const World& world, const Ledger& ledger) {
    add(world, ledger, Counter::DevicesMade, &Made::all);
    add(world, ledger, Counter::MadeOfStockpiles, &Made::of_stockpiles);
  }

  /// Of what fabs made of `device` in `year`, what was made of stockpiles, in [0, 1]; 0 where they
  /// made none.
  double share(DeviceId device, int year) const {
    const auto found = made_.find({device, year});
    if (found == made_.end() || found->second.all <= 0.0) return 0.0;
    return found->second.of_stockpiles / found->second.all;
  }

private:
  struct Made {
    double all = 0.0, of_stockpiles = 0.0;  // Packages.
  };

  void add(const World& world, const Ledger& ledger, Counter counter, double Made::*to) {
    for (const auto& [key, value] : ledger.samples_of(counter)) {
      const auto [of, line, year] = key;
      const double in_year = value - ledger.sample_or(of, line, year - 1, 0.0);
      made_[{world.supplies[line].device, year}].*to += in_year;
    }
  }

  std::map<std::pair<DeviceId, int>, Made> made_;
};

/// Packages by the way they came and year.
using ByPathway = std::map<std::pair<Pathway, int>, double>;

void add_to_pathways(Pathway way, double units, double of_stockpiles, int year, ByPathway& sums) {
  const bool can_be = way == Pathway::Domestic;
  sums[{way, year}] += can_be ? units * (1.0 - of_stockpiles) : units;
  if (can_be && of_stockpiles > 0.0) sums[{Pathway::Stockpile, year}] += units * of_stockpiles;
}

/// What one vendor sold in a year, of one region or around the rules.
struct Sold {
  double units = 0.0, value = 0.0;
};

struct SoldTo {
  int year;
  std::optional<Region> region;  ///< Unset: diverted.
  OrgId vendor;

  auto operator<=>(const SoldTo&) const = default;
};

void add_shares(const World& world, int year, const std::map<std::string, OrgId>& vendors,
                const std::map<SoldTo, Sold>& sales, Figures& figures) {
  const auto sold_by = [&](OrgId vendor) { return sales.at({year, Region::Mainland, vendor}); };
  Sold all, domestic;
  std::vector<double> values;
  for (const auto& [name, vendor] : vendors) {
    const Sold sold = sold_by(vendor);
    all.units += sold.units;
    all.value += sold.value;
    values.push_back(sold.value);
    if (world.orgs[vendor.value].headquarters != kHomeCountry) continue;
    domestic.units += sold.units;
    domestic.value += sold.value;
  }
  if (all.units <= 0.0 || all.value <= 0.0) return;
  const std::string mainland = region_name(Region::Mainland);
  for (const auto& [name, vendor] : vendors) {
    const std::string subject = std::string(mainland).append("/").append(name);
    figures[indicator("unit_share").of(subject, year)] = sold_by(vendor).units / all.units;
    figures[indicator("value_share").of(subject, year)] = sold_by(vendor).value / all.value;
  }
  figures[indicator("domestic_share").of("units", year)] = domestic.units / all.units;
  figures[indicator("domestic_share").of("value", year)] = domestic.value / all.value;
  figures[indicator("vendor_hhi").of(mainland, year)] = herfindahl(values);
}

void add_deliveries(const World& world, const Ledger& ledger, Figures& figures) {
  const Stockpiles stockpiles(world, ledger);
  std::map<SoldTo, Sold> sales;
  ByPathway pathways;
  for (const LedgerRow& row : ledger.rows()) {
    const int year = year_of(row.month);
    const Region region = region_of(world, row);
    const bool is_diverted = row.status == LegalStatus::Diverted;
    Sold& sold = sales[{year, is_diverted ? std::nullopt : std::optional(region), row.vendor}];
    sold.units += row.units;
    sold.value += row.value.value;
    if (region == Region::Abroad) continue;
    const Country headquarters = world.orgs[row.vendor.value].headquarters;
    add_to_pathways(pathway_of(row, headquarters, kHomeCountry), row.units,
                    stockpiles.share(row.device, year), year, pathways);
  }
  std::map<int, std::map<std::string, OrgId>> mainland;  // By year and name.
  for (const auto& [to, sold] : sales) {
    const std::string& vendor = world.orgs[to.vendor.value].name;
    const std::string subject = (to.region ? region_name(*to.region) : "diverted") + "/" + vendor;
    figures[indicator("delivered").of(subject, to.year)] = sold.units;
    figures[indicator("revenue").of(subject, to.year)] = sold.value;
    if (to.region == Region::Mainland) mainland[to.year][vendor] = to.vendor;
  }
  for (const auto& [key, units] : pathways) {
    const char* name = kPathwayNames[static_cast<std::size_t>(key.first)];
    figures[indicator("pathway").of(name, key.second)] = units;
  }
  for (const auto& [year, vendors] : mainland) add_shares(world, year, vendors, sales, figures);
}

/// Usable compute in the mainland at a year's end, for one kind of work.
struct Parts {
  double all = 0.0;
  std::map<StackId, double> by_stack;
  std::array<double, kDeviceKinds> by_kind = {};
};

void add_dependence(const World& world, const Ledger& ledger, Figures& figures) {
  const auto regions = regions_of_pools(world);
  std::map<std::pair<WorkKind, int>, Parts> parts;
  for (const auto& [sampled, work] : {std::pair(Counter::H100eTraining, WorkKind::Training),
                                      std::pair(Counter::H100eDecode, WorkKind::Decode)}) {
    for (const auto& [key, value] : ledger.samples_of(sampled)) {
      const auto& [counter, index, year] = key;
      if (regions[index] != Region::Mainland) continue;
      const DeviceSpec& device = world.devices[world.pools[index].device.value];
      Parts& part = parts[{work, year}];
      part.all += value;
      part.by_stack[device.stack] += value;
      part.by_kind[static_cast<std::size_t>(device.kind)] += value;
    }
  }
  const std::string mainland = region_name(Region::Mainland);
  for (const auto& [key, part] : parts) {
    const auto& [work, year] = key;
    if (part.all <= 0.0) continue;
    const StackId reference = world.devices[world.reference.device.value].stack;
    std::vector<double> stacks;
    for (const auto& [stack, amount] : part.by_stack) {
      stacks.push_back(amount);
      if (stack != reference) continue;
      figures[indicator("cuda_dependence_").of(work, mainland, year)] = amount / part.all;
    }
    figures[indicator("stack_hhi_").of(work, mainland, year)] = herfindahl(stacks);
    for (std::size_t kind = 0; kind < kKindNames.size(); ++kind) {
      figures[indicator("kind_share_").of(work, kKindNames[kind], year)] =
          part.by_kind[kind] / part.all;
    }
  }
}

}  // namespace

Figures yearly_figures(const World& world, const Ledger& ledger) {
  Figures figures;
  add_deliveries(world, ledger, figures);
  add_installed(world, ledger, figures);
  add_work(world, ledger, figures);
  add_dependence(world, ledger, figures);
  add_kinds(world, ledger, figures);
  for (const auto& [key, refusal] : ledger.refusals()) {
    const std::string& rule = world.regime.rules[key.first.value].name;
    figures[indicator("refused").of(rule, key.second)] += refusal.units;
    figures[indicator("refused_value").of(rule, key.second)] += refusal.value.value;
  }
  for (const auto& [key, receipts] : ledger.receipts()) {
    figures[indicator("receipts").of(key.first.text(), key.second)] += receipts.value;
  }
  return figures;
}

}  // namespace chokepoint
