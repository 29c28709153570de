#include "models/software/ports.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

constexpr StackMonth kHome{0.0, 0.0, true, false};

PortingLaw quick_law() {
  PortingLaw law;
  law.generic_share.value = 0.3;
  law.crowd.value = 1e15;
  law.least_months.value = 1e-9;
  law.engineer_month.value = Usd{10'000.0};
  return law;
}

FamilyTurnover families_of(double families, double team) {
  FamilyTurnover turnover;
  turnover.families = families;
  turnover.team_engineers = team;
  turnover.kept_per_generation = 0.5;
  return turnover;
}

/// Ports after `months` months in which the second stack is as `other` says.
Ports after(int months, const StackMonth& other, const FamilyTurnover& turnover,
            int generation_in = -1) {
  Ports ports(2, turnover, quick_law());
  for (int month = 0; month < months; ++month) {
    StackMonth now = other;
    now.is_new_generation = month == generation_in;
    ports.on_month(std::vector{kHome, now});
  }
  return ports;
}

TEST_CASE("ports: models run tuned at once where they were written", "[software][ports]") {
  Ports ports(1, families_of(12.0, 1.0), quick_law());
  CHECK(ports.portability() == 1.0);
  for (int month = 0; month < 60; ++month) {
    ports.on_month(std::vector{kHome});
    CHECK(ports.portability() == 1.0);
    CHECK(ports.ported(0, false).tuned == 1.0);
    CHECK(ports.spent() == Usd{});
  }
}

TEST_CASE("ports: elsewhere it takes work, larger teams are sooner, and new models begin anew",
          "[software][ports]") {
  const auto share = [](int months, double team) {
    return after(months, {12.0, 1e6, true, false}, families_of(12.0, team)).portability();
  };
  CHECK(share(1, 1.0) == Approx(0.5));  // Half of the pairs are at home.
  double last = 0.0;
  for (const double team : {0.5, 1.0, 2.0, 4.0, 12.0}) {
    CHECK(share(48, team) >= last);
    last = share(48, team);
  }
  CHECK(last == Approx(1.0));                          // All within the month in which they appear.
  CHECK(share(48, 1.0) == Approx(0.75).margin(0.05));  // Half a life to port, half to use.
}

TEST_CASE("ports: who has few engineers has a queue", "[software][ports]") {
  double before = 0.0;
  for (const double engineers : {0.0, 1.0, 2.0, 4.0, 8.0, 100.0}) {
    const Ported there =
        after(60, {12.0, engineers, true, false}, families_of(12.0, 2.0)).ported(1, false);
    CHECK(there.tuned >= before);
    CHECK(there.tuned + there.generic <= 1.0);
    before = there.tuned;
  }
  CHECK(after(60, {12.0, 0.0, true, false}, families_of(12.0, 2.0)).ported(1, false).tuned == 0.0);
  CHECK(before > 0.7);
}

// One family in two years, 5 engineer-months, one engineer: 30 % of it makes it run.
TEST_CASE("ports: a family runs before it runs tuned", "[software][ports]") {
  const auto in = [](int months) {
    return after(months, {5.0, 1.0, true, false}, families_of(1.0, 1.0)).ported(1, false);
  };
  CHECK(in(1).tuned + in(1).generic == 0.0);
  CHECK(in(2).generic == 1.0);
  CHECK(in(5).tuned == 1.0);
}

TEST_CASE("ports: research changes its models more often and waits for deployed ones",
          "[software][ports]") {
  FamilyTurnover turnover = families_of(12.0, 2.0);
  turnover.research_families = 6.0;
  turnover.research_life_months = 6.0;
  for (const double engineers : {2.0, 6.0, 20.0}) {
    const Ports ports = after(60, {4.0, engineers, true, false}, turnover);
    CHECK(ports.ported(1, true).tuned <= ports.ported(1, false).tuned);
  }
}

TEST_CASE("ports: a new architecture takes longer", "[software][ports]") {
  FamilyTurnover turnover = families_of(12.0, 2.0);
  double before = 1.0;
  for (const double factor : {1.0, 10.0, 40.0}) {
    turnover.new_share = 0.5;
    turnover.new_factor = factor;
    const double tuned = after(60, {4.0, 1e6, true, false}, turnover).ported(1, false).tuned;
    CHECK(tuned <= before);
    before = tuned;
  }
}

TEST_CASE("ports: a generation sets them back, and nobody counts what nobody has",
          "[software][ports]") {
  const StackMonth hard{6.0, 1e6, true, false};
  const FamilyTurnover turnover = families_of(12.0, 1.0);
  CHECK(after(48, hard, turnover, 47).portability() < after(48, hard, turnover).portability());
  CHECK(after(48, {6.0, 1e6, false, false}, turnover).portability() == 1.0);
}

TEST_CASE("ports: what they cost is paid for by the month", "[software][ports]") {
  Ports ports(1, families_of(1.0, 2.0), quick_law());
  const StackMonth month{3.0, 2.0, true, false};
  ports.on_month(std::vector{month});
  CHECK(ports.spent() / Usd{1.0} == Approx(20'000.0));
  ports.on_month(std::vector{month});
  CHECK(ports.spent() / Usd{1.0} == Approx(30'000.0));
  ports.on_month(std::vector{month});
  CHECK(ports.spent() / Usd{1.0} == Approx(30'000.0));
}

}  // namespace
}  // namespace chokepoint
