#include "models/supply/inventory.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/supply/networks.hpp"

namespace chokepoint {
namespace {

TEST_CASE("inventory: a bank arrives in equal parts, all of it and no more", "[supply]") {
  SupplyStage stage;
  stage.stock.value = 900;
  stage.stock_from = day("2024-03-01");
  stage.stock_months = 3;
  CHECK(arrivals(stage, day("2024-02-01")) == 0.0);
  for (const char* month : {"2024-03-01", "2024-04-01", "2024-05-01"}) {
    CHECK(arrivals(stage, day(month)) == Approx(300.0));
  }
  CHECK(arrivals(stage, day("2024-06-01")) == 0.0);
}

TEST_CASE("inventory: what has come before the first month lies there, the rest is to come",
          "[supply]") {
  Network network;
  const StageId bank = network.bank(StageKind::Dies, 900);
  CHECK(initial_state(network.made, kStart).stages[bank.value].stock == 900.0);
  network.at(bank).stock_from = day("2023-12-01");
  network.at(bank).stock_months = 3;
  CHECK(initial_state(network.made, kStart).stages[bank.value].stock == Approx(300.0));
  network.at(bank).stock_from = kStart;
  CHECK(initial_state(network.made, kStart).stages[bank.value].stock == 0.0);
}

TEST_CASE("inventory: what a border keeps out of a bank is lost", "[supply]") {
  SupplyStage stage;
  stage.stock.value = 900;
  stage.stock_from = kStart;
  StageGate gate;
  gate.inflow_share = 0.5;
  CHECK(open_month(stage, {}, kStart, gate).ready() == 450.0);
}

TEST_CASE("inventory: what is taken or paid for lies there, needed or not", "[supply]") {
  SupplyStage stage;
  stage.kind = StageKind::Memory;
  stage.capacity = always(100.0);
  stage.take_or_pay = true;
  StageGate gate;
  gate.inflow_share = 0.5;
  const StageMonth month = open_month(stage, {}, kStart, gate);
  CHECK(month.arrived == Approx(50.0));
  CHECK(month.capacity == 0.0);
  CHECK(close_month(stage, {}, month, kStart, gate).stock == Approx(50.0));
}

TEST_CASE("inventory: work is finished after its lead, at the yield of then", "[supply]") {
  SupplyStage stage;
  stage.lead_months = 2;
  stage.yield = {{0.0, {}}, {1.0, {}}, {100.0, {}}};
  StageState state;
  state.work = {0.0, 0.0};
  std::vector<StageMonth> months;
  for (int m = 0; m < 4; ++m) {
    StageMonth month = open_month(stage, state, add_months(kStart, m), {});
    month.started = m == 0 ? 100.0 : (m == 1 ? 50.0 : 0.0);
    state = close_month(stage, state, month, add_months(kStart, m), {});
    months.push_back(month);
  }
  CHECK(months[1].finished == 0.0);
  CHECK(months[2].finished == 0.0);  // Nothing had been learned.
  CHECK(months[3].finished == Approx(50.0 * (1.0 - std::exp(-1.0))));
  CHECK(state.processed == 150.0);
  CHECK(state.stock == Approx(months[3].finished));
}

}  // namespace
}  // namespace chokepoint
