#include "models/market/diversion.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

namespace chokepoint {
namespace {

const Date kShipped = parse_date("2024-06-01").value();

Diversion two_routes() {
  Diversion diversion;
  diversion.enabled = true;
  diversion.hazard.value = 0.1;
  diversion.reference_premium.value = 0.5;
  diversion.elasticity.value = 2.0;
  diversion.seizure_probability.value = 0.05;
  diversion.delay.value = 60_days;
  diversion.routes = {{"strait", Country("SG"), {3000.0, {}}},
                      {"peninsula", Country("MY"), {9000.0, {}}}};
  return diversion;
}

double total(const std::vector<DivertedFlow>& flows) {
  double units = 0.0;
  for (const DivertedFlow& flow : flows) units += flow.diverted;
  return units;
}

TEST_CASE("diversion: the hazard holds at the premium of reference and follows the elasticity",
          "[market][diversion]") {
  const Diversion diversion = two_routes();
  CHECK(diversion_share(diversion, 0.5) == Approx(0.1));
  CHECK(diversion_share(diversion, 1.0) == Approx(0.4));
  CHECK(diversion_share(diversion, 50.0) == 1.0);
}

TEST_CASE("diversion: routes share by capacity, and some is seized", "[market][diversion]") {
  // 0.1 of 40,000 are 4,000: a quarter and three quarters.
  const auto flows = diverted(two_routes(), 40'000, 0.5, kShipped);
  REQUIRE(flows.size() == 2);
  CHECK(flows[0].diverted == 1000);
  CHECK(flows[0].seized == 50);
  CHECK(flows[0].delivered == 950);
  CHECK(flows[1].diverted == 3000);
  CHECK(format_date(flows[1].arrival) == "2024-07-31");
}

TEST_CASE("diversion: no premium, no flow, and none either when it is off or nothing is wanted",
          "[market][diversion]") {
  Diversion diversion = two_routes();
  CHECK(diverted(diversion, 40'000, 0.0, kShipped).empty());
  CHECK(diverted(diversion, 40'000, -0.2, kShipped).empty());
  CHECK(diverted(diversion, 0.0, 0.5, kShipped).empty());
  diversion.elasticity.value = 0.0;
  CHECK(diverted(diversion, 40'000, 0.0, kShipped).empty());
  diversion.enabled = false;
  CHECK(diverted(diversion, 40'000, 0.5, kShipped).empty());
  CHECK(diverted(Diversion{}, 40'000, 0.5, kShipped).empty());
}

TEST_CASE(
    "diversion: whole packages, conserved, within wishes and capacities, and nothing is seized "
    "beyond what was diverted",
    "[market][diversion]") {
  std::mt19937_64 draw{9};
  for (int i = 0; i < 3000; ++i) {
    Diversion diversion = two_routes();
    diversion.hazard.value = static_cast<double>(draw() % 101) / 100.0;
    diversion.seizure_probability.value = static_cast<double>(draw() % 101) / 100.0;
    for (auto& route : diversion.routes) route.capacity.value = static_cast<double>(draw() % 5000);
    const double unmet = static_cast<double>(draw() % 50'000);
    const double premium = static_cast<double>(draw() % 20) / 10.0;
    const auto flows = diverted(diversion, unmet, premium, kShipped);
    for (const DivertedFlow& flow : flows) {
      REQUIRE(flow.diverted == flow.delivered + flow.seized);
      REQUIRE(flow.seized >= 0.0);
      REQUIRE(flow.seized <= flow.diverted);
      REQUIRE(flow.diverted == std::floor(flow.diverted));
      REQUIRE(flow.seized == std::floor(flow.seized));
      REQUIRE(flow.diverted <= diversion.routes[flow.route].capacity.value + 1.0);
    }
    REQUIRE(total(flows) <= unmet * diversion_share(diversion, premium) * (1.0 + 1e-9));
  }
}

TEST_CASE("diversion: never less at a higher hazard, premium, wish or capacity",
          "[market][diversion]") {
  const double base = total(diverted(two_routes(), 40'000, 0.5, kShipped));
  Diversion more = two_routes();
  for (more.hazard.value = 0.1; more.hazard.value <= 1.0; more.hazard.value += 0.07) {
    CHECK(total(diverted(more, 40'000, 0.5, kShipped)) >= base);
  }
  CHECK(total(diverted(two_routes(), 40'000, 0.7, kShipped)) >= base);
  CHECK(total(diverted(two_routes(), 50'000, 0.5, kShipped)) >= base);
  more = two_routes();
  more.routes[0].capacity.value = 4000.0;
  CHECK(total(diverted(more, 1e9, 0.5, kShipped)) >=
        total(diverted(two_routes(), 1e9, 0.5, kShipped)));
}

}  // namespace
}  // namespace chokepoint
