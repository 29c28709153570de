#include <catch2/catch.hpp>

#include "tests/models/serving/sources/some_requests.hpp"

namespace chokepoint {
namespace {

TEST_CASE("listed: gives what it was given, once", "[serving][sources]") {
  Listed list(requests_at({1, 1, 5}));
  CHECK(times_of(taken(list)) == std::vector<Nanoseconds>{1, 1, 5});
  CHECK_FALSE(list.next_arrival());
  CHECK_FALSE(list.next());
}

}  // namespace
}  // namespace chokepoint
