#include "sim/scenario/reading/reading.hpp"

#include <algorithm>
#include <set>

namespace chokepoint {

namespace {

template <class Elements>
void take_names(NameList& names, const Cursor& root, const std::string& field,
                const Elements& elements) {
  for (int i = 0; i < elements.size(); ++i) names.add(root.child(field, i), elements[i].name());
}

// Kinds that nothing refers to: their names are only checked.
template <class Elements>
void check_names(const std::string& kind, const Cursor& root, const std::string& field,
                 const Elements& elements) {
  NameList names(kind);
  take_names(names, root, field, elements);
}

void take_pool_names(Reading& reading) {
  for (int i = 0; i < reading.scenario.sites_size(); ++i) {
    const auto& site = reading.scenario.sites(i);
    check_names("pool", reading.root.child("sites", i), "pools", site.pools());
    for (const auto& pool : site.pools()) {
      reading.pools.add_composite(site.name() + "/" + pool.name());
    }
    for (const auto& device : bought_pools(reading.scenario, site)) {
      reading.pools.add_composite(site.name() + "/" + device);
    }
  }
}

}  // namespace

std::vector<std::string> bought_pools(const pb::Scenario& scenario, const pb::Site& site) {
  const bool is_bought_for =
      std::any_of(scenario.buyers().begin(), scenario.buyers().end(),
                  [&](const pb::Buyer& buyer) { return buyer.site() == site.name(); });
  if (!is_bought_for) return {};
  std::set<std::string> known;
  for (const auto& pool : site.pools()) known.insert(pool.name());
  std::vector<std::string> devices;
  for (const auto& offer : scenario.offers()) {
    if (known.insert(offer.device()).second) devices.push_back(offer.device());
  }
  return devices;
}

Reading::Reading(const Composed& composed, Diagnostics& found)
    : scenario(composed.scenario), root(composed, found) {
  take_names(sources, root, "sources", scenario.sources());
  take_names(devices, root, "devices", scenario.devices());
  take_names(nodes, root, "nodes", scenario.nodes());
  take_names(stacks, root, "stacks", scenario.stacks());
  check_names("prior", root, "priors", scenario.priors());
  take_names(transformers, root, "transformers", scenario.transformers());
  check_names("engine", root, "serving_engines", scenario.serving_engines());
  check_names("error", root, "serving_errors", scenario.serving_errors());
  check_names("version", root, "stack_versions", scenario.stack_versions());
  check_names("fallback", root, "fallbacks", scenario.fallbacks());
  check_names("design", root, "design_knobs", scenario.design_knobs());
  take_names(orgs, root, "orgs", scenario.orgs());
  take_names(rules, root, "rules", scenario.rules());
  take_names(exceptions, root, "exceptions", scenario.exceptions());
  take_names(country_groups, root, "country_groups", scenario.country_groups());
  take_names(items, root, "items", scenario.items());
  check_names("quota", root, "quotas", scenario.quotas());
  check_names("policy event", root, "policy_events", scenario.policy_events());
  check_names("home sale", root, "home_sales", scenario.home_sales());
  check_names("supply line", root, "supplies", scenario.supplies());
  check_names("order", root, "orders", scenario.orders());
  check_names("offer", root, "offers", scenario.offers());
  take_names(buyers, root, "buyers", scenario.buyers());
  take_names(stages, root, "supply_stages", scenario.supply_stages());
  take_names(components, root, "supply_components", scenario.supply_components());
  check_names("flow", root, "supply_flows", scenario.supply_flows());
  check_names("bill", root, "bills", scenario.bills());
  check_names("contract", root, "contracts", scenario.contracts());
  check_names("maturity", root, "maturities", scenario.maturities());
  check_names("series", root, "observation_series", scenario.observation_series());
  check_names("grey route", root, "grey_routes", scenario.grey_routes());
  take_names(sites, root, "sites", scenario.sites());
  take_pool_names(*this);
  for (const auto& site : scenario.sites()) places.add_composite(site.name());
  for (int i = 0; i < scenario.exchanges_size(); ++i) {
    places.add(root.child("exchanges", i), scenario.exchanges(i).name());
  }
  check_names("link", root, "links", scenario.links());
  check_names("training job", root, "training_jobs", scenario.training_jobs());
  check_names("service", root, "services", scenario.services());
}

}  // namespace chokepoint
