#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"
#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("read_supply: stages, and what they leave out", "[scenario][read]") {
  const World world = world_of(economy_text());
  REQUIRE(world.supply.stages.size() == 4);
  const SupplyStage& wafers = world.supply.stages[0];
  CHECK(wafers.name == "n7");
  CHECK(wafers.kind == StageKind::Wafers);
  CHECK(wafers.country == Country("CN"));
  REQUIRE(wafers.operated_by);
  CHECK(world.orgs[wafers.operated_by->value].name == "foundry");
  REQUIRE(wafers.capacity);
  CHECK(value_on(*wafers.capacity, day("2025-08-01")) == 3'000.0);
  CHECK(value_on(wafers.other_users, world.first_day()) == 0.4);
  CHECK(wafers.lead_months == 3);
  CHECK(wafers.foreign.equipment_share.value == 0.8);
  CHECK(wafers.foreign.service_share.value == 0.5);
  CHECK(wafers.foreign.half_life_months.value == 18.0);
  CHECK(wafers.equipment_item == ItemId{0});
  CHECK(wafers.service_item == ItemId{0});
  CHECK_FALSE(wafers.product_item);

  const SupplyStage &dies = world.supply.stages[1], &bank = world.supply.stages[2];
  CHECK(dies.kind == StageKind::Dies);
  CHECK_FALSE(dies.capacity);
  CHECK(yield_after(dies.yield, 0.0) == Approx(0.2));
  CHECK(yield_after(dies.yield, 1e9) == Approx(0.6));
  CHECK(dies.lead_months == 0);
  CHECK(dies.stock.value == 0.0);
  CHECK(dies.stock_from == world.first_day());
  CHECK(dies.stock_months == 1);
  CHECK_FALSE(dies.operated_by);
  CHECK(bank.stock.value == 2'900.0);
  CHECK(bank.stock_from == day("2025-03-01"));
  CHECK(bank.stock_months == 4);
  CHECK(yield_after(bank.yield, 0.0) == 1.0);
}

TEST_CASE("read_supply: flows go to stages and components, bills and contracts name both",
          "[scenario][read]") {
  const World world = world_of(economy_text());
  const SupplyNetwork& network = world.supply;
  REQUIRE(network.flows.size() == 4);
  CHECK(std::get<StageId>(network.flows[0].to) == StageId{1});
  CHECK(network.flows[0].units_out_per_in.value == 60.0);
  CHECK(std::get<ComponentId>(network.flows[1].to) == ComponentId{0});
  CHECK(network.flows[1].units_out_per_in.value == 1.0);
  CHECK(network.flows[2].from == StageId{2});
  REQUIRE(network.bills.size() == 1);
  const Bill& bill = network.bills[0];
  CHECK(bill.device == DeviceId{1});
  CHECK(bill.vendor == world.devices[1].vendor);
  REQUIRE(bill.needs.size() == 2);
  CHECK(bill.needs[0].units == 2.0);
  CHECK_FALSE(bill.needs[0].known_good);
  CHECK(bill.needs[1].component == ComponentId{1});
  CHECK(bill.assembly_yield.value == 0.9);
  CHECK(value_on(bill.launch, world.first_day()) == 1.0);
  REQUIRE(network.contracts.size() == 1);
  CHECK(network.contracts[0].stage == StageId{0});
  CHECK(network.contracts[0].vendor == bill.vendor);
  CHECK(value_on(network.contracts[0].share, world.first_day()) == 0.7);
}

TEST_CASE("read_supply: what can be spared needs an item that rules may hold back",
          "[scenario][read]") {
  const std::string spare =
      "spare_units { points { on: \"2024-01-01\" value { value: 5 source: "
      "\"guess\" confidence: ESTIMATED } } } ";
  CHECK(only_error(economy_but("name: \"n7\"", "kind: WAFER_STARTS", spare + "kind: WAFER_STARTS"))
            .find("spare_units needs an item") == 0);
}

TEST_CASE("read_supply: dies are tested first where a bill says so", "[scenario][read]") {
  const World world = world_of(economy_but("bills {", "items", "known_good_dies: true items"));
  for (const Need& need : world.supply.bills[0].needs) CHECK(need.known_good);
}

TEST_CASE("read_supply: what is wrong with a stage", "[scenario][read]") {
  const auto error = [](const std::string& anchor, const std::string& from, const std::string& to) {
    return only_error(economy_but(anchor, from, to));
  };
  CHECK(error("name: \"n7_dies\"", "ceiling { value: 0.6", "ceiling { value: 0.1") ==
        "the ceiling 0.1 is below the start 0.2 | yields learn: start <= ceiling");
  CHECK(error("name: \"n7_dies\"", "start { value: 0.2", "start { value: 0").find("start is 0") ==
        0);
  CHECK(error("name: \"n7\"", "kind: WAFER_STARTS", "").find("kind is missing") == 0);
  CHECK(error("name: \"n7\"",
              "  spares_half_life_months { value: 18 source: \"guess\" confidence: "
              "ESTIMATED }\n",
              "")
            .find("spares_half_life_months is missing") == 0);
  CHECK(error("name: \"n7\"", "operator: \"foundry\"", "operator: \"foundri\"") ==
        "no org 'foundri' in the scenario | did you mean 'foundry'?");
  CHECK(error("name: \"n7\"", "tools_item: \"tools\"", "tools_item: \"tool\"") ==
        "no item 'tool' in the scenario | did you mean 'tools'?");
  CHECK(
      error("name: \"die_bank\"", "stock_months: 4", "stock_months: 0").find("stock_months is 0") ==
      0);
  for (const std::string stage : {"n7", "die_bank"}) {  // One has a lead, the other no capacity.
    CHECK(error("name: \"" + stage + "\"", "country:", "take_or_pay: true country:")
              .find("take_or_pay needs units_per_month, no lead_months and no yield") == 0);
  }
}

TEST_CASE("read_supply: what is wrong with flows, bills and contracts", "[scenario][read]") {
  const auto error = [](const std::string& anchor, const std::string& from, const std::string& to) {
    return only_error(economy_but(anchor, from, to));
  };
  CHECK(error("name: \"dies_made\"", "to: \"npu_die\"", "to: \"npu_dice\"")
            .find("no supply stage 'npu_dice' in the scenario") == 0);
  CHECK(
      only_error(economy_text() + "supply_flows { name: \"back\" from: \"n7_dies\" to: \"n7\" }") ==
      "the stages flow in a circle | what a stage makes cannot be needed to make it");
  CHECK(only_error(economy_but("name: \"hbm\"", "country:", "take_or_pay: true country:") +
                   "supply_flows { name: \"more\" from: \"die_bank\" to: \"hbm\" }") ==
        "'hbm' has take_or_pay, and nothing can flow into it | what comes unasked is not made of "
        "anything: drop the flow, or take_or_pay");
  CHECK_FALSE(world_of(economy_text()).supply.stages[3].take_or_pay);
  CHECK(world_of(economy_but("name: \"hbm\"", "country:", "take_or_pay: true country:"))
            .supply.stages[3]
            .take_or_pay);
  CHECK(error("bills {", "component: \"hbm2e\"", "component: \"hbm3\"")
            .find("no component 'hbm3' in the scenario") == 0);
  CHECK(error("bills {", "units: 2", "units: 0").find("units is 0") == 0);
  CHECK(only_error(economy_text() +
                   "bills { name: \"again\" device: \"east_npu\" items { name: \"die\" component: "
                   "\"npu_die\" units: 1 } launch { points { on: \"2025-01-01\" value { value: 1 "
                   "source: \"guess\" confidence: ESTIMATED } } } }") ==
        "a second bill of device 'east_npu' | one bill per device");
  CHECK(only_error(
            economy_text() +
            "bills { name: \"bare\" device: \"west_gpu\" launch { points { on: "
            "\"2025-01-01\" value { value: 1 source: \"guess\" confidence: ESTIMATED } } } }") ==
        "bill 'bare' has no item | say what a package takes: items { name: \"die\" component: "
        "\"...\" units: 1 }");
  CHECK(error("contracts {", "vendor: \"east\"", "vendor: \"easy\"") ==
        "no org 'easy' in the scenario | did you mean 'east'?");
  CHECK(error("contracts {", "value { value: 0.7", "value { value: 1.7")
            .find("value is 1.7, must lie in [0, 1]") == 0);
}

}  // namespace
}  // namespace chokepoint
