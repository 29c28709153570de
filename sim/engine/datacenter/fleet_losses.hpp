#pragma once

#include <functional>
#include <vector>

#include "models/training/run/fleet_failures.hpp"
#include "models/training/run/placed_run.hpp"
#include "sim/engine/datacenter/repairs.hpp"
#include "sim/engine/kernel/engine_component.hpp"

namespace chokepoint {

/// What fails of the nodes with which a service works in one pool, and what comes in its place.
/// Only whole nodes fail. A node that is not broken serves again once the failure is understood and
/// its processes have started; one that is broken goes into repair then, and a free node of the
/// pool comes in its place, or the first that is free, in turn with gangs that wait for one.
class FleetLosses : private EngineComponent {
public:
  /// Requires: jobs are interrupted, and somebody says how devices of the pool fail.
  FleetLosses(const World& world, ServiceId service, PoolId pool, Agenda& agenda, Repairs& repairs,
              TraceSink& trace);

  /// Called when more or fewer are missing.
  void on_changed(std::function<void()> listener) { on_changed_ = std::move(listener); }

  /// The service has so many nodes from now on, those that are missing included.
  void hold(double nodes);
  /// Of them, those that do not serve.
  NodeCount missing() const { return missing_; }

private:
  void await_failure();
  void on_failed();
  void on_understood(const FleetFailure& failure, const std::vector<int>& numbers);
  void start_again(int nodes);

  PoolId pool_;
  FleetFailures failures_;
  Seconds noticed_, restart_;
  Repairs& repairs_;
  std::function<void()> on_changed_;
  NodeCount held_ = 0, missing_ = 0;
  int up_ = 0;
  std::uint64_t armed_ = 0;  // Of timers; those of an earlier one do nothing.
};

}  // namespace chokepoint
