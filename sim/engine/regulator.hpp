#pragma once

#include <functional>
#include <utility>

#include "models/world.hpp"
#include "sim/engine/agenda.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// All governments: announces rules and licenses as they begin and end, and rules on shipments.
class Regulator {
public:
  Regulator(const World& world, Agenda& agenda, TraceSink& trace);

  /// Enters the beginnings and ends that lie in the run. What is in force at the start begins then.
  void start();

  /// `told` is called after every beginning and end.
  void on_change(std::function<void()> told) { told_ = std::move(told); }

  /// What both governments say today of `device` for `buyer` in `pool`.
  TwoGateRuling judge(DeviceId device, PoolId pool, OrgId buyer) const;

  /// What the importing government alone says today, as a ruling of both gates.
  TwoGateRuling judge_import(DeviceId device, PoolId pool, OrgId buyer) const;

private:
  void announce(const Validity& validity, const TraceEvent& began, const TraceEvent& ended);
  void record(TraceEvent event);
  Shipment shipment(DeviceId device, PoolId pool, OrgId buyer) const;

  const World& world_;
  Agenda& agenda_;
  TraceSink& trace_;
  std::function<void()> told_;
};

}  // namespace chokepoint
