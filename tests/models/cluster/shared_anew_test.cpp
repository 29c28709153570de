#include "models/cluster/shared_anew.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

using Rooms = std::set<std::pair<int, int>>;

TEST_CASE("shared anew: who keeps and who is given fit together, and rank goes first",
          "[cluster]") {
  SharedAnew anew(Rooms{{200, 0}, {700, 1}});
  int whole = 2;
  CHECK(anew.keep(1, 300, whole));
  CHECK(whole == 1);
  CHECK(anew.give(600, whole) == 1);  // Beside the one that was there.
  CHECK(whole == 1);
  CHECK(anew.give(900, whole) == 2);  // Another device, the last one.
  CHECK(whole == 0);
  CHECK_FALSE(anew.keep(0, 500, whole));
  CHECK_FALSE(anew.can_give(101, whole));
  CHECK(anew.can_give(100, whole));
}

TEST_CASE("shared anew: where nobody keeps a device its place is free for those of higher rank",
          "[cluster]") {
  SharedAnew anew(Rooms{{200, 0}});
  int whole = 1;
  CHECK(anew.give(100, whole) == 0);
  CHECK(whole == 0);
  CHECK(anew.give(700, whole) == 0);  // Who was there and is lower in rank loses its part.
  CHECK_FALSE(anew.keep(0, 300, whole));
  CHECK(anew.keep(0, 200, whole));
}

}  // namespace
}  // namespace chokepoint
