#include "sim/engine/datacenter/fleet_losses.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chokepoint {
namespace {

constexpr double kRoundingOfNodes = 1e-9;  // 0.07 * 100 may be a little below 7.

int devices_per_node(const World& world, PoolId pool) {
  return world.nodes[world.pools[pool.value].node.value].devices_per_node;
}

std::string streams_of(const World& world, ServiceId service, PoolId pool) {
  return "serving/" + world.services[service.value].name + "/" + world.pools[pool.value].name;
}

}  // namespace

FleetLosses::FleetLosses(const World& world, ServiceId service, PoolId pool, Agenda& agenda,
                         Repairs& repairs, TraceSink& trace)
    : EngineComponent(world, agenda, trace),
      pool_(pool),
      failures_(*scaled_reliability(world, pool), devices_per_node(world, pool), world.seed,
                streams_of(world, service, pool)),
      repairs_(repairs) {
  const RecoverySpec& recovery = recovery_of(world);
  noticed_ = recovery.detection.value + recovery.diagnosis.value;
  restart_ = recovery.restart.value;
}

void FleetLosses::hold(double nodes) {
  held_ = static_cast<NodeCount>(nodes + kRoundingOfNodes);
  const NodeCount most = std::numeric_limits<int>::max() / devices_per_node(world_, pool_);
  const int up = static_cast<int>(std::clamp<NodeCount>(held_ - missing_, 0, most));
  if (up == up_) return;
  up_ = up;
  failures_.hold(up_, agenda_.now());
  await_failure();
}

void FleetLosses::await_failure() {
  ++armed_;
  const auto next = failures_.next();
  if (!next) return;
  agenda_.at(std::max(*next, agenda_.now()), Phase::Job, [this, armed = armed_] {
    if (armed == armed_) on_failed();
  });
}

void FleetLosses::on_failed() {
  const Seconds now = agenda_.now();
  const FleetFailure failure = failures_.fail(now);
  const std::vector<int> numbers = repairs_.take(pool_, failure.nodes);
  const std::string& cause = reliability_of(world_, pool_)->modes[failure.mode].name;
  for (const int node : numbers) {
    trace_.record(NodeFailed{now, pool_, node, cause, failure.is_broken});
  }
  missing_ += failure.nodes;
  up_ -= failure.nodes;
  failures_.hold(up_, now);
  await_failure();
  on_changed_();
  agenda_.at(now + noticed_, Phase::Job,
             [this, failure, numbers] { on_understood(failure, numbers); });
}

void FleetLosses::on_understood(const FleetFailure& failure, const std::vector<int>& numbers) {
  if (!failure.is_broken) {
    for (const int node : numbers) trace_.record(NodeReturned{agenda_.now(), pool_, node});
    repairs_.give(pool_, numbers);
    return start_again(failure.nodes);
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    repairs_.repair_serving(pool_, numbers[i], failure.repairs[i]);
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    repairs_.want_serving(pool_, [this] { start_again(1); });
  }
}

void FleetLosses::start_again(int nodes) {
  agenda_.at(agenda_.now() + restart_, Phase::Job, [this, nodes] {
    missing_ -= nodes;
    hold(static_cast<double>(held_));
    on_changed_();
  });
}

}  // namespace chokepoint
