#include "models/market/programme.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

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
          "[market][programme]") {
  CHECK(asked(0, "2024-12-31") == 0.0);
  CHECK(asked(0, "2025-01-01") == Approx(12'000));  // A fifth: January to May.
  CHECK(asked(0, "2025-01-31") == Approx(12'000));
  CHECK(asked(0, "2025-05-01") == Approx(60'000));  // All that is left, at last.
  CHECK(asked(0, "2025-06-01") == 0.0);             // Would come too late.
  CHECK(asked(0, "2026-01-01") == 0.0);
}

TEST_CASE("training programme: it asks for what it lacks", "[market][programme]") {
  CHECK(asked(3'000, "2025-03-01") == Approx(10'000));
  CHECK(asked(6'000, "2025-03-01") == 0.0);
  CHECK(asked(9'000, "2025-03-01") == 0.0);
}

TEST_CASE("training programme: money that finds units completes it in time at its cost",
          "[market][programme]") {
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
