#include "sim/engine/datacenter/fleet_losses.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "tests/sim/engine/interrupted_world.hpp"
#include "tests/sim/engine/lending_world.hpp"

namespace chokepoint {
namespace {

/// Days of windows in which a service is asked for all that its nodes can serve.
LendingCase busy_case(int nodes, int of_service, int days) {
  LendingCase one;
  one.nodes = nodes;
  one.of_service = of_service;
  one.hours = 24;
  one.demand.assign(static_cast<std::size_t>(days), 1.0);
  return one;
}

/// Each of its nodes breaks once in ten days, and is repaired in two: nothing else takes time.
World failing_world(const LendingCase& one, double rate) {
  World world = reserving_world(one, rate);
  world.reliabilities = {engine_reliability(10_days, 1)};
  world.reliabilities[0].modes[0].broken_share.value = 1;
  world.reliabilities[0].repair.value = 2_days;
  world.recoveries = {RecoverySpec{}};
  world.recoveries[0].storage_per_node.value = BytesPerSecond{1e9};
  world.recoveries[0].snapshot.value = BytesPerSecond{1e9};
  world.interrupted_jobs = InterruptedJobs{};
  return world;
}

double capacity_of(const std::vector<TraceEvent>& facts) {
  double tokens = 0;
  for (const auto& window : only<WindowServed>(facts)) tokens += window.capacity.value;
  return tokens;
}

// Sixty-four nodes for a year break some 1,950 times. What is lost, a sixth, is off by a share of
// sqrt(2 / 1,950), as an exponential repair has the variance of its mean squared: four of these.
TEST_CASE("losses: a service has of its nodes what is not in repair in the mean",
          "[engine][losses]") {
  const LendingCase one = busy_case(64, 64, 365);
  const double rate = full_rate(one);
  World world = failing_world(one, rate);
  for (world.seed = 1; world.seed <= 3; ++world.seed) {
    const double share = capacity_of(facts_of(world)) / (rate * 365 * 86'400);
    CHECK(std::abs(share - 1 / (1 + 2.0 / 10)) < 4.0 / 6 * std::sqrt(2.0 / 1'950));
  }
}

TEST_CASE("losses: what a service cannot serve goes unmet", "[engine][losses]") {
  const LendingCase one = busy_case(16, 16, 60);
  const double rate = full_rate(one);
  const auto facts = facts_of(failing_world(one, rate));
  double missing = 0;
  for (const auto& window : only<WindowServed>(facts)) {
    CHECK((window.served + window.unmet).value == Approx(window.demand.value));
    CHECK(window.served.value <= window.capacity.value * (1 + 1e-12));
    missing += window.unmet.value;
  }
  CHECK(missing > 0.05 * rate * 60 * 86'400);
}

TEST_CASE("losses: a free node takes the place of one that breaks", "[engine][losses]") {
  const LendingCase one = busy_case(64, 16, 60);
  const double rate = full_rate(one);
  World world = failing_world(one, rate);
  CHECK(only<NodeFailed>(facts_of(world)).size() > 50);
  CHECK(capacity_of(facts_of(world)) == Approx(rate * 60 * 86'400).epsilon(1e-9));
  // Unless it takes a day to start there.
  world.recoveries[0].restart.value = 1_days;
  CHECK(capacity_of(facts_of(world)) < 0.95 * rate * 60 * 86'400);
}

TEST_CASE("losses: idle nodes change nothing", "[engine][losses]") {
  const LendingCase few = busy_case(64, 16, 60), many = busy_case(1 << 12, 16, 60);
  const double rate = full_rate(few);
  const World small = failing_world(few, rate), large = failing_world(many, rate);
  CHECK(only<NodeFailed>(facts_of(small)) == only<NodeFailed>(facts_of(large)));
}

TEST_CASE("losses: at a rate of zero facts are those without interruptions", "[engine][losses]") {
  LendingCase one = busy_case(24, 12, 10);
  one.gangs = {4, 5};
  const double rate = full_rate(one);
  for (const bool lends : {false, true}) {
    World world = lends ? lending_world(one, rate) : reserving_world(one, rate);
    const auto without = facts_of(world);
    const World failing = failing_world(one, rate);
    world.reliabilities = failing.reliabilities;
    world.recoveries = failing.recoveries;
    world.interrupted_jobs = failing.interrupted_jobs;
    world.interrupted_jobs->rate_factor = 0;
    CHECK(facts_of(world) == without);
  }
}

// Whatever the seed it loses nothing without failures, and in the mean of seeds more with more.
TEST_CASE("losses: more failures never serve more where more is asked for", "[engine][losses]") {
  const LendingCase one = busy_case(20, 18, 60);
  const double rate = full_rate(one);
  World world = failing_world(one, rate);
  double last = served(facts_of(reserving_world(one, rate)));
  for (const double factor : {0.25, 1.0, 4.0, 16.0}) {
    world.interrupted_jobs->rate_factor = factor;
    double sum = 0;
    for (world.seed = 1; world.seed <= 12; ++world.seed) sum += served(facts_of(world)) / 12;
    CHECK(sum < last);
    last = sum;
  }
}

TEST_CASE("law: no node of gangs and services is in two places, and none is lost",
          "[engine][losses][law]") {
  CHECK(rc::check([] {
    LendingCase one = busy_case(12 + *rc::gen::inRange(0, 13), 12, 30);
    one.gangs.resize(*rc::gen::inRange<std::size_t>(0, 4));
    for (int& nodes : one.gangs) nodes = *rc::gen::inRange(1, 6);
    one.days_of_work = 3;
    World world = failing_world(one, 1e9);
    world.seed = *rc::gen::inRange<std::uint64_t>(1, 1'000'000);
    auto& spec = world.reliabilities[0];
    spec.modes[0].scope = *rc::gen::element(FailureScope::Nodes, FailureScope::Domains,
                                            FailureScope::Switches, FailureScope::Devices);
    spec.modes[0].broken_share.value = *rc::gen::element(0.0, 0.5, 1.0);
    spec.nodes_per_domain.value = *rc::gen::inRange(1, 7);
    world.recoveries[0].detection.value = *rc::gen::element(0.0, 1.0, 7.0) * 1_hours;
    world.recoveries[0].restart.value = *rc::gen::element(0.0, 2.0) * 1_hours;
    std::set<int> down;
    std::size_t failed = 0;
    const auto facts = facts_of(world);
    for (const TraceEvent& event : facts) {
      if (const auto* node = std::get_if<NodeFailed>(&event)) {
        RC_ASSERT(node->node >= 0 && node->node < one.nodes);
        RC_ASSERT(down.insert(node->node).second);
        ++failed;
      } else if (const auto* back = std::get_if<NodeReturned>(&event)) {
        RC_ASSERT(down.erase(back->node) == 1U);
      }
    }
    RC_ASSERT(failed > 0U);
  }));
}

}  // namespace
}  // namespace chokepoint
