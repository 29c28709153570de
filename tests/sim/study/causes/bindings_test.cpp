#include "sim/study/causes/bindings.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

using Kind = Binding::Kind;

SupplyBottleneck short_of_memory(double made, std::optional<double> wanted) {
  SupplyBottleneck bound;
  bound.device = DeviceId{1};  // At $9000.
  bound.units = made;
  bound.wanted = wanted;
  bound.component = ComponentId{1};
  return bound;
}

TEST_CASE("bindings: nothing held back in a run without facts", "[history][bindings]") {
  const World world = small_history_world();
  CHECK(Bindings(world).held_back_usd().empty());
}

TEST_CASE("bindings: a rule by the value of what it refused", "[history][bindings]") {
  const World world = small_history_world();
  Bindings bindings(world);
  ShipmentRefused refused;
  refused.exporter_rule = RuleId{0};
  refused.value = Usd{5e6};
  bindings.record(refused);
  bindings.record(refused);
  CHECK(bindings.held_back_usd() == std::map<Binding, double>{{{Kind::Rule, "us_letter"}, 10e6}});
}

// The component has one maker, which stands for it where no stage is named.
TEST_CASE("bindings: a shortage by the price of what was not made", "[history][bindings]") {
  const World world = small_history_world();
  Bindings bindings(world);
  bindings.record(short_of_memory(100.0, 300.0));
  bindings.record(short_of_memory(100.0, std::nullopt));  // All that can be: nobody misses any.
  CHECK(bindings.held_back_usd() ==
        std::map<Binding, double>{{{Kind::Shortage, "hbm"}, 200.0 * 9'000.0}});
}

TEST_CASE("bindings: several makers are named by their component", "[history][bindings]") {
  const World world = small_history_world();
  Bindings bindings(world);
  SupplyBottleneck bound = short_of_memory(1.0, 2.0);
  bound.component = ComponentId{0};
  bindings.record(bound);
  bound.stage = StageId{0};
  bindings.record(bound);
  const auto found = bindings.held_back_usd();
  CHECK(found.count({Kind::Shortage, "npu_die"}) == 1);
  CHECK(found.count({Kind::Shortage, "n7"}) == 1);
}

}  // namespace
}  // namespace chokepoint
