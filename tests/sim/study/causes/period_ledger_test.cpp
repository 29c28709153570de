#include "sim/study/causes/period_ledger.hpp"

#include <catch2/catch.hpp>

#include "sim/indicators/yearly.hpp"
#include "sim/trace/describe.hpp"
#include "sim/trace/recall.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint::period_ledger_test {
namespace {

ShipmentDelivered delivery(const World& world, const std::string& day, double units) {
  ShipmentDelivered fact;
  fact.time = world.calendar().at(parse_date(day).value());
  fact.order = world.blanket_orders[0].order;
  const Order& order = world.orders[fact.order.value];
  fact.device = order.device;
  fact.units = units;
  fact.stock.pool = order.pool;
  fact.stock.owner = order.buyer;
  fact.stock.user = order.user;
  fact.stock.status = LegalStatus::Licensed;
  fact.revenue = Usd{units * 1e4};
  return fact;
}

CounterSampled sample(const World& world, const std::string& day, double value) {
  return {world.calendar().at(parse_date(day).value()), Counter::MonthsToMove, 0, value};
}

ShipmentRefused refusal_of(const World& world, const std::string& day) {
  ShipmentRefused fact;
  fact.time = world.calendar().at(parse_date(day).value());
  fact.order = world.blanket_orders[0].order;
  fact.device = world.orders[fact.order.value].device;
  fact.units = 7.0;
  fact.gate = Gate::Exporter;
  fact.exporter_rule = RuleId{0};
  fact.value = Usd{7e4};
  return fact;
}

Figures figures_in(const World& world, const std::string& period) {
  PeriodLedger ledger(world, parse_period(period).value());
  ledger.record(delivery(world, "2025-03-31", 10.0));
  ledger.record(sample(world, "2025-04-01", 3.0));
  ledger.record(delivery(world, "2025-04-01", 20.0));
  ledger.record(refusal_of(world, "2025-04-09"));
  ledger.record(delivery(world, "2025-04-30", 30.0));
  ledger.record(sample(world, "2025-05-01", 4.0));
  ledger.record(delivery(world, "2025-05-01", 40.0));
  return ledger.figures();
}

TEST_CASE("period ledger: a month has its facts and the sample of its end", "[history][why]") {
  const World world = small_history_world();
  const Figures april = figures_in(world, "2025-04");
  CHECK(april.at({"delivered", "mainland/west", "packages", 2025}) == 50.0);
  CHECK(april.at({"pathway", "licensed", "packages", 2025}) == 50.0);
  CHECK(april.at({"months_to_move", "", "months", 2025}) == 4.0);
  CHECK(april.at({"refused", "us_letter", "packages", 2025}) == 7.0);
  CHECK(april.at({"refused_value", "us_letter", "USD", 2025}) == 7e4);
}

TEST_CASE("period ledger: deliveries of months add up to those of the year", "[history][why]") {
  const World world = small_history_world();
  const YearlyKey key{"revenue", "mainland/west", "USD", 2025};
  double sum = 0.0;
  for (const char* month : {"2025-03", "2025-04", "2025-05"}) {
    sum += figures_in(world, month).at(key);
  }
  CHECK(sum == figures_in(world, "2025").at(key));
  CHECK(figures_in(world, "2025-06").empty());
}

// Also in the first year, which has no year before it.
TEST_CASE("period ledger: what counts since the start adds up over months", "[history][why]") {
  const World world = small_history_world();
  const auto spent = [&world](const char* day, double value) {
    return CounterSampled{world.calendar().at(parse_date(day).value()), Counter::PortingSpent, 0,
                          value};
  };
  const auto cost_in = [&](const char* period) {
    PeriodLedger ledger(world, parse_period(period).value());
    for (const auto& sample :
         {spent("2025-02-01", 1e6), spent("2025-03-01", 3e6), spent("2025-04-01", 7e6)}) {
      ledger.record(sample);
    }
    return ledger.figures().at({"porting_cost", "", "USD", 2025});
  };
  CHECK(cost_in("2025-01") == 1e6);
  CHECK(cost_in("2025-02") == 2e6);
  CHECK(cost_in("2025-03") == 4e6);
  CHECK(cost_in("2025") == 7e6);
}

// The same facts make the same figures, whether they come from a run or from its trace.
TEST_CASE("period ledger: a year of a trace is the year of its run", "[history][why]") {
  const World world = small_history_world();
  const WorldNames names(world);
  PeriodLedger traced(world, parse_period("2025").value());
  Ledger itself(world);
  for (const auto& event : {TraceEvent(delivery(world, "2025-02-01", 11.0)),
                            TraceEvent(refusal_of(world, "2025-06-01")),
                            TraceEvent(sample(world, "2025-12-01", 2.5))}) {
    pb::Fact fact;
    describe(event, world, fact);
    traced.record(recall(fact, time_of(event), names).value());
    itself.record(event);
  }
  CHECK(traced.figures() == yearly_figures(world, itself));
}

}  // namespace
}  // namespace chokepoint::period_ledger_test
