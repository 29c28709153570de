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

TEST_CASE("rationing: the lowest priority number is served first, then ids", "[supply]") {
  Network network = three_vendors();
  network.contract(StageId{0}, kB, 0.5, 2);
  network.contract(StageId{1}, kC, 0.5, 1);
  CHECK(Rationing(network.made, kStart).vendors() == std::vector<OrgId>{kC, kB, kA});
}

TEST_CASE("rationing: a stage is given away once, by priority", "[supply]") {
  Network network = three_vendors();
  network.contract(StageId{0}, kA, 0.5, 1);
  network.contract(StageId{0}, kB, 0.7, 0);
  const Rationing rationing(network.made, kStart);  // B before A before C.
  CHECK(rationing.part(0, StageId{0}) == 0.7);
  CHECK(rationing.part(1, StageId{0}) == Approx(0.3));
  CHECK(rationing.part(2, StageId{0}) == 0.0);
  CHECK(rationing.part(2, StageId{1}) == 1.0);
}

TEST_CASE("rationing: contracts change by date", "[supply]") {
  Network network = three_vendors();
  network.made.contracts = {{StageId{0}, kA, step(0.2, "2025-01-01", 0.6), 0}};
  CHECK(Rationing(network.made, day("2024-12-01")).part(0, StageId{0}) == 0.2);
  CHECK(Rationing(network.made, day("2025-01-01")).part(0, StageId{0}) == 0.6);
}

}  // namespace
}  // namespace chokepoint
