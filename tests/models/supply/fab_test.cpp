#include "models/supply/fab.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/supply/random_network.hpp"

namespace chokepoint {
namespace {

// 1000 a month, from July 2024 on 3000.
SupplyStage growing() {
  SupplyStage stage;
  stage.capacity = step(1000, "2024-07-01", 3000);
  stage.foreign.equipment_share.value = 0.75;
  return stage;
}

// Capacity in the last of `months` from kStart on.
double capacity_after(const SupplyStage& stage, int months, const StageGate& gate) {
  FabMonth fab{0.0, fab_on(stage, kStart)};
  for (int m = 0; m < months; ++m) fab = fab_month(stage, fab.after, add_months(kStart, m), gate);
  return fab.capacity;
}

TEST_CASE("fab: free and alone it can do what its curve says", "[supply]") {
  CHECK(capacity_after(growing(), 6, {}) == 1000.0);
  CHECK(capacity_after(growing(), 7, {}) == 3000.0);
}

TEST_CASE("fab: other users go first", "[supply]") {
  SupplyStage stage = growing();
  stage.other_users = always(0.9);
  CHECK(capacity_after(stage, 7, {}) == Approx(300.0));
}

TEST_CASE("fab: a cut of equipment freezes growth by the foreign share, not what stands",
          "[supply]") {
  StageGate gate;
  gate.equipment_share = 0.0;
  CHECK(capacity_after(growing(), 6, gate) == 1000.0);
  CHECK(capacity_after(growing(), 7, gate) == Approx(1000 + 2000 * (1 - 0.75)));
  gate.equipment_share = 0.6;
  CHECK(capacity_after(growing(), 7, gate) == Approx(1000 + 2000 * (1 - 0.75 * 0.4)));
}

TEST_CASE("fab: what a cut has kept away is not made up for later", "[supply]") {
  const SupplyStage stage = growing();
  StageGate cut;
  cut.equipment_share = 0.0;
  const auto july = fab_month(stage, {1000, 1000, 0}, day("2024-07-01"), cut);
  const auto august = fab_month(stage, july.after, day("2024-08-01"), {});
  CHECK(august.capacity == july.capacity);
}

TEST_CASE("fab: a curve that falls takes what is installed along", "[supply]") {
  SupplyStage stage = growing();
  stage.capacity = step(1000, "2024-02-01", 500);
  CHECK(fab_month(stage, {1000, 800, 0}, day("2024-02-01"), {}).capacity == Approx(400.0));
}

TEST_CASE("fab: without service uptime halves every half-life once the spares are gone",
          "[supply]") {
  const ForeignDependence foreign{{}, {1.0, {}}, {6.0, {}}, {12.0, {}}};
  CHECK(uptime(foreign, 6, 0.0) == 1.0);
  CHECK(uptime(foreign, 18, 0.0) == Approx(0.5));
  CHECK(uptime(foreign, 30, 0.0) == Approx(0.25));
  SECTION("home service keeps its share up") {
    const ForeignDependence half{{}, {0.5, {}}, {6.0, {}}, {12.0, {}}};
    CHECK(uptime(half, 18, 0.0) == Approx(0.75));
  }
  SECTION("and so does what service is left") {
    CHECK(uptime(foreign, 18, 0.5) == Approx(0.75));
  }
}

TEST_CASE("fab: months without service count from the cut and end with it", "[supply]") {
  SupplyStage stage;
  stage.capacity = always(1000);
  stage.foreign = {{}, {1.0, {}}, {2.0, {}}, {1.0, {}}};
  StageGate cut;
  cut.service_share = 0.0;
  CHECK(capacity_after(stage, 3, cut) == 1000.0);  // Two months are over.
  CHECK(capacity_after(stage, 4, cut) == Approx(500.0));
  CHECK(fab_month(stage, {1000, 1000, 9}, kStart, {}).after.months_without_service == 0.0);
}

TEST_CASE("fab: what is not let in cannot be used, and without a limit there is none", "[supply]") {
  StageGate gate;
  gate.inflow_share = 0.25;
  CHECK(capacity_after(growing(), 1, gate) == 250.0);
  CHECK(std::isinf(capacity_after(SupplyStage{}, 1, {})));
}

TEST_CASE("law: a gate that lets more through never lowers capacity", "[supply][law]") {
  CHECK(rc::check([] {
    const SupplyStage stage = any::stage(StageKind::Packaging);
    const StageGate closed = any::gate();
    StageGate open = closed;
    open.inflow_share = std::max(closed.inflow_share, any::fraction());
    open.equipment_share = std::max(closed.equipment_share, any::fraction());
    open.service_share = std::max(closed.service_share, any::fraction());
    const int months = *rc::gen::inRange(1, 24);
    RC_ASSERT(capacity_after(stage, months, closed) <=
              capacity_after(stage, months, open) * (1 + 1e-12));
  }));
}

}  // namespace
}  // namespace chokepoint
