#include "sim/engine/economy/choice_log.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/sim/engine/small_economy.hpp"

namespace chokepoint {
namespace {

/// Keeps what was weighed.
class WeighedFacts : public TraceSink {
public:
  void record(const TraceEvent& event) override { facts.push_back(std::get<ChoiceMade>(event)); }
  std::vector<ChoiceMade> facts;
};

Appraised worth(double roof, double useful) {
  Appraised appraised;
  appraised.roof = roof;
  appraised.useful_rate = useful;
  appraised.monthly_cost = Usd{100.0};
  return appraised;
}

TEST_CASE("log: a year is told once, with means over packages wished for", "[engine][buyers]") {
  const World world = small_economy();
  const BlanketOrder& blanket = world.blanket_orders[0];
  WeighedFacts told;
  ChoiceLog log(world, told);
  log.note(blanket, WorkKind::Decode, worth(1.0, 0.5), {10.0, 20.0, 0.0}, Usd{5.0});
  log.note(blanket, WorkKind::Decode, worth(1.0, 0.8), {30.0, 20.0, 20.0}, Usd{7.0});
  log.note(blanket, WorkKind::Training, worth(1.0, 0.8), {}, Usd{7.0});  // No wish.
  log.close(30_days);
  REQUIRE(told.facts.size() == 1);
  const ChoiceMade& fact = told.facts[0];
  CHECK(fact.time == 30_days);
  CHECK(fact.order == blanket.order);
  CHECK(fact.work == WorkKind::Decode);
  CHECK(fact.bought == 40.0);
  CHECK(fact.refused == 40.0);
  CHECK(fact.not_there == 20.0);
  CHECK(fact.spent == Usd{260.0});
  CHECK(fact.useful_rate == Approx(0.3 * 0.5 + 0.7 * 0.8));
  log.close(60_days);
  CHECK(told.facts.size() == 1);
}

// What is weighed is what is bought, whatever governments and vendors hold back.
TEST_CASE("log: packages bought for all work are those that are sent", "[engine][buyers]") {
  World world = small_economy();
  world.regime.rules = {rule_on_foreign(kUs, "2025-03-10", 0.25)};
  world.supplies[kDomestic.value].stock.value = 2'000.0;
  const auto facts = facts_of(world);
  std::map<std::uint32_t, double> weighed, sent;
  for (const auto& fact : only<ChoiceMade>(facts)) weighed[fact.order.value] += fact.bought;
  for (const auto& fact : only<ShipmentSent>(facts)) sent[fact.order.value] += fact.units;
  REQUIRE(sent.size() == 4);
  CHECK(weighed == sent);
}

TEST_CASE("log: where nothing changes the mean is what every month says", "[engine][buyers]") {
  const auto weighed = only<ChoiceMade>(facts_of(small_economy()));
  REQUIRE(weighed.size() == 12);  // Four orders, three kinds of work.
  for (const auto& fact : weighed) {
    CHECK(fact.useful_rate == Approx(1.0));
    CHECK(fact.monthly_cost > Usd{});
    CHECK(fact.refused == 0.0);
  }
}

}  // namespace
}  // namespace chokepoint
