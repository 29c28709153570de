#include "sim/scenario/reading/reading.hpp"

#include <algorithm>
#include <set>

namespace chokepoint {

namespace {

void take_names(NameList& names, const Cursor& root, const std::string& field) {
  for (const Cursor& element : root.children(field)) names.add(element);
}

// Kinds that nothing refers to: their names are only checked.
void check_names(const std::string& kind, const Cursor& root, const std::string& field) {
  NameList names(kind);
  take_names(names, root, field);
}

void take_pool_names(Reading& reading) {
  for (const Cursor& at : reading.root.children("sites")) {
    const auto& site = as<pb::Site>(at);
    check_names("pool", at, "pools");
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
  const bool is_bought_for = std::ranges::any_of(
      scenario.buyers(), [&](const pb::Buyer& buyer) { return buyer.site() == site.name(); });
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
  take_names(sources, root, "sources");
  take_names(devices, root, "devices");
  take_names(nodes, root, "nodes");
  take_names(stacks, root, "stacks");
  check_names("prior", root, "priors");
  check_names("device speed", root, "device_speeds");
  take_names(transformers, root, "transformers");
  check_names("engine", root, "serving_engines");
  check_names("error", root, "serving_errors");
  check_names("version", root, "stack_versions");
  check_names("fallback", root, "fallbacks");
  take_names(reliabilities, root, "reliabilities");
  take_names(recoveries, root, "recoveries");
  check_names("design", root, "design_knobs");
  take_names(orgs, root, "orgs");
  take_names(rules, root, "rules");
  take_names(exceptions, root, "exceptions");
  take_names(country_groups, root, "country_groups");
  take_names(items, root, "items");
  check_names("quota", root, "quotas");
  check_names("policy event", root, "policy_events");
  check_names("reaction", root, "reactions");
  check_names("home sale", root, "home_sales");
  check_names("supply line", root, "supplies");
  check_names("order", root, "orders");
  check_names("offer", root, "offers");
  take_names(buyers, root, "buyers");
  take_names(stages, root, "supply_stages");
  take_names(components, root, "supply_components");
  check_names("flow", root, "supply_flows");
  check_names("bill", root, "bills");
  check_names("contract", root, "contracts");
  check_names("maturity", root, "maturities");
  check_names("series", root, "observation_series");
  check_names("grey route", root, "grey_routes");
  take_names(sites, root, "sites");
  take_pool_names(*this);
  for (const auto& site : scenario.sites()) places.add_composite(site.name());
  take_names(places, root, "exchanges");
  check_names("link", root, "links");
  check_names("training job", root, "training_jobs");
  check_names("service", root, "services");
}

}  // namespace chokepoint
