#include "sim/study/causes/hold.hpp"

#include <catch2/catch.hpp>

#include "sim/trace/world_names.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint::hold_test {
namespace {

TEST_CASE("hold: a refusal is of all its rules, at the price of the order", "[history][why]") {
  const World world = small_history_world();
  ShipmentRefused refused;
  refused.units = 10.0;
  refused.value = Usd{1e5};
  refused.exporter_rule = RuleId{0};
  refused.importer_rule = RuleId{1};
  const auto hold = HoldReader(world).hold(refused);
  REQUIRE(hold);
  CHECK(hold->kind == Hold::Kind::Refusal);
  CHECK(hold->rules == std::set<RuleId>{RuleId{0}, RuleId{1}});
  CHECK(hold->packages == 10.0);
  CHECK(hold->usd == 1e5);
}

// 300 wanted and 100 made at $9000; all that can be made is nobody's loss.
TEST_CASE("hold: a shortage is what was wanted and not made", "[history][why]") {
  const World world = small_history_world();
  SupplyBottleneck bound;
  bound.device = WorldNames(world).find<DeviceId>("east_npu").value();
  bound.component = WorldNames(world).find<ComponentId>("hbm2e").value();
  bound.units = 100.0;
  bound.wanted = 300.0;
  CHECK(HoldReader(world).hold(bound)->packages == 200.0);
  CHECK(HoldReader(world).hold(bound)->usd == 200.0 * 9'000.0);
  bound.wanted.reset();
  CHECK(HoldReader(world).hold(bound)->usd == 0.0);
}

TEST_CASE("hold: a rule that delays or charges is a burden, and refuses nothing",
          "[history][why]") {
  const World world = small_history_world();
  const HoldReader holds(world);
  FeePaid fee;
  fee.rule = RuleId{1};
  fee.amount = Usd{5e6};
  CHECK(holds.hold(fee)->kind == Hold::Kind::Burden);
  CHECK(holds.hold(fee)->usd == 5e6);
  CHECK(holds.hold(fee)->packages == 0.0);
  LicenseFiled filed;
  filed.rule = RuleId{1};
  filed.units = 7.0;
  CHECK(holds.hold(filed)->rules == std::set<RuleId>{RuleId{1}});
  CHECK(holds.hold(filed)->usd == 0.0);
}

TEST_CASE("hold: what is delivered was not held back", "[history][why]") {
  const World world = small_history_world();
  CHECK_FALSE(HoldReader(world).hold(ShipmentDelivered{}));
  CHECK_FALSE(HoldReader(world).hold(RunEnded{}));
}

}  // namespace
}  // namespace chokepoint::hold_test
