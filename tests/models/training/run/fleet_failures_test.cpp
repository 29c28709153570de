#include "models/training/run/fleet_failures.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "tests/models/training/run/random_run.hpp"

namespace chokepoint {
namespace {

ReliabilitySpec spec_of(FailureScope scope, double rate, double broken_share) {
  ReliabilitySpec spec;
  spec.name = "one";
  spec.modes = {{"mode", scope, {PerSecond{rate}, {}}, {broken_share, {}}}};
  spec.repair.value = Seconds{100};
  spec.nodes_per_domain.value = 4;
  return spec;
}

/// How many servers fail in `time` while all of `nodes` stay up.
double lost_in(FleetFailures& fleet, int nodes, Seconds time) {
  double lost = 0;
  fleet.hold(nodes, Seconds{});
  while (fleet.next() && *fleet.next() < time) lost += fleet.fail(*fleet.next()).nodes;
  return lost;
}

// Of a Poisson count of mean m, 6 sqrt(m) is beyond what a billion of seeds see.
TEST_CASE("fleet: servers fail as often as each of them does", "[training][run][fleet]") {
  for (const FailureScope scope : {FailureScope::Nodes, FailureScope::Domains}) {
    FleetFailures fleet(spec_of(scope, 1e-3, 0.5), 8, 1, "a");
    // Ten servers: of three domains the last has two.
    const double expected = 10 * 1e-3 * 1e6;
    CHECK(std::abs(lost_in(fleet, 10, Seconds{1e6}) - expected) < 4 * 6 * std::sqrt(expected));
  }
}

TEST_CASE("fleet: neither software of a run nor storage takes servers away",
          "[training][run][fleet]") {
  for (const FailureScope scope : {FailureScope::Run, FailureScope::Storage}) {
    FleetFailures fleet(spec_of(scope, 1, 1), 8, 1, "a");
    fleet.hold(1'000, Seconds{});
    CHECK_FALSE(fleet.next());
  }
}

TEST_CASE("fleet: who has no servers loses none", "[training][run][fleet]") {
  FleetFailures fleet(spec_of(FailureScope::Nodes, 1, 1), 8, 1, "a");
  CHECK_FALSE(fleet.next());
  fleet.hold(3, Seconds{10});
  CHECK(fleet.next());
  fleet.hold(0, Seconds{10});
  CHECK_FALSE(fleet.next());
}

TEST_CASE("fleet: servers below a switch come back together, others do not",
          "[training][run][fleet]") {
  for (const FailureScope scope : {FailureScope::Switches, FailureScope::Domains}) {
    ReliabilitySpec spec = spec_of(scope, 1, 1);
    spec.switch_repair = Sourced<Seconds>{Seconds{3}, {}};
    FleetFailures fleet(spec, 8, 1, "a");
    fleet.hold(8, Seconds{});
    const FleetFailure failure = fleet.fail(*fleet.next());
    REQUIRE(failure.nodes == 4);
    REQUIRE(failure.repairs.size() == 4);
    const bool is_one = failure.repairs.front() == failure.repairs.back();
    CHECK(is_one == (scope == FailureScope::Switches));
  }
}

TEST_CASE("law: a failure takes at most what is up, and leaves time that was not passed",
          "[training][run][fleet][law]") {
  CHECK(rc::check([&] {
    const FailureScope scope = *rc::gen::elementOf(
        std::vector<FailureScope>{FailureScope::Devices, FailureScope::Nodes, FailureScope::Links,
                                  FailureScope::Domains, FailureScope::Switches});
    ReliabilitySpec spec = spec_of(scope, 1e-3, any_real(0, 1));
    spec.nodes_per_domain.value = any_real(1, 9);
    FleetFailures fleet(spec, *rc::gen::inRange(1, 9), *rc::gen::arbitrary<std::uint64_t>(), "a");
    int up = *rc::gen::inRange(2, 40);
    Seconds now;
    fleet.hold(up, now);
    while (const auto next = fleet.next()) {
      RC_ASSERT(*next >= now);
      // Nothing is drawn anew where as many stay up.
      const Seconds between = now + (*next - now) * 0.5;
      fleet.hold(up, between);
      RC_ASSERT(std::abs(fleet.next()->value - next->value) <= 1e-9 * (1 + next->value));
      now = *fleet.next();
      const FleetFailure failure = fleet.fail(now);
      RC_ASSERT(failure.nodes >= 1);
      RC_ASSERT(failure.nodes <= up);
      RC_ASSERT(failure.repairs.size() == (failure.is_broken ? failure.nodes : 0U));
      up -= failure.nodes;
      fleet.hold(up, now);
    }
  }));
}

}  // namespace
}  // namespace chokepoint
