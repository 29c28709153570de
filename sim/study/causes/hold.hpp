#pragma once

#include <optional>
#include <set>
#include <vector>

#include "models/policy/regime.hpp"
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

/// Rules that hold part of a shipment back, by what `ruling` says of it: none, one, or one of each
/// side.
std::vector<RuleId> limiting_rules(const TwoGateRuling& ruling);

/// Rules that in a month hold back what a stage of supply brings in from abroad, or its tools and
/// their upkeep; by id. No delivery is refused for it: the stage has less.
std::vector<RuleId> rules_on_stage(const World& world, StageId stage, Date month);

/// Rules that in a month keep the user of what `buyer` would let it rent from a device; by id.
std::vector<RuleId> rules_on_access(const World& world, const Buyer& buyer, DeviceId device,
                                    Date month);

/// Every stage from which something flows into `component`, at once or through others.
std::set<StageId> feeders_of(const SupplyNetwork& network, ComponentId component);

/// US dollars that a package of a device costs on a day, as listed; 0 where it is not on sale.
double list_price_usd(const World& world, DeviceId device, Date day);

}  // namespace chokepoint
