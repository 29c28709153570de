#include "models/cluster/owner_use.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("owner use: what was used counts half after each half-life", "[cluster]") {
  OwnerUse use(2, 1000);
  use.hold(0, 4000, 0);
  use.hold(0, -4000, 10);
  const double then = use.used(0, 10);
  CHECK(then == Approx(40).epsilon(0.01));
  CHECK(use.used(0, 1010) == Approx(then / 2));
  CHECK(use.used(0, 3010) == Approx(then / 8));
  CHECK(use.used(1, 3010) == 0);
}

TEST_CASE("law: who holds devices for ever comes to what they use in a mean life", "[cluster]") {
  OwnerUse use(1, 1000);
  use.hold(0, 3000, 0);
  double before = 0;
  for (std::int64_t now = 0; now <= 100'000; now += 500) {
    CHECK(use.used(0, now) >= before);
    before = use.used(0, now);
  }
  CHECK(before == Approx(3 * 1000 / std::log(2.0)));
}

TEST_CASE("law: when it is asked changes nothing", "[cluster]") {
  OwnerUse often(1, 777), once(1, 777);
  often.hold(0, 5000, 0);
  once.hold(0, 5000, 0);
  for (std::int64_t now = 1; now < 5000; now += 7) often.hold(0, 0, now);
  CHECK(often.used(0, 5000) == Approx(once.used(0, 5000)));
}

}  // namespace
}  // namespace chokepoint
