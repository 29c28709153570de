#include "models/software/ports.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

constexpr StackMonth kHome{0.0, true, false};

PortingLaw quick_law() {
  PortingLaw law;
  law.generic_share.value = 0.3;
  law.crowd.value = 1e9;
  law.least_months.value = 1e-9;
  law.engineer_month.value = Usd{10'000.0};
  return law;
}

FamilyTurnover families_of(double families, double team) {
  return {families, 24.0, team, 0.5};
}

/// Portability after `months` months in which the second stack is as `other` says.
double portability_after(int months, const StackMonth& other, double team, int generation_in = -1) {
  Ports ports(2, families_of(12.0, team), quick_law());
  for (int month = 0; month < months; ++month) {
    StackMonth now = other;
    now.is_new_generation = month == generation_in;
    ports.on_month(std::vector{kHome, now});
  }
  return ports.portability();
}

TEST_CASE("ports: models run tuned at once where they were written", "[software][ports]") {
  Ports ports(1, families_of(12.0, 1.0), quick_law());
  CHECK(ports.portability() == 1.0);
  for (int month = 0; month < 60; ++month) {
    ports.on_month(std::vector{kHome});
    CHECK(ports.portability() == 1.0);
    CHECK(ports.spent() == Usd{});
  }
}

TEST_CASE("ports: elsewhere it takes work, more engineers are sooner, and new models begin anew",
          "[software][ports]") {
  const StackMonth hard{12.0, true, false};
  CHECK(portability_after(1, hard, 1.0) == Approx(0.5));  // Half of the pairs are at home.
  double last = 0.0;
  for (const double team : {0.5, 1.0, 2.0, 4.0, 12.0}) {
    const double share = portability_after(48, hard, team);
    CHECK(share >= last);
    last = share;
  }
  CHECK(last == Approx(1.0));  // All within the month in which they appear.
  CHECK(portability_after(48, hard, 1.0) ==
        Approx(0.75).margin(0.05));  // Half a life to port, half to use.
}

TEST_CASE("ports: a generation sets them back, and nobody ports to what nobody has",
          "[software][ports]") {
  const StackMonth hard{6.0, true, false};
  CHECK(portability_after(48, hard, 1.0, 47) < portability_after(48, hard, 1.0));
  CHECK(portability_after(48, {6.0, false, false}, 1.0) == 1.0);  // It is no place to run on.
}

TEST_CASE("ports: what they cost is paid for by the month", "[software][ports]") {
  Ports ports(1, families_of(1.0, 2.0), quick_law());
  ports.on_month(std::vector{StackMonth{3.0, true, false}});
  CHECK(ports.spent() / Usd{1.0} == Approx(20'000.0));
  ports.on_month(std::vector{StackMonth{3.0, true, false}});
  CHECK(ports.spent() / Usd{1.0} == Approx(30'000.0));
  ports.on_month(std::vector{StackMonth{3.0, true, false}});
  CHECK(ports.spent() / Usd{1.0} == Approx(30'000.0));
}

}  // namespace
}  // namespace chokepoint
