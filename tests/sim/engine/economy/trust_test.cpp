#include "sim/engine/economy/trust.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/small_economy.hpp"

namespace chokepoint {
namespace {

// Blanket order 2 is the lab's for the foreign device.
TEST_CASE("trust: who was cut off is trusted less, by half each year", "[engine][trust]") {
  const World world = small_economy();
  Trust trust(world);
  const auto risk = [&](std::string_view date) {
    return trust.risk(kForeignVendor, kBeijing, day(date));
  };
  trust.note_share(2, 1.0, day("2025-01-01"));
  CHECK(risk("2025-01-01") == 0.0);
  trust.note_share(2, 0.2, day("2025-02-01"));
  CHECK(risk("2025-02-01") == 1.0);
  CHECK(risk("2026-02-01") == Approx(0.5).epsilon(0.01));
  trust.note_share(2, 0.2, day("2025-03-01"));  // It still is: no new cut.
  CHECK(risk("2026-02-01") == Approx(0.5).epsilon(0.01));
  trust.note_share(2, 1.0, day("2025-04-01"));
  trust.note_share(2, 0.0, day("2025-05-01"));
  CHECK(risk("2025-05-01") == 1.0);
  CHECK(trust.risk(kForeignVendor, kVirginia, day("2025-05-01")) == 0.0);
  CHECK(trust.risk(kDomesticMaker, kBeijing, day("2025-05-01")) == 0.0);
}

TEST_CASE("trust: what never was on sale was not cut off", "[engine][trust]") {
  const World world = small_economy();
  Trust trust(world);
  trust.note_share(2, 0.0, day("2025-01-01"));
  CHECK(trust.risk(kForeignVendor, kBeijing, day("2025-01-01")) == 0.0);
}

}  // namespace
}  // namespace chokepoint
