#include "sim/indicators/yearly.hpp"

#include <map>
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
    for (const auto& [key, value] : ledger.samples()) {
      const auto& [counter, line, year] = key;
      const bool is_all = counter == Counter::DevicesMade;
      if (!is_all && counter != Counter::MadeOfStockpiles) continue;
      const double in_year = value - ledger.sample_or(counter, line, year - 1, 0.0);
      Made& made = made_[{world.supplies[line].device, year}];
      (is_all ? made.all : made.of_stockpiles) += in_year;
    }
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
  std::map<std::pair<DeviceId, int>, Made> made_;
};

void add_to_pathways(Pathway way, double units, double of_stockpiles, int year, Figures& figures) {
  const auto add = [&](Pathway to, double part) {
    const char* name = kPathwayNames[static_cast<std::size_t>(to)];
    figures[indicator("pathway").of(name, year)] += part;
  };
  const bool can_be = way == Pathway::Domestic;
  add(way, can_be ? units * (1.0 - of_stockpiles) : units);
  if (can_be && of_stockpiles > 0.0) add(Pathway::Stockpile, units * of_stockpiles);
}

/// What one vendor sold to the mainland in a year.
struct Sold {
  double units = 0.0, value = 0.0;
  bool is_domestic = false;
};

void add_shares(int year, const std::map<std::string, Sold>& vendors, Figures& figures) {
  Sold all, domestic;
  std::vector<double> values;
  for (const auto& [vendor, sold] : vendors) {
    all.units += sold.units;
    all.value += sold.value;
    values.push_back(sold.value);
    if (!sold.is_domestic) continue;
    domestic.units += sold.units;
    domestic.value += sold.value;
  }
  if (all.units <= 0.0 || all.value <= 0.0) return;
  const std::string mainland = region_name(Region::Mainland);
  for (const auto& [vendor, sold] : vendors) {
    const std::string subject = std::string(mainland).append("/").append(vendor);
    figures[indicator("unit_share").of(subject, year)] = sold.units / all.units;
    figures[indicator("value_share").of(subject, year)] = sold.value / all.value;
  }
  figures[indicator("domestic_share").of("units", year)] = domestic.units / all.units;
  figures[indicator("domestic_share").of("value", year)] = domestic.value / all.value;
  figures[indicator("vendor_hhi").of(mainland, year)] = herfindahl(values);
}

void add_deliveries(const World& world, const Ledger& ledger, Figures& figures) {
  const Stockpiles stockpiles(world, ledger);
  std::map<int, std::map<std::string, Sold>> mainland;  // By year and vendor.
  for (const LedgerRow& row : ledger.rows()) {
    const int year = year_of(row.month);
    const Region region = region_of(world, row);
    const Org& vendor = world.orgs[row.vendor.value];
    const bool is_diverted = row.status == LegalStatus::Diverted;
    const std::string subject =
        (is_diverted ? "diverted" : region_name(region)) + "/" + vendor.name;
    figures[indicator("delivered").of(subject, year)] += row.units;
    figures[indicator("revenue").of(subject, year)] += row.value.value;
    if (region == Region::Abroad) continue;
    add_to_pathways(pathway_of(row, vendor.headquarters, kHomeCountry), row.units,
                    stockpiles.share(row.device, year), year, figures);
    if (region != Region::Mainland || is_diverted) continue;
    Sold& sold = mainland[year][vendor.name];
    sold.units += row.units;
    sold.value += row.value.value;
    sold.is_domestic = vendor.headquarters == kHomeCountry;
  }
  for (const auto& [year, vendors] : mainland) add_shares(year, vendors, figures);
}

/// Usable compute in the mainland at a year's end, for one kind of work.
struct Parts {
  double all = 0.0;
  std::map<StackId, double> by_stack;
  std::array<double, kDeviceKinds> by_kind = {};
};

void add_dependence(const World& world, const Ledger& ledger, Figures& figures) {
  std::map<std::pair<WorkKind, int>, Parts> parts;
  for (const auto& [key, value] : ledger.samples()) {
    const auto& [counter, index, year] = key;
    const bool is_training = counter == Counter::H100eTraining;
    if (!is_training && counter != Counter::H100eDecode) continue;
    if (region_of(world, PoolId{index}) != Region::Mainland) continue;
    const DeviceSpec& device = world.devices[world.pools[index].device.value];
    Parts& part = parts[{is_training ? WorkKind::Training : WorkKind::Decode, year}];
    part.all += value;
    part.by_stack[device.stack] += value;
    part.by_kind[static_cast<std::size_t>(device.kind)] += value;
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
