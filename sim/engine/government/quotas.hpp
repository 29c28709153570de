#pragma once

#include <vector>

#include "models/policy/quota.hpp"
#include "sim/engine/government/pending_delivery.hpp"
#include "sim/engine/government/regulator.hpp"
#include "sim/engine/kernel/engine_component.hpp"

namespace chokepoint {

/// The quotas of all governments, and the deliveries that wait for them. A delivery that a quota
/// does not cover waits until the quota grows with sales at home or begins anew. First come, first
/// served: by the date on which a delivery was due, then by order.
class Quotas : private EngineComponent {
public:
  Quotas(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator);

  /// Whole packages of `goods` that all quotas on them let through today; infinite where none
  /// counts them.
  double available(const Goods& goods) const;

  /// The same for a pending delivery; 0 where somebody who came first waits for one of its quotas.
  double available(const PendingDelivery& pending) const;

  /// Draws what leaves for `order` from the quotas, and records it. Requires: it is available.
  void draw(OrderId order, const Goods& goods, double units);

  /// Queues what its quotas do not cover; records that once for each quota.
  void wait(PendingDelivery pending);

  /// Hands over all deliveries that wait, in the order in which they are served.
  std::vector<PendingDelivery> release();

  /// The deliveries that wait.
  const std::vector<PendingDelivery>& waiting() const { return waiting_; }

private:
  QuotaRequest request(QuotaId quota, const Goods& goods) const;
  double home_units(const Quota& quota, const Goods& goods) const;
  Date counted_from(const Quota& quota) const;
  bool others_come_first(QuotaId quota, const PendingDelivery& pending) const;
  double tpp_of(DeviceId device) const {
    return value_of(Attribute::Tpp, world_.device_items[device.value].item).value_or(0.0);
  }
  const Order& order_of(const PendingDelivery& pending) const {
    return world_.orders[pending.key.order.value];
  }

  const Regulator& regulator_;
  QuotaLedger ledger_;
  std::vector<PendingDelivery> waiting_;  // By key.
};

}  // namespace chokepoint
