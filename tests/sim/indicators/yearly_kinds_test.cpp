#include "sim/indicators/yearly.hpp"

#include <catch2/catch.hpp>

#include "sim/indicators/regions.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

/// Of an order whose pool is, or is not, in the mainland.
ChoiceMade weighed(const World& world, bool in_mainland, double bought, double refused) {
  ChoiceMade fact;
  for (std::uint32_t i = 0; i < world.orders.size(); ++i) {
    const bool is_there = region_of(world, world.orders[i].pool) == Region::Mainland;
    if (is_there == in_mainland) fact.order = OrderId{i};
  }
  fact.time = world.calendar().at(parse_date("2026-01-01").value());  // The end of 2025.
  fact.device = world.orders[fact.order.value].device;
  fact.work = WorkKind::Decode;
  fact.bought = bought;
  fact.refused = refused;
  fact.spent = Usd{bought * 100.0};
  fact.roof = 0.5;
  fact.useful_rate = 0.25;
  fact.monthly_cost = Usd{300.0};
  return fact;
}

Figures kinds_of(const World& world, const std::vector<ChoiceMade>& facts) {
  Ledger ledger(world);
  for (const auto& fact : facts) ledger.record(fact);
  Figures figures;
  add_kinds(world, ledger, figures);
  return figures;
}

YearlyKey kind_key(const char* indicator, const std::string& kind, const char* unit) {
  return {indicator, kind, unit, 2025};
}

TEST_CASE("yearly kinds: coverage, price and what governments and vendors leave",
          "[history][yearly]") {
  const World world = small_history_world();
  const Figures figures = kinds_of(world, {weighed(world, true, 60.0, 40.0)});
  const DeviceKind kind = world.devices[weighed(world, true, 0.0, 0.0).device.value].kind;
  const std::string name = kKindNames[static_cast<std::size_t>(kind)];
  for (const std::string& of : {name, std::string(kAllKinds)}) {
    CHECK(figures.at(kind_key("kind_spending_decode", of, "share")) == 1.0);
    CHECK(figures.at(kind_key("kind_roof_decode", of, "H100e per package")) == 0.5);
    CHECK(figures.at(kind_key("kind_coverage_decode", of, "share")) == 0.5);
    CHECK(figures.at(kind_key("kind_price_decode", of, "USD per H100e-month")) == 600.0);
    CHECK(figures.at(kind_key("kind_let_through_decode", of, "share")) == Approx(0.6));
    CHECK(figures.at(kind_key("kind_delivered_decode", of, "share")) == 1.0);
  }
}

TEST_CASE("yearly kinds: only the mainland counts", "[history][yearly]") {
  const World world = small_history_world();
  CHECK(kinds_of(world, {weighed(world, false, 60.0, 0.0)}).empty());
}

TEST_CASE("yearly kinds: spending on all kinds adds up to what was spent", "[history][yearly]") {
  const World world = small_history_world();
  const Figures figures =
      kinds_of(world, {weighed(world, true, 60.0, 0.0), weighed(world, true, 20.0, 0.0)});
  double sum = 0.0;
  for (const char* kind : kKindNames) {
    const auto found = figures.find(kind_key("kind_spending_decode", kind, "share"));
    if (found != figures.end()) sum += found->second;
  }
  CHECK(sum == Approx(1.0));
}

}  // namespace
}  // namespace chokepoint
