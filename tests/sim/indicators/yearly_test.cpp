#include "sim/indicators/yearly.hpp"

#include <catch2/catch.hpp>

#include "models/ecosystem/region.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

/// A package of every order on the first of each month of 2025; of the first order twice as many.
Figures a_year(const World& world) {
  Ledger ledger(world);
  for (std::uint32_t i = 0; i < world.orders.size(); ++i) {
    for (int month = 0; month < 12; ++month) {
      ShipmentDelivered fact;
      fact.time = world.calendar().at(add_months(parse_date("2025-01-01").value(), month));
      fact.order = OrderId{i};
      fact.device = world.orders[i].device;
      fact.stock.pool = world.orders[i].pool;
      fact.units = i == 0 ? 2.0 : 1.0;
      fact.revenue = fact.units * Usd{1'000.0 * (1.0 + i)};
      ledger.record(fact);
    }
  }
  return yearly_figures(world, ledger);
}

/// Of all subjects that begin like that.
double sum_of(const Figures& figures, const std::string& indicator, const std::string& start) {
  double sum = 0.0;
  for (const auto& [key, value] : figures) {
    if (key.indicator == indicator && key.subject.rfind(start, 0) == 0) sum += value;
  }
  return sum;
}

TEST_CASE("yearly: the shares of vendors in the mainland add up to one", "[history][yearly]") {
  const Figures figures = a_year(small_history_world());
  CHECK(sum_of(figures, "unit_share", "mainland/") == Approx(1.0));
  CHECK(sum_of(figures, "value_share", "mainland/") == Approx(1.0));
}

TEST_CASE("yearly: every package for Chinese users came by one pathway", "[history][yearly]") {
  const Figures figures = a_year(small_history_world());
  const double offshore = sum_of(figures, "delivered", "offshore/");
  REQUIRE(offshore > 0.0);
  CHECK(sum_of(figures, "pathway", "") ==
        Approx(sum_of(figures, "delivered", "mainland/") + offshore));
}

void made(const World& world, Ledger& ledger, std::string_view day, double all, double of_stock) {
  const Seconds time = world.calendar().at(parse_date(day).value());
  ledger.record(CounterSampled{time, Counter::DevicesMade, 0, all});
  ledger.record(CounterSampled{time, Counter::MadeOfStockpiles, 0, of_stock});
}

// 40 of 100 are of stockpiles in 2025, 10 of 200 in 2026.
TEST_CASE("yearly: what is made of stockpiles is a pathway of its own", "[history][yearly]") {
  World world = small_history_world();
  Ledger ledger(world);
  made(world, ledger, "2026-01-01", 100.0, 40.0);  // The end of 2025.
  made(world, ledger, "2027-01-01", 300.0, 50.0);
  const DeviceId device = world.supplies[0].device;
  world.orgs[world.devices[device.value].vendor.value].headquarters = kHomeCountry;
  for (const char* day : {"2025-03-01", "2026-03-01", "2027-03-01"}) {
    ShipmentDelivered fact;
    fact.time = world.calendar().at(parse_date(day).value());
    fact.device = device;
    fact.units = 10.0;
    ledger.record(fact);
  }
  const Figures figures = yearly_figures(world, ledger);
  const auto came = [&](const char* pathway, int year) {
    return value_or_none(figures, {"pathway", pathway, "packages", year});
  };
  CHECK(came("stockpile", 2025) == Approx(4.0));
  CHECK(came("domestic", 2025) == Approx(6.0));
  CHECK(came("stockpile", 2026) == Approx(0.5));
  CHECK(came("domestic", 2027) == 10.0);
}

TEST_CASE("yearly: regions add up to what was delivered and paid", "[history][yearly]") {
  const World world = small_history_world();
  double units = 0.0, usd = 0.0;
  for (std::size_t i = 0; i < world.orders.size(); ++i) {
    const double packages = i == 0 ? 24.0 : 12.0;
    units += packages;
    usd += packages * 1'000.0 * (1.0 + static_cast<double>(i));
  }
  CHECK(sum_of(a_year(world), "delivered", "") == Approx(units));
  CHECK(sum_of(a_year(world), "revenue", "") == Approx(usd));
}

}  // namespace
}  // namespace chokepoint
