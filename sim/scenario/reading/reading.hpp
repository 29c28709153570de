#pragma once

#include <optional>
#include <vector>

#include "models/world.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/reading/cursor.hpp"
#include "sim/scenario/reading/names.hpp"

namespace chokepoint {

/// A world while it is read, chapter by chapter: what is done of it, and the names by which the
/// rest refers to that. Every element gets its id before the first chapter is read, also one that
/// turns out wrong, so that chapters may refer to each other in any order.
struct Reading {
  /// Takes down all names and reports those that are wrong.
  Reading(const Composed& composed, Diagnostics& found);

  const pb::Scenario& scenario;
  const StandIns* stand_ins = nullptr;  ///< Of figures; null: none.
  Cursor root;
  World world;

  Names<SourceId> sources{"source"};
  Names<DeviceId> devices{"device"};
  Names<NodeTypeId> nodes{"node"};
  Names<StackId> stacks{"stack"};
  Names<TransformerId> transformers{"transformer"};
  NameList reliabilities{"reliability"};
  NameList recoveries{"recovery"};
  Names<OrgId> orgs{"org"};
  NameList country_groups{"country or group"};
  Names<ItemId> items{"item"};
  Names<RuleId> rules{"rule"};
  Names<ExceptionId> exceptions{"exception"};
  Names<SiteId> sites{"site"};
  Names<PoolId> pools{"pool"};  ///< "site/pool".
  Names<PlaceId> places{"site or exchange"};
  Names<BuyerId> buyers{"buyer"};
  Names<StageId> stages{"supply stage"};
  Names<ComponentId> components{"component"};

  /// By id; nothing where the reference was wrong.
  std::vector<std::optional<DeviceId>> device_of_node, device_of_pool;
  std::vector<std::optional<StackId>> stack_of_device;
  Attained priors;                    ///< Of classes of work on a stack that nobody has measured.
  std::vector<LinkSpec> sound_links;  ///< Links without an error, in their order.
};

/// Pools that a site has beside those that are written: one for every device that is on sale, where
/// somebody buys for the site. Names of devices, in the order of offers.
std::vector<std::string> bought_pools(const pb::Scenario& scenario, const pb::Site& site);

/// The message under `at` as the type that it has. Requires: it is a `Message`.
template <class Message>
const Message& as(const Cursor& at) {
  return dynamic_cast<const Message&>(at.message());
}

}  // namespace chokepoint
