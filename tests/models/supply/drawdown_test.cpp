#include "models/supply/drawdown.hpp"

#include <catch2/catch.hpp>

#include "tests/models/supply/networks.hpp"

namespace chokepoint {
namespace {

const Country kMakersHome("CN");

std::vector<double> shares(const SupplyNetwork& network, int months,
                           const std::vector<StageGate>& gates = {}) {
  std::vector<double> result;
  for (const MonthPlan& plan : plan_months(network, months, gates)) {
    result.push_back(share_from_stockpiles(StageGraph(network), plan, 0, kMakersHome));
  }
  return result;
}

TEST_CASE("drawdown: what fabs make anew rests on no stockpile", "[supply]") {
  for (const double share : shares(Accelerator(2).network.made, 6)) CHECK(share == 0.0);
}

// 2000 dies a month are made, the bank holds 500 more.
TEST_CASE("drawdown: a bank counts as long as it lasts", "[supply]") {
  Accelerator a;
  a.network.at(a.die_bank).stock.value = 500;
  const auto found = shares(a.network.made, 3);
  CHECK(found[0] == Approx(500.0 / 2'500.0));
  CHECK(found[1] == 0.0);
}

// Memory is imported, 20,000 stacks a month for 2,000 devices that take 8,000; then the border
// shuts and the stock lasts for a while.
TEST_CASE("drawdown: imports that stop leave a stockpile", "[supply]") {
  Accelerator a;
  SupplyStage& memory = a.network.at(a.hbm);
  memory.product_item = ItemId{0};
  memory.capacity = step(20'000, "2024-03-01", 0.0);
  const auto found = shares(a.network.made, 5);
  CHECK(found[0] == 0.0);
  CHECK(found[1] == 0.0);
  CHECK(found[2] == 1.0);
  memory.product_item.reset();
  memory.country = Country("KR");
  CHECK(shares(a.network.made, 5)[2] == 1.0);
  memory.country = kMakersHome;  // A stage at home that ends is no pathway of its own.
  CHECK(shares(a.network.made, 5)[2] == 0.0);
}

TEST_CASE("drawdown: nothing built rests on nothing", "[supply]") {
  Accelerator a;
  a.network.at(a.packaging).capacity = always(0.0);
  a.network.at(a.die_bank).stock.value = 500;
  CHECK(shares(a.network.made, 1).front() == 0.0);
}

}  // namespace
}  // namespace chokepoint
