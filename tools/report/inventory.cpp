#include "tools/report/inventory.hpp"

namespace chokepoint {

Inventory take_inventory(const pb::Scenario& scenario) {
  Inventory inventory;
  std::map<std::string, std::string> device_of_node;
  for (const auto& node : scenario.nodes()) device_of_node[node.name()] = node.device();
  for (const auto& site : scenario.sites()) {
    for (const auto& pool : site.pools()) {
      inventory.pools[site.name() + "/" + pool.name()] = {site.name(), pool.name(),
                                                          device_of_node[pool.node()]};
    }
  }
  for (const auto& device : scenario.devices()) inventory.vendor[device.name()] = device.vendor();
  for (const auto& job : scenario.training_jobs()) {
    inventory.job_tokens[job.name()] = job.tokens_bn().value() * 1e9;
  }
  return inventory;
}

}  // namespace chokepoint
