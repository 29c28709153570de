#include "models/supply/rationing.hpp"

#include <catch2/catch.hpp>

#include "tests/models/supply/networks.hpp"

namespace chokepoint {
namespace {

Network three_vendors() {
  Network network;
  const ComponentId die = network.component();
  network.stage(StageKind::Wafers, 100);
  network.stage(StageKind::Wafers, 100);
  for (const OrgId vendor : {kA, kB, kC}) network.bill(vendor, {{die}});
  return network;
}

TEST_CASE("rationing: without contracts whoever comes first has everything", "[supply]") {
  const Rationing rationing(three_vendors().made, kStart);
  CHECK(rationing.vendors() == std::vector<OrgId>{kA, kB, kC});
  for (std::size_t v = 0; v < 3; ++v) CHECK(rationing.part(v, StageId{0}) == 1.0);
}

TEST_CASE("rationing: claims are weights, whose parts add up to one", "[supply]") {
  Network network = three_vendors();
  network.contract(StageId{0}, kA, 0.5);
  network.contract(StageId{0}, kB, 0.75);
  const Rationing rationing(network.made, kStart);
  CHECK(rationing.part(0, StageId{0}) == Approx(0.4));
  CHECK(rationing.part(1, StageId{0}) == Approx(0.6));
  CHECK(rationing.part(2, StageId{0}) == 0.0);
  CHECK(rationing.part(2, StageId{1}) == 1.0);  // Nobody claims it.
}

TEST_CASE("rationing: who builds nothing claims nothing", "[supply]") {
  Network network = three_vendors();
  network.contract(StageId{0}, kA, 0.2);
  network.contract(StageId{0}, OrgId{7}, 0.8);
  CHECK(Rationing(network.made, kStart).part(0, StageId{0}) == 1.0);
}

TEST_CASE("rationing: what is left is divided among those who still come, by their claims",
          "[supply]") {
  Network network = three_vendors();
  network.contract(StageId{0}, kA, 0.2);
  network.contract(StageId{0}, kB, 0.3);
  network.contract(StageId{0}, kC, 0.5);
  const Rationing rationing(network.made, kStart);
  double left = 1.0;
  for (const double part : {0.2, 0.3, 0.5}) {
    const auto vendor = static_cast<std::size_t>(part == 0.2 ? 0 : part == 0.3 ? 1 : 2);
    const double taken = left * rationing.part_of_rest(vendor, StageId{0});
    CHECK(taken == Approx(part));
    left -= taken;
  }
  CHECK(rationing.part_of_rest(1, StageId{1}) == 1.0);
}

TEST_CASE("rationing: a claim grows while its vendor qualifies the process", "[supply]") {
  Contract claim{StageId{0}, kA, {}, {8.0, {}}};
  claim.share = always(0.5);
  claim.share.points.front().on = day("2025-01-15");
  CHECK(qualified_part(claim, day("2024-12-01")) == 0.0);
  CHECK(qualified_part(claim, day("2025-01-01")) == Approx(1.0 / 8));
  CHECK(qualified_part(claim, day("2025-04-01")) == Approx(4.0 / 8));
  CHECK(qualified_part(claim, day("2026-01-01")) == 1.0);
  claim.qualification_months.value = 0.0;
  CHECK(qualified_part(claim, day("2025-01-01")) == 1.0);
}

TEST_CASE("rationing: claims change by date", "[supply]") {
  Network network = three_vendors();
  network.made.contracts = {{StageId{0}, kA, step(0.2, "2025-01-01", 0.6)},
                            {StageId{0}, kB, always(0.2)}};
  CHECK(Rationing(network.made, day("2024-12-01")).part(0, StageId{0}) == 0.5);
  CHECK(Rationing(network.made, day("2025-01-01")).part(0, StageId{0}) == Approx(0.75));
}

}  // namespace
}  // namespace chokepoint
