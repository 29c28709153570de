#include "models/supply/stock_owners.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

constexpr StageId kFab{0}, kOther{1};

TEST_CASE("stock owners: nobody owns anything at first", "[supply]") {
  CHECK(StockOwners().is_empty());
  CHECK(StockOwners().ready(1, kOther, 0.5) == 0.0);
  CHECK(StockOwners().under_way(1, kOther) == 0.0);
  CHECK(StockOwners().owned(kOther, 0.5) == 0.0);
  CHECK(StockOwners(2, 2).ready(1, kOther, 0.5) == 0.0);
}

TEST_CASE("stock owners: who had them started has them after the lead", "[supply]") {
  StockOwners owners(2, 2);
  owners.close_month(0, kFab, 0.5, 2, {0.0, 300.0, 0.0});
  CHECK(owners.ready(0, kFab, 0.5) == 0.0);
  CHECK(owners.under_way(0, kFab) == 300.0);
  owners.close_month(0, kFab, 0.5, 2, {0.0, 100.0, 0.0});
  CHECK(owners.ready(0, kFab, 0.4) == Approx(300.0 * 0.4));  // By the yield of the day.
  CHECK(owners.under_way(0, kFab) == 100.0);
  CHECK(owners.ready(1, kFab, 0.4) == 0.0);
  CHECK(owners.owned(kFab, 0.4) == Approx(300.0 * 0.4));
  CHECK(owners.ready(0, kOther, 0.4) == 0.0);
}

TEST_CASE("stock owners: what was not used stays his", "[supply]") {
  StockOwners owners(1, 1);
  owners.close_month(0, kFab, 0.5, 1, {0.0, 300.0, 0.0});
  owners.close_month(0, kFab, 0.5, 1, {0.0, 0.0, 60.0});
  CHECK(owners.ready(0, kFab, 0.5) == Approx(300.0 * 0.5 - 60.0));
  owners.close_month(0, kFab, 0.5, 1, {0.0, 0.0, 1'000.0});  // The rest was nobody's.
  CHECK(owners.ready(0, kFab, 0.5) == 0.0);
}

TEST_CASE("stock owners: without lead what is started is used or stays", "[supply]") {
  StockOwners owners(1, 1);
  owners.close_month(0, kFab, 0.5, 0, {0.0, 300.0, 100.0});
  CHECK(owners.ready(0, kFab, 0.5) == Approx(50.0));
}

TEST_CASE("stock owners: what comes lies there next month", "[supply]") {
  StockOwners owners(1, 1);
  owners.close_month(0, kFab, 1.0, 0, {70.0, 0.0, 20.0});
  CHECK(owners.ready(0, kFab, 1.0) == Approx(50.0));
}

TEST_CASE("stock owners: of what lasts and somebody claims", "[supply]") {
  SupplyNetwork network;
  network.stages.resize(3);
  network.stages[0].kind = StageKind::Wafers;
  network.stages[1].kind = StageKind::Wafers;
  network.stages[2].kind = StageKind::Packaging;
  network.contracts.resize(2);
  network.contracts[0].stage = StageId{0};
  network.contracts[1].stage = StageId{2};
  CHECK(StockOwners::are_kept(network, StageId{0}));
  CHECK_FALSE(StockOwners::are_kept(network, StageId{1}));
  CHECK_FALSE(StockOwners::are_kept(network, StageId{2}));
}

}  // namespace
}  // namespace chokepoint
