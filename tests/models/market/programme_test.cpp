#include "models/market/programme.hpp"

#include <catch2/catch.hpp>
#include <vector>

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

// Kinds with what is had, what a package does, its price, and packages a month.
std::optional<std::size_t> chosen(const std::vector<ProgrammeKind>& kinds, const char* date) {
  const auto order = order_of(programme(), kinds, day(date));
  return order ? std::optional(order->kind) : std::nullopt;
}

TEST_CASE("training programme: it orders the cheapest kind of which a group can be had in time",
          "[market][programme]") {
  const ProgrammeKind cheap{0, 1, Usd{10}, 1'000}, dear{0, 1, Usd{20}, 1'200};
  CHECK(chosen({dear, cheap}, "2025-01-01") == 0);  // Of the cheap 5,000 until May.
  CHECK(chosen({{0, 1, Usd{10}, 1'200}, dear}, "2025-01-01") == 0);
  CHECK(chosen({dear, {0, 1, Usd{10}, 1'200}}, "2025-01-01") == 1);
  CHECK(chosen({{0, 0.5, Usd{10}, 1'200}, {0, 2, Usd{10}, 600}}, "2025-01-01") == 1);
  CHECK(chosen({}, "2025-01-01") == std::nullopt);
  CHECK(chosen({cheap}, "2024-12-01") == std::nullopt);
}

TEST_CASE("training programme: groups of two kinds do not add up", "[market][programme]") {
  const ProgrammeKind half{3'000, 1, Usd{10}, 2'000}, whole{6'000, 1, Usd{10}, 0};
  const std::vector<ProgrammeKind> halves{half, half};
  const auto order = order_of(programme(), halves, day("2025-03-01"));
  REQUIRE(order);
  CHECK(order->money.value == Approx(3'000 * 10 / 3.0));
  CHECK(chosen({half, whole}, "2025-03-01") == std::nullopt);
}

TEST_CASE("training programme: it stays with what it has begun, unless another is much cheaper",
          "[market][programme]") {
  const ProgrammeKind begun{4'000, 1, Usd{20}, 2'000};
  CHECK(chosen({{0, 1, Usd{10}, 2'000}, begun}, "2025-02-01") == 1);
  CHECK(chosen({{0, 1, Usd{6}, 2'000}, begun}, "2025-02-01") == 0);
}

}  // namespace
}  // namespace chokepoint
