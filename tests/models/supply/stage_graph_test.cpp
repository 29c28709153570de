#include "models/supply/stage_graph.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "tests/models/supply/random_network.hpp"

namespace chokepoint {
namespace {

constexpr double kBoundless = std::numeric_limits<double>::infinity();

std::vector<double> yields_of(const SupplyNetwork& network) {
  std::vector<double> yields;
  for (const auto& stage : network.stages) yields.push_back(stage.yield.ceiling.value);
  return yields;
}

TEST_CASE("stage graph: a unit is worth what everything after it makes of it", "[supply]") {
  Accelerator a;
  a.network.made.bills[0].assembly_yield.value = 0.9;
  const StageGraph graph(a.network.made);
  const ComponentGraph& die = graph.of_bill(0)[0];
  const auto worth = die.devices_per_unit(yields_of(a.network.made));
  for (std::size_t i = 0; i < die.stages().size(); ++i) {
    // Of a wafer 50 dies, 40 % good.
    const bool is_wafer = die.stages()[i] == a.wafers;
    CHECK(worth.stages[i] == Approx(is_wafer ? 50 * 0.4 * 0.9 : 0.9));
  }
  CHECK(graph.of_bill(0)[1].devices_per_unit(yields_of(a.network.made)).stages[0] ==
        Approx(0.9 / 4));
}

TEST_CASE("stage graph: dies that are tested only in the package square the yield", "[supply]") {
  Network network;
  const StageId wafers = network.stage(StageKind::Wafers, 100);
  const StageId dies = network.stage(StageKind::Dies, std::nullopt, 0.4);
  const ComponentId die = network.component();
  network.flow(wafers, dies, 50.0);
  network.flow(dies, die);
  network.bill(OrgId{0}, {{die, 2.0, true}});
  network.bill(OrgId{0}, {{die, 2.0, false}});
  const StageGraph graph(network.made);
  const auto yields = yields_of(network.made);
  // A wafer has 25 pairs: 40 % of them, or 16 %.
  CHECK(graph.of_bill(0)[0].devices_per_unit(yields).stages[1] == Approx(25 * 0.4));
  CHECK(graph.of_bill(1)[0].devices_per_unit(yields).stages[1] == Approx(25 * 0.4 * 0.4));
}

TEST_CASE("stage graph: a stage with two ways is worth the least of them", "[supply]") {
  Network network;
  const StageId wafers = network.stage(StageKind::Wafers, 100);
  const StageId poor = network.stage(StageKind::Dies, std::nullopt, 0.25);
  const StageId good = network.stage(StageKind::Dies, std::nullopt, 0.5);
  const ComponentId die = network.component();
  for (const StageId dies : {poor, good}) {
    network.flow(wafers, dies);
    network.flow(dies, die);
  }
  network.bill(OrgId{0}, {{die}});
  const StageGraph graph(network.made);
  const ComponentGraph& way = graph.of_bill(0)[0];
  CHECK(way.stages().back() == wafers);
  CHECK(way.devices_per_unit(yields_of(network.made)).stages.back() == 0.25);
}

TEST_CASE("stage graph: the longest way counts", "[supply]") {
  Network network;
  const StageId wafers = network.stage(StageKind::Wafers, 100, 1.0, 2);
  const StageId dies = network.stage(StageKind::Dies, std::nullopt, 1.0, 3);
  const StageId bank = network.bank(StageKind::Dies, 1);
  const ComponentId die = network.component();
  network.flow(wafers, dies);
  network.flow(dies, die);
  network.flow(bank, die);
  network.bill(OrgId{0}, {{die}});
  CHECK(StageGraph(network.made).of_bill(0)[0].lead_months() == 5);
}

TEST_CASE("stage graph: a bank makes nothing", "[supply]") {
  Network network;
  const StageId bank = network.bank(StageKind::Dies, 1);
  const ComponentId die = network.component();
  network.flow(bank, die);
  network.bill(OrgId{0}, {{die}});
  const StageGraph graph(network.made);
  FlowLimits limits;
  limits.stages = {{kBoundless, 7.0, 0.0}};
  CHECK(graph.of_bill(0)[0].max_flow(limits).delivered == 7.0);
}

TEST_CASE("stage graph: cycles are told", "[supply]") {
  Network network;
  const StageId a = network.stage(StageKind::Wafers, 1), b = network.stage(StageKind::Wafers, 1);
  network.flow(a, b);
  CHECK_FALSE(has_cycle(network.made));
  network.flow(b, a);
  CHECK(has_cycle(network.made));
}

// Layers of three stages, any of which feeds any of the next.
SupplyNetwork layers() {
  Network network;
  const ComponentId component = network.component();
  std::vector<StageId> before;
  for (int layer = 0; layer < 3; ++layer) {
    std::vector<StageId> now;
    for (int i = 0; i < 3; ++i) now.push_back(network.stage(StageKind::Wafers, 1.0));
    for (const StageId from : before) {
      for (const StageId to : now) {
        if (*rc::gen::inRange(0, 2) == 0) network.flow(from, to);
      }
    }
    before = now;
  }
  for (const StageId last : before) network.flow(last, component);
  network.bill(OrgId{0}, {{component}});
  return network.made;
}

TEST_CASE("law: the greatest flow is the least cut", "[supply][law]") {
  CHECK(rc::check([] {
    const StageGraph network(layers());
    const ComponentGraph& graph = network.of_bill(0)[0];
    FlowLimits limits;
    for (std::size_t i = 0; i < graph.stages().size(); ++i) {
      limits.stages.push_back({any::amount() * any::fraction(), any::amount() / 7.0, 0.0});
    }
    const auto flow = graph.max_flow(limits);
    const auto cut = graph.min_cut(limits);
    const auto near = [](double a, double b) { return std::abs(a - b) <= 1e-9 * (1.0 + a + b); };
    RC_ASSERT(near(flow.delivered, cut.flow));
    RC_ASSERT(near(cut.flow, cut.capacity));
    double crossing = 0.0;
    for (std::size_t i = 0; i < cut.stages.size(); ++i) {
      if (cut.stages[i].made) crossing += limits.stages[i].made;
      if (cut.stages[i].beyond) crossing += limits.stages[i].stock;
      if (cut.stages[i].made) RC_ASSERT(near(flow.stages[i].made, limits.stages[i].made));
      RC_ASSERT(flow.stages[i].made <= limits.stages[i].made);
      RC_ASSERT(flow.stages[i].stock <= limits.stages[i].stock);
    }
    RC_ASSERT(near(crossing, cut.capacity));
    RC_CLASSIFY(flow.delivered > 0.0, "flows");
  }));
}

TEST_CASE("law: more of anything never lessens a flow", "[supply][law]") {
  CHECK(rc::check([] {
    const StageGraph network(layers());
    const ComponentGraph& graph = network.of_bill(0)[0];
    FlowLimits limits;
    for (std::size_t i = 0; i < graph.stages().size(); ++i) {
      limits.stages.push_back({any::amount(), any::amount() / 7.0, 0.0});
    }
    const double before = graph.max_flow(limits).delivered;
    auto& some = limits.stages[*rc::gen::inRange<std::size_t>(0, limits.stages.size())];
    some.made += any::amount();
    some.stock += any::amount();
    RC_ASSERT(graph.max_flow(limits).delivered >= before - 1e-9 * before);
  }));
}

}  // namespace
}  // namespace chokepoint
