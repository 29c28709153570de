#include "sim/scenario/reading.hpp"

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
  }
}

}  // namespace

Reading::Reading(const Composed& composed, Diagnostics& found)
    : scenario(composed.scenario), root(composed, found) {
  take_names(sources, root, "sources", scenario.sources());
  take_names(devices, root, "devices", scenario.devices());
  take_names(nodes, root, "nodes", scenario.nodes());
  take_names(stacks, root, "stacks", scenario.stacks());
  check_names("prior", root, "priors", scenario.priors());
  take_names(transformers, root, "transformers", scenario.transformers());
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
