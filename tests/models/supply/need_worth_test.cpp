#include "models/supply/need_worth.hpp"

#include <catch2/catch.hpp>

#include "tests/models/supply/networks.hpp"

namespace chokepoint {
namespace {

// One fab makes both dies of a device: one large, 50 on a wafer, and two small, 200 on a wafer.
TEST_CASE("need worth: a stage is divided among components as one device takes of it", "[supply]") {
  Network network;
  const StageId wafers = network.stage(StageKind::Wafers, 100);
  const StageId large = network.stage(StageKind::Dies, std::nullopt, 0.5);
  const StageId small = network.stage(StageKind::Dies, std::nullopt, 0.8);
  const ComponentId core = network.component(), io = network.component();
  network.flow(wafers, large, 50.0);
  network.flow(wafers, small, 200.0);
  network.flow(large, core);
  network.flow(small, io);
  network.bill(OrgId{0}, {{core, 1.0}, {io, 2.0}});
  const auto worths = need_worths(StageGraph(network.made), 0, {1.0, 0.5, 0.8});
  // 1/25 of a wafer for the core, 2/160 for the rest. Wafers come last.
  const double core_wafers = 1.0 / 25, io_wafers = 2.0 / 160;
  CHECK(worths[0].part.back() == Approx(core_wafers / (core_wafers + io_wafers)));
  CHECK(worths[0].part.back() + worths[1].part.back() == Approx(1.0));
  CHECK(worths[0].part.front() == 1.0);

  // So that a month's wafers make sets, without a die left over.
  const auto plan = plan_months(network.made, 1).front();
  CHECK(plan.devices[0].units == Approx(100 / (core_wafers + io_wafers)));
  CHECK(plan.after.stages[large.value].stock == Approx(0.0).margin(1e-6));
  CHECK(plan.after.stages[small.value].stock == Approx(0.0).margin(1e-6));
}

}  // namespace
}  // namespace chokepoint
