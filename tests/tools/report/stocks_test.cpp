#include "tools/report/stocks.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

/// 8 packages of device "h20" of "alibaba" in pool "north/h20", used by "lab" where told.
pb::Scenario one_stock(bool lent) {
  pb::Scenario scenario;
  auto* node = scenario.add_nodes();
  node->set_name("server");
  node->set_device("h20");
  auto* site = scenario.add_sites();
  site->set_name("north");
  site->set_country("CN");
  auto* pool = site->add_pools();
  pool->set_name("h20");
  pool->set_node("server");
  auto* stock = pool->add_stocks();
  stock->set_owner("alibaba");
  if (lent) stock->set_user("lab");
  stock->set_status(pb::LEGAL);
  stock->mutable_units()->set_value(8);
  return scenario;
}

pb::DeliveredFact delivery(const std::string& status) {
  pb::DeliveredFact fact;
  fact.set_device("h20");
  fact.set_location("CN");
  fact.set_pool("north/h20");
  fact.set_owner("alibaba");
  fact.set_user("alibaba");
  fact.set_use("mixed");
  fact.set_status(status);
  fact.set_channel("merchant");
  fact.set_units(4);
  return fact;
}

TEST_CASE("stocks: what is not written has its default", "[report][stocks]") {
  const StockKey own{"h20", "CN", "north/h20", "alibaba", "alibaba", "mixed", "legal", "merchant"};
  CHECK(initial_stocks(one_stock(false)) == Stocks{{own, 8.0}});

  StockKey lent = own;
  lent.user = "lab";
  CHECK(initial_stocks(one_stock(true)) == Stocks{{lent, 8.0}});
}

TEST_CASE("stocks: a delivery joins chips that share everything with it, and no others",
          "[report][stocks]") {
  Stocks stocks = initial_stocks(one_stock(false));
  add_delivery(delivery("legal"), stocks);
  CHECK(stocks.size() == 1);
  CHECK(stocks.begin()->second == 12.0);

  add_delivery(delivery("licensed"), stocks);
  CHECK(stocks.size() == 2);
}

}  // namespace
}  // namespace chokepoint
