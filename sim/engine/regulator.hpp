#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "models/policy/terms.hpp"
#include "models/world.hpp"
#include "sim/engine/agenda.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// Goods and their way, as governments look at them.
struct Consignment {
  DeviceId device;
  PoolId pool;  ///< Where they go.
  OrgId buyer;
  Country exported_from;
};

/// The goods of `order`.
Consignment consignment_of(const Order& order);

/// All governments: announces rules and exceptions as they begin and end, and rules on shipments.
class Regulator {
public:
  Regulator(const World& world, Agenda& agenda, TraceSink& trace);

  /// Enters the beginnings and ends that lie in the run, suspensions included. What is in force at
  /// the start begins then; what is not enabled never does.
  void start();

  /// `told` is called after every beginning and end.
  void on_change(std::function<void()> told) { told_ = std::move(told); }

  /// What governments say today of goods at a stage of their way: `Offered` before they leave,
  /// `InFlight` on arrival, when savings clauses spare them.
  TwoGateRuling judge(const Consignment& goods, Stage stage) const;
  /// The same on another day, by the rules that will hold then.
  TwoGateRuling judge_on(Date date, const Consignment& goods) const;

  /// The reviews that goods need today before they leave, and the charges on them.
  Terms terms(const Consignment& goods) const;

  /// The quotas that goods which leave today draw from.
  std::vector<QuotaId> quotas(const Consignment& goods) const;

  /// The goods as rules see them.
  Shipment shipment(const Consignment& goods, Stage stage) const;

private:
  void announce(const Validity& validity, const TraceEvent& began, const TraceEvent& ended);
  void record(TraceEvent event);
  Date today() const { return world_.calendar().date_at(agenda_.now()); }

  const World& world_;
  Agenda& agenda_;
  TraceSink& trace_;
  std::function<void()> told_;
};

}  // namespace chokepoint
