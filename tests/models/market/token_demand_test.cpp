#include "models/market/token_demand.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

// A thousand a month from 2024 on, twice as much every year.
TokenDemand demand(double elasticity) {
  TokenDemand demand;
  demand.tokens_per_month.points = {{day("2024-01-01"), {1000.0, {}}}};
  demand.tokens_per_month.growth_per_year.value = 1.0;
  demand.reference_cost.value = UsdPerToken{2.0};
  demand.elasticity.value = elasticity;
  return demand;
}

double wanted(double elasticity, double cost, const char* date = "2024-01-01") {
  return tokens_wanted(demand(elasticity), UsdPerToken{cost}, day(date)).value;
}

TEST_CASE("token demand: at the cost of reference it is the curve", "[market][token_demand]") {
  CHECK(wanted(0.7, 2.0) == Approx(1000));
  CHECK(wanted(0.7, 2.0, "2025-01-01") == Approx(2000).epsilon(0.01));
  CHECK(wanted(0.7, 2.0, "2023-12-01") == 0.0);
}

TEST_CASE("token demand: half the cost wants 2 ^ elasticity as much", "[market][token_demand]") {
  CHECK(wanted(0.0, 1.0) == Approx(1000));
  CHECK(wanted(1.0, 1.0) == Approx(2000));
  CHECK(wanted(2.0, 1.0) == Approx(4000));
}

TEST_CASE("token demand: never rises with the cost; spending turns at an elasticity of 1",
          "[market][token_demand]") {
  for (double cost = 0.01; cost < 100.0; cost *= 1.5) {
    const double more = cost * 1.5;
    CHECK(wanted(0.7, more) < wanted(0.7, cost));
    CHECK(wanted(0.7, more) * more > wanted(0.7, cost) * cost);
    CHECK(wanted(1.3, more) * more < wanted(1.3, cost) * cost);
    CHECK(wanted(1.0, more) * more == Approx(wanted(1.0, cost) * cost));
  }
}

// 6,000 units by July, ordered from January (six months ahead) to May (two are too late).
TrainingProgramme programme() {
  TrainingProgramme programme;
  programme.usable_units.value = 6'000;
  programme.by = day("2025-07-15");
  programme.lead_months.value = 6;
  programme.settling_months.value = 1;
  return programme;
}

double asked(double had, const char* date) {
  return money_wanted(programme(), had, Usd{10}, day(date)).value;
}

TEST_CASE("training programme: it asks in equal parts while orders come in time",
          "[market][token_demand]") {
  CHECK(asked(0, "2024-12-31") == 0.0);
  CHECK(asked(0, "2025-01-01") == Approx(12'000));  // A fifth: January to May.
  CHECK(asked(0, "2025-01-31") == Approx(12'000));
  CHECK(asked(0, "2025-05-01") == Approx(60'000));  // All that is left, at last.
  CHECK(asked(0, "2025-06-01") == 0.0);             // Would come too late.
  CHECK(asked(0, "2026-01-01") == 0.0);
}

TEST_CASE("training programme: it asks for what it lacks", "[market][token_demand]") {
  CHECK(asked(3'000, "2025-03-01") == Approx(10'000));
  CHECK(asked(6'000, "2025-03-01") == 0.0);
  CHECK(asked(9'000, "2025-03-01") == 0.0);
}

TEST_CASE("training programme: money that finds units completes it in time at its cost",
          "[market][token_demand]") {
  for (const double found : {1.0, 0.5}) {
    double had = 0.0, spent = 0.0;
    for (Date month = day("2024-06-01"); month < day("2026-01-01"); month = add_months(month, 1)) {
      // Of the first months' money only a part finds units; later ones make up for it.
      const double part = month < day("2025-05-01") ? found : 1.0;
      const double money = part * money_wanted(programme(), had, Usd{10}, month).value;
      spent += money;
      had += money / 10.0;
    }
    CHECK(had == Approx(6'000));
    CHECK(spent == Approx(60'000));
  }
}

}  // namespace
}  // namespace chokepoint
