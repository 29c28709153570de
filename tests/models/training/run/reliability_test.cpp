#include "models/training/run/reliability.hpp"

#include <catch2/catch.hpp>

#include "tests/models/training/run/random_run.hpp"

namespace chokepoint {
namespace {

FailureMode mode(FailureScope scope, double rate) {
  return {"mode", scope, {PerSecond{rate}, {}}, {}};
}

TEST_CASE("reliability: a gang fails as often as it has parts", "[training][run]") {
  const GangSize gang{512, 8};
  const ReliabilitySpec spec;
  CHECK(gang.nodes() == 64);
  CHECK(gang_rate(mode(FailureScope::Devices, 2), gang, spec) == PerSecond{1'024});
  CHECK(gang_rate(mode(FailureScope::Nodes, 2), gang, spec) == PerSecond{128});
  CHECK(gang_rate(mode(FailureScope::Run, 2), gang, spec) == PerSecond{2});
  CHECK(gang_rate(mode(FailureScope::Links, 2), gang, spec) == PerSecond{2'048});
  // Four servers each, unless it is said.
  CHECK(gang_rate(mode(FailureScope::Domains, 2), gang, spec) == PerSecond{32});
  CHECK(gang_rate(mode(FailureScope::Switches, 2), gang, spec) == PerSecond{32});
  CHECK(gang_rate(mode(FailureScope::Storage, 2), gang, spec) == PerSecond{});
}

TEST_CASE("reliability: servers with more cards than a switch has ports below have several",
          "[training][run]") {
  ReliabilitySpec spec;
  spec.nodes_per_switch = Sourced<double>{32, {}};
  CHECK(gang_rate(mode(FailureScope::Switches, 2), {256, 8}, spec) == PerSecond{16});
  CHECK(gang_rate(mode(FailureScope::Switches, 2), {264, 8}, spec) == PerSecond{32});
  spec.switch_ports.value = 128;
  CHECK(gang_rate(mode(FailureScope::Switches, 2), {256, 8}, spec) == PerSecond{8});
}

TEST_CASE("reliability: what fails says how many servers go with it and for how long",
          "[training][run]") {
  ReliabilitySpec spec;
  spec.repair.value = Seconds{72};
  CHECK(spec.nodes_struck(FailureScope::Devices) == 1);
  CHECK(spec.nodes_struck(FailureScope::Domains) == 4);
  CHECK(spec.nodes_struck(FailureScope::Switches) == 4);
  CHECK(spec.repair_of(FailureScope::Switches) == Seconds{72});
  CHECK(spec.repair_of(FailureScope::Storage) == Seconds{72});
  spec.nodes_per_switch = Sourced<double>{32, {}};
  spec.switch_repair = Sourced<Seconds>{Seconds{3}, {}};
  spec.storage_repair = Sourced<Seconds>{Seconds{5}, {}};
  CHECK(spec.nodes_struck(FailureScope::Domains) == 4);
  CHECK(spec.nodes_struck(FailureScope::Switches) == 32);
  CHECK(spec.repair_of(FailureScope::Nodes) == Seconds{72});
  CHECK(spec.repair_of(FailureScope::Switches) == Seconds{3});
  CHECK(spec.repair_of(FailureScope::Storage) == Seconds{5});
}

TEST_CASE("reliability: a larger network has more tiers", "[training][run]") {
  CHECK(network_links({8, 8}, 64) == 0);
  CHECK(network_links({64, 8}, 64) == 64);
  CHECK(network_links({65, 8}, 64) == 2 * 65);
  CHECK(network_links({2'048, 8}, 64) == 2 * 2'048);
  CHECK(network_links({2'056, 8}, 64) == 3 * 2'056);
  CHECK(network_links({65'536, 8}, 64) == 3 * 65'536);
}

TEST_CASE("law: a larger gang never fails less often", "[training][run][law]") {
  const ReliabilitySpec spec;
  CHECK(rc::check([&] {
    const GangSize gang{*rc::gen::inRange(1, 100'000), *rc::gen::inRange(1, 64)};
    const GangSize larger{gang.devices + *rc::gen::inRange(1, 10'000), gang.devices_per_node};
    for (const FailureScope scope :
         {FailureScope::Devices, FailureScope::Nodes, FailureScope::Links, FailureScope::Run,
          FailureScope::Domains, FailureScope::Switches}) {
      RC_ASSERT(gang_rate(mode(scope, 1), gang, spec) <= gang_rate(mode(scope, 1), larger, spec));
    }
  }));
}

TEST_CASE("reliability: a stack has its own, else the general one", "[training][run]") {
  std::vector<ReliabilitySpec> all(2);
  all[0].name = "general";
  all[1].name = "own", all[1].stacks = {StackId{3}};
  CHECK(reliability_for(all, StackId{3})->name == "own");
  CHECK(reliability_for(all, StackId{1})->name == "general");
  CHECK(reliability_for({}, StackId{1}) == nullptr);
}

TEST_CASE("reliability: bounds are those of the sources", "[training][run]") {
  ReliabilitySpec spec;
  spec.modes = {{"sourced", FailureScope::Nodes, {PerSecond{8}, InputId{0}}, {}},
                {"plain", FailureScope::Nodes, {PerSecond{8}, {}}, {}}};
  std::vector<Input> inputs(1);
  inputs[0].value = 2, inputs[0].low = 1, inputs[0].high = 6;  // In a unit of its own.
  const auto low = at_bound(spec, inputs, RateBound::Low).modes;
  const auto high = at_bound(spec, inputs, RateBound::High).modes;
  CHECK(low[0].each.value == PerSecond{4});
  CHECK(high[0].each.value == PerSecond{24});
  CHECK(low[1].each.value == PerSecond{8});
}

TEST_CASE("reliability: scopes have names", "[training][run]") {
  CHECK(name(FailureScope::Devices) == "device");
  CHECK(name(FailureScope::Nodes) == "node");
  CHECK(name(FailureScope::Links) == "link");
  CHECK(name(FailureScope::Run) == "run");
  CHECK(name(FailureScope::Domains) == "domain");
  CHECK(name(FailureScope::Switches) == "switch");
  CHECK(name(FailureScope::Storage) == "storage");
}

}  // namespace
}  // namespace chokepoint
