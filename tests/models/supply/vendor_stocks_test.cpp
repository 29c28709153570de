#include "models/supply/vendor_stocks.hpp"

#include <catch2/catch.hpp>

#include "tests/models/supply/networks.hpp"

namespace chokepoint {
namespace {

/// Memory of which A claims a quarter and B the rest, and dies that nobody claims.
struct Shared {
  Network network;
  StageId memory, dies;

  Shared() {
    memory = network.stage(StageKind::Memory, 0.0);
    dies = network.stage(StageKind::Dies, 0.0);
    const ComponentId stack = network.component(), die = network.component();
    network.flow(memory, stack);
    network.flow(dies, die);
    for (const OrgId vendor : {kA, kB}) network.bill(vendor, {{stack}, {die}});
    network.contract(memory, kA, 0.25);
    network.contract(memory, kB, 0.75);
  }

  VendorStocks stocks(double came, double rushed = 0.0) {
    std::vector<StageMonth> opened(2);
    opened[memory.value].arrived = came;
    opened[dies.value].stock = 50.0;
    const Rationing rationing(network.made, kStart);
    return {network.made, rationing, StockOwners{}, opened, std::vector<double>{rushed, 0.0}};
  }
};

TEST_CASE("vendor stocks: what comes is divided by claims, what nobody claims is all's",
          "[supply]") {
  Shared shared;
  const VendorStocks stocks = shared.stocks(100.0);
  CHECK(stocks.left(0, shared.memory) == Approx(25.0));
  CHECK(stocks.left(1, shared.memory) == Approx(75.0));
  CHECK(stocks.received(1, shared.memory) == Approx(75.0));
  for (const std::size_t vendor : {0U, 1U}) CHECK(stocks.left(vendor, shared.dies) == 50.0);
  CHECK(stocks.are_owned(shared.memory));
  CHECK_FALSE(stocks.are_owned(shared.dies));
}

TEST_CASE("vendor stocks: what comes unasked comes every month, a rush does not", "[supply]") {
  Shared shared;
  const std::size_t of_b = 1 * 2 + shared.memory.value;
  CHECK(shared.stocks(100.0).comes()[of_b] == 0.0);  // A bank.
  shared.network.at(shared.memory).take_or_pay = true;
  CHECK(shared.stocks(100.0).comes()[of_b] == Approx(75.0));
  CHECK(shared.stocks(100.0, 60.0).comes()[of_b] == Approx(30.0));
}

TEST_CASE("vendor stocks: nobody uses more than it has, or than it plans", "[supply]") {
  Shared shared;
  VendorStocks stocks = shared.stocks(100.0);
  stocks.take(0, shared.memory, 10.0);
  CHECK(stocks.usable(0, shared.memory) == Approx(15.0));
  CHECK(stocks.usable(1, shared.memory) == Approx(75.0));
  stocks.limit({5.0, 1e9, 5.0, 1e9});
  CHECK(stocks.usable(0, shared.memory) == Approx(5.0));
  stocks.take(0, shared.memory, 7.0);
  CHECK(stocks.usable(0, shared.memory) == 0.0);
  stocks.make(0, shared.memory, 8.0);
  CHECK(stocks.usable(0, shared.memory) == 0.0);  // Once the step is over.
  stocks.close_step();
  CHECK(stocks.usable(0, shared.memory) == Approx(6.0));
}

}  // namespace
}  // namespace chokepoint
