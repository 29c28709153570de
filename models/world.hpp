#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/cluster/allocation.hpp"
#include "models/cluster/electricity.hpp"
#include "models/cluster/site_change.hpp"
#include "models/ecosystem/indicators.hpp"
#include "models/ecosystem/observed.hpp"
#include "models/ecosystem/stock.hpp"
#include "models/hardware/device.hpp"
#include "models/hardware/node.hpp"
#include "models/market/buyer.hpp"
#include "models/market/design_knobs.hpp"
#include "models/market/diversion.hpp"
#include "models/market/order.hpp"
#include "models/market/redesign.hpp"
#include "models/market/renting.hpp"
#include "models/market/substitution.hpp"
#include "models/network/topology.hpp"
#include "models/performance/fallback.hpp"
#include "models/performance/serving_engine.hpp"
#include "models/policy/item.hpp"
#include "models/policy/reaction.hpp"
#include "models/policy/regime.hpp"
#include "models/served_fleet.hpp"
#include "models/software/maturation.hpp"
#include "models/software/maturity.hpp"
#include "models/software/stack.hpp"
#include "models/sourced.hpp"
#include "models/supply/stage_graph.hpp"
#include "models/supply/supply_line.hpp"
#include "models/training/run/interrupted_jobs.hpp"
#include "models/training/run/reliability.hpp"
#include "models/workload/inference_service.hpp"
#include "models/workload/training_job.hpp"
#include "models/workload/transformer.hpp"

namespace chokepoint {

struct Org {
  std::string name;
  std::string display;
  Country headquarters;  ///< Its own.
  std::vector<BuyerClassId> classes;
  std::optional<OrgId> parent = std::nullopt;  ///< Who owns it; parents never form a cycle.
};

/// Countries under one name, such as "D5".
struct CountryGroup {
  std::string name;
  CountrySet countries;
};

/// Something that happened and neither forbids nor allows by itself.
struct PolicyEvent {
  std::string name;
  std::string title;
  std::string citation;
  Country government;
  Date date;
};

/// What is sold of a device in a country, by schedule.
struct HomeSales {
  std::string name;
  DeviceId device;
  Country country;
  std::vector<Output> pace;  ///< In order of date.
};

/// What nodes of a site and their power cost.
struct SiteCosts {
  Sourced<Usd> host;      ///< Beside the price of a package.
  Sourced<Seconds> life;  ///< Both are written off over it.
  Sourced<double> electricity_usd_per_kwh;
};

/// One data centre, or a region of them. Its place in the network is PlaceId{site id}.
struct Site {
  std::string name;
  Country country;
  Sourced<Watts> power_cap;  ///< PUE included.
  Sourced<double> pue;
  Sourced<double> idle_power_share;
  Sourced<Seconds> install;  ///< From dock to first work.
  /// Of checkpoints of all jobs, each way; unset: only their own servers bind them.
  std::optional<Sourced<BytesPerSecond>> storage = std::nullopt;
  /// A whole day, from midnight on, in order; empty: not stated.
  std::vector<ElectricityHours> electricity = {};
  std::vector<SiteChange> changes = {};           ///< In the order in which they are written.
  std::optional<SiteCosts> costs = std::nullopt;  ///< Unset: nobody asks what work costs.
};

/// How refused orders turn into other orders, and how parties adapt to rules.
struct Market {
  RefusedBudget refused_budget = RefusedBudget::NothingBought;
  std::vector<PoolId> domestic_pools;  ///< In order of preference.
  Sourced<double> pull_forward_share;  ///< Of later deliveries that buyers want early, in [0, 1].
  int pull_forward_horizon_days = 0;   ///< Deliveries due this long after a rule takes effect.
  bool write_off = false;              ///< Vendors write off what no order may move any more.
  Diversion diversion;
  Renting renting;
};

/// Everything a run needs, resolved and checked: ids instead of names, quantities instead of
/// numbers, defaults applied. An id is the index in the list of its kind. Names are kept for those
/// who print; nobody looks anything up by them.
struct World {
  std::string name;
  std::string question;
  Moment start, end;
  std::uint64_t seed = 1;
  std::optional<Date> as_of;             ///< What was not known then has been left out.
  std::optional<Date> policy_as_of;      ///< The same of rules and exceptions; at least as_of.
  std::optional<Seconds> sample_period;  ///< Unset: every month's first day.

  std::vector<Input> inputs;
  std::vector<std::string> sources;
  std::vector<std::string> buyer_classes;

