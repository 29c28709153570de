#include "sim/indicators/yearly_kinds.hpp"

#include <map>
#include <tuple>

#include "sim/indicators/yearly_work.hpp"

namespace chokepoint {

namespace {

/// What was wished for of some devices in a year for one kind of work.
struct Weighed {
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

void tell(int year, std::size_t work, const std::string& kind, const Weighed& of, double all_spent,
          Sums& sums) {
  const auto set = [&](const char* what, const char* unit, double value) {
    sums.set({std::string("kind_") + what + "_" + kWorkNames[work], kind, unit, year}, value);
  };
  set("wished", "packages", of.wished);
  if (all_spent > 0.0) set("spending", "share", of.spent / all_spent);
  set("roof", "H100e per package", of.roof / of.wished);
  set("preference", "utility", of.preference / of.wished);
  set("let_through", "share", 1.0 - of.refused / of.wished);
  const double let_through = of.wished - of.refused;
  if (let_through > 0.0) set("delivered", "share", of.bought / let_through);
  if (of.roof <= 0.0) return;
  set("coverage", "share", of.useful / of.roof);
  set("price", "USD per H100e-month", of.cost / of.roof);
}

}  // namespace

void add_kinds(const World& world, const Ledger& ledger, Sums& sums) {
  std::map<std::tuple<int, std::size_t, std::string>, Weighed> weighed;
  for (const auto& [year, fact] : ledger.weighed()) {
    const Order& order = world.orders[fact.order.value];
    if (pool_region(world, order.pool) != "mainland") continue;
    const DeviceKind kind = world.devices[fact.device.value].kind;
    const auto work = static_cast<std::size_t>(fact.work);
    weighed[{year, work, kKindNames[static_cast<std::size_t>(kind)]}].add(fact);
    weighed[{year, work, kAllKinds}].add(fact);
  }
  for (const auto& [key, of] : weighed) {
    const auto& [year, work, kind] = key;
    tell(year, work, kind, of, weighed.at({year, work, kAllKinds}).spent, sums);
  }
}

}  // namespace chokepoint
