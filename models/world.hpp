#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/cluster/allocation.hpp"
#include "models/ecosystem/indicators.hpp"
#include "models/ecosystem/stock.hpp"
#include "models/hardware/device.hpp"
#include "models/hardware/node.hpp"
#include "models/market/order.hpp"
#include "models/market/substitution.hpp"
#include "models/network/topology.hpp"
#include "models/policy/regime.hpp"
#include "models/software/stack.hpp"
#include "models/sourced.hpp"
#include "models/supply/supply_line.hpp"
#include "models/workload/inference_service.hpp"
#include "models/workload/training_job.hpp"
#include "models/workload/transformer.hpp"

namespace chokepoint {

struct Org {
  std::string name;
  std::string display;
  Country headquarters;
  std::vector<BuyerClassId> classes;
  std::optional<OrgId> parent = std::nullopt;  ///< Who owns it; parents never form a cycle.
};

/// One data centre, or a region of them. Its place in the network is PlaceId{site id}.
struct Site {
  std::string name;
  Country country;
  Sourced<Watts> power_cap;  ///< PUE included.
  Sourced<double> pue;
  Sourced<double> idle_power_share;
  Sourced<Seconds> install;  ///< From dock to first work.
};

/// How refused orders turn into other orders.
struct Market {
  RefusedBudget refused_budget = RefusedBudget::NothingBought;
  std::vector<PoolId> domestic_pools;  ///< In order of preference.
};

/// Everything a run needs, resolved and checked: ids instead of names, quantities instead of
/// numbers, defaults applied. An id is the index in the list of its kind. Names are kept for those
/// who print; nobody looks anything up by them.
struct World {
  std::string name;
  std::string question;
  Date start, end;
  std::uint64_t seed = 1;
  std::optional<Seconds> sample_period;  ///< Unset: every month's first day.

  std::vector<Input> inputs;
  std::vector<std::string> sources;
  std::vector<std::string> buyer_classes;

  std::vector<DeviceSpec> devices;
  std::vector<Attained> attained;  ///< By device.
  std::vector<DeviceWorth> worth;  ///< By device; zeros where a peak or the memory is not known.
  std::vector<NodeSpec> nodes;
  std::vector<StackSpec> stacks;
  std::vector<Transformer> transformers;
  Reference reference;

  std::vector<Org> orgs;
  Regime regime;
  std::vector<SupplyLine> supplies;
  std::vector<Order> orders;
  Market market;

  std::vector<Site> sites;
  std::vector<Pool> pools;             ///< Those of one site together, in the order of sites.
  std::vector<ChipStock> stocks;       ///< In place at the start.
  std::vector<std::string> exchanges;  ///< Exchange i is PlaceId{sites + i}.
  std::vector<LinkSpec> links;

  std::vector<TrainingJob> training_jobs;
  std::vector<InferenceService> services;

  Calendar calendar() const { return {start}; }
  Seconds horizon() const { return calendar().at(end); }
};

}  // namespace chokepoint