  std::vector<DeviceSpec> devices;
  std::vector<Attained> attained;        ///< By device: of training.
  std::vector<ServingAttained> serving;  ///< By device.
  /// By device; zeros where a peak or the memory is not known. What devices do that are neither
  /// held nor ordered nor on sale is zero as well: nobody asks.
  std::vector<DeviceWorth> worth;
  std::vector<NodeSpec> nodes;
  std::vector<StackSpec> stacks;
  std::vector<StackHistory> stack_histories;  ///< At most one a stack.
  Maturation maturation;                      ///< Set where there are histories.
  /// By device and WorkKind, over what the catalogue says; none: 1, or by the histories.
  std::vector<std::array<double, kWorkKinds>> device_speeds;
  std::vector<Transformer> transformers;
  std::vector<ServingEngine> serving_engines;
  std::vector<ServingError> serving_errors;
  std::vector<StackVersion> stack_versions;
  std::vector<FallbackRule> fallbacks;
  std::vector<ReliabilitySpec> reliabilities;
  std::vector<RecoverySpec> recoveries;
  std::optional<InterruptedJobs> interrupted_jobs;  ///< Unset: nothing stops a training job.
  Reference reference;
  std::vector<DesignKnobs> design_knobs;
  RedesignHabits redesign;  ///< Set where there are knobs.

  std::vector<Org> orgs;
  std::vector<Stake> stakes;  ///< Parents own the whole, where no stake says otherwise.
  std::vector<CountryGroup> country_groups;
  std::vector<NamedItem> items;         ///< Written for rules; ItemId is the index.
  std::vector<NamedItem> device_items;  ///< By device: what rules look at of it.
  std::vector<std::string> item_types;
  Regime regime;
  std::vector<Reaction> reactions;
  std::vector<Answer> answers;  ///< Reactions that come, by day; the regime has what they do.
  std::vector<PolicyEvent> policy_events;
  std::vector<HomeSales> home_sales;
  std::vector<SupplyLine> supplies;
  SupplyNetwork supply;       ///< What lines are filled from, beside their schedules.
  std::vector<Order> orders;  ///< Written ones first, then blanket orders.
  Market market;
  std::vector<Offer> offers;
  std::vector<SupplyId> offer_lines;  ///< By offer: where its packages are in stock.
  std::vector<Buyer> buyers;
  std::vector<BlanketOrder> blanket_orders;
  ChoiceHabits choice;  ///< Set where there are buyers.
  std::vector<GreyRoute> grey_routes;

  std::vector<Site> sites;
  std::vector<Pool> pools;             ///< Those of one site together, in the order of sites.
  std::vector<ChipStock> stocks;       ///< In place at the start.
  std::vector<std::string> exchanges;  ///< Exchange i is PlaceId{sites + i}.
  std::vector<LinkSpec> links;

  std::vector<ObservedSeries> observed;  ///< Published, to compare with.

  std::vector<TrainingJob> training_jobs;
  std::vector<InferenceService> services;
  ServedFleet served;  ///< Of replays; without a pool where none is written.

  /// The org that owns all of `org`, itself or through others; itself where nobody does.
  OrgId ultimate_parent(OrgId org) const {
    while (orgs[org.value].parent) org = *orgs[org.value].parent;
    return org;
  }
  /// Where the headquarters of its ultimate parent are.
  Country home_of(OrgId org) const { return orgs[ultimate_parent(org).value].headquarters; }
  /// True where one owns the other or both have one owner: what they sell each other is captive.
  bool is_one_family(OrgId a, OrgId b) const { return ultimate_parent(a) == ultimate_parent(b); }
  /// What rules look at of `org`.
  Party party(OrgId org) const {
    const Org& known = orgs[org.value];
    return {org, known.headquarters, known.classes, home_of(org)};
  }

  /// How a service lends nodes of `pool`; null where none does.
  const LendingTerms* lending_of(PoolId pool) const {
    for (const InferenceService& service : services) {
      for (const PoolShare& share : service.shares) {
        if (share.pool == pool && share.lending) return &*share.lending;
      }
    }
    return nullptr;
  }
  /// True where `service` lends nodes of any pool.
  bool lends(ServiceId service) const {
    return std::ranges::any_of(services[service.value].shares,
                               [](const PoolShare& share) { return share.lending.has_value(); });
  }

  /// On what variants of `device` are compared with it. Requires: a reference.
  DesignWork design_work(DeviceId device) const {
    return {transformers[reference.transformer.value], reference.request,
            reference.training_sequence_tokens, attained[device.value], serving[device.value]};
  }

  Calendar calendar() const { return {start}; }
  Seconds horizon() const { return calendar().at(end); }
  /// The day in which the run starts, and the first day that it does not touch.
  Date first_day() const { return std::chrono::floor<std::chrono::days>(start); }
  Date end_day() const { return std::chrono::ceil<std::chrono::days>(end); }
  /// When what belongs to `day` happens: as it begins, on the first day as the run starts.
  Seconds opening(Date day) const { return std::max(Seconds{}, calendar().at(day)); }
};

/// First day of every month after the start of `world` and before its end: when vendors count
/// their output, and by default when counters are sampled.
std::vector<Seconds> month_starts(const World& world);

}  // namespace chokepoint
