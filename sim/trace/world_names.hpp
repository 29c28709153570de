#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "models/world.hpp"
#include "sim/trace/naming.hpp"

namespace chokepoint {

/// Finds the elements of a world by their names.
class WorldNames {
public:
  /// `world` must outlive this.
  explicit WorldNames(const World& world);

  /// Nothing where the world has no such thing.
  template <class Id>
  std::optional<Id> find(std::string_view name) const {
    const auto& ids = std::get<Ids<Id>>(ids_).by_name;
    const auto found = ids.find(name);
    return found == ids.end() ? std::nullopt : std::optional(Id{found->second});
  }
  const World& world() const { return world_; }

private:
  template <class Id>
  struct Ids {
    std::unordered_map<std::string_view, std::uint32_t> by_name;
  };

  const World& world_;
  std::tuple<Ids<DeviceId>, Ids<OrderId>, Ids<PoolId>, Ids<OrgId>, Ids<SiteId>, Ids<JobId>,
             Ids<ServiceId>, Ids<ServingPoolId>, Ids<SupplyId>, Ids<ComponentId>, Ids<StageId>,
             Ids<StackId>, Ids<RuleId>, Ids<ExceptionId>, Ids<QuotaId>, Ids<InputId>, Ids<RunId>>
      ids_;
};

}  // namespace chokepoint
