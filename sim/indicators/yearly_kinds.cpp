#include "sim/indicators/yearly.hpp"

#include <map>
#include <tuple>

#include "sim/indicators/listing.hpp"
#include "sim/indicators/regions.hpp"

namespace chokepoint {

namespace {

/// What was wished for of some devices in a year for one kind of work.
struct Chosen {
  double bought = 0.0, refused = 0.0, wished = 0.0;               // Packages.
  double spent = 0.0;                                             // Dollars.
  double roof = 0.0, useful = 0.0, cost = 0.0, preference = 0.0;  // Times packages wished for.

  void add(const ChoiceMade& fact) {
    const double packages = fact.wished();
    bought += fact.bought;
    refused += fact.refused;
    wished += packages;
    spent += fact.spent.value;
    roof += packages * fact.roof;
    useful += packages * fact.useful_rate;
    cost += packages * fact.monthly_cost.value;
    preference += packages * fact.preference;
  }
};

void tell(int year, WorkKind work, const std::string& kind, const Chosen& of, double all_spent,
          Figures& figures) {
  const auto set = [&](const YearlyIndicator& what, double value) {
    figures[what.of(work, kind, year)] = value;
  };
  set(indicator("kind_wished_"), of.wished);
  if (all_spent > 0.0) set(indicator("kind_spending_"), of.spent / all_spent);
  set(indicator("kind_roof_"), of.roof / of.wished);
  set(indicator("kind_preference_"), of.preference / of.wished);
  set(indicator("kind_let_through_"), 1.0 - of.refused / of.wished);
  const double let_through = of.wished - of.refused;
  if (let_through > 0.0) set(indicator("kind_delivered_"), of.bought / let_through);
  if (of.roof <= 0.0) return;
  set(indicator("kind_coverage_"), of.useful / of.roof);
  set(indicator("kind_price_"), of.cost / of.roof);
}

}  // namespace

void add_kinds(const World& world, const Ledger& ledger, Figures& figures) {
  std::map<std::tuple<int, WorkKind, std::string>, Chosen> chosen;
  for (const auto& [year, fact] : ledger.choices()) {
    const Order& order = world.orders[fact.order.value];
    if (region_of(world, order.pool) != Region::Mainland) continue;
    const DeviceKind kind = world.devices[fact.device.value].kind;
    chosen[{year, fact.work, kKindNames[static_cast<std::size_t>(kind)]}].add(fact);
    chosen[{year, fact.work, kAllKinds}].add(fact);
  }
  for (const auto& [key, of] : chosen) {
    const auto& [year, work, kind] = key;
    tell(year, work, kind, of, chosen.at({year, work, kAllKinds}).spent, figures);
  }
}

}  // namespace chokepoint
