#pragma once

#include <optional>
#include <set>
#include <vector>

#include "models/world.hpp"
#include "sim/trace/event.hpp"

namespace chokepoint {

/// What one event says of something that held devices back, or weighed on them.
struct Hold {
  enum class Kind {
    Refusal,   ///< Rules refused packages.
    Quota,     ///< A quota did not cover packages, or let them through.
    Shortage,  ///< Packages were wanted and not made.
    Burden     ///< A rule delayed, charged or frightened.
  };
  Kind kind = Kind::Refusal;
  std::optional<OrderId> order;  ///< Whose packages; unset: nobody's yet.
  DeviceId device;
  double packages = 0.0;
  double usd = 0.0;        ///< At the order's price, or as listed; of a burden, what it costs.
  std::set<RuleId> rules;  ///< That refused or weigh, or stand behind a quota or a shortage.
  std::optional<QuotaId> quota;
  std::optional<SupplyBottleneck> bottleneck;
};

/// Reads events for what held back. Of a shortage, the rules are those that in the month keep
/// memory, tools or foundries from the component that was short.
class HoldReader {
public:
  /// `world` must outlive this.
  explicit HoldReader(const World& world);

  /// Nothing where the event tells of no such thing.
  std::optional<Hold> hold(const TraceEvent& event) const;

private:
  Hold shortage(const SupplyBottleneck& in) const;
  Hold quota(QuotaId id, OrderId order, DeviceId device, double packages, Seconds time) const;

  const World& world_;
  std::vector<std::set<StageId>> feeders_;  // By component: stages that end up in it.
};

}  // namespace chokepoint
