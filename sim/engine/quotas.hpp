#pragma once

#include <vector>

#include "models/policy/quota.hpp"
#include "models/world.hpp"
#include "sim/engine/agenda.hpp"
#include "sim/engine/parcel.hpp"
#include "sim/engine/regulator.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// The quotas of all governments and those who wait for them. What a quota cannot cover waits until
/// it grows with sales at home or begins anew: first come, first served, by the date on which a
/// delivery was due, then by order.
class Quotas {
public:
  Quotas(const World& world, const Agenda& agenda, TraceSink& trace, const Regulator& regulator);

  /// Whole packages of `goods` that all quotas on them let through today; infinite where none
  /// counts them.
  double available(const Consignment& goods) const;

  /// Packages of the parcel that may leave today: the same, where nobody who came first waits for
  /// one of its quotas.
  double available(const Parcel& parcel) const;

  /// Spends and records what leaves of `order`'s budget or order. Requires: it is available.
  void draw(OrderId order, const Consignment& goods, double units);

  /// Takes in what its quotas do not cover; records it once for each quota.
  void wait(Parcel parcel);

  /// Hands over all who wait, in the order in which they are served.
  std::vector<Parcel> release();

  /// Those who wait.
  const std::vector<Parcel>& waiting() const { return waiting_; }

private:
  QuotaRequest request(QuotaId quota, const Consignment& goods) const;
  double home_units(const Quota& quota, const Consignment& goods) const;
  Date counted_from(const Quota& quota) const;
  bool others_come_first(QuotaId quota, const Parcel& parcel) const;
  Date today() const { return world_.calendar().date_at(agenda_.now()); }
  const Order& order_of(const Parcel& parcel) const {
    return world_.orders[parcel.key.order.value];
  }

  const World& world_;
  const Agenda& agenda_;
  TraceSink& trace_;
  const Regulator& regulator_;
  QuotaLedger ledger_;
  std::vector<Parcel> waiting_;  // By key.
};

}  // namespace chokepoint
