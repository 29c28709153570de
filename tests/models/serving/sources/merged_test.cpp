#include "models/serving/sources/merged.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "models/serving/sources/closed_loop.hpp"
#include "tests/models/serving/sources/some_requests.hpp"

namespace chokepoint {
namespace {

TEST_CASE("merged: all requests of all, in order, none of one name", "[serving][sources]") {
  std::vector<std::unique_ptr<RequestSource>> parts;
  parts.push_back(listed_at({1, 5, 9}));
  parts.push_back(listed_at({}));
  parts.push_back(listed_at({1, 2, 9}));
  Merged all(std::move(parts));
  const auto requests = taken(all);
  CHECK(times_of(requests) == std::vector<Nanoseconds>{1, 1, 2, 5, 9, 9});
  std::set<std::uint64_t> ids, sessions;
  for (const Request& request : requests) {
    ids.insert(request.id);
    sessions.insert(request.turn->session);
  }
  CHECK(ids.size() == 6);
  CHECK(sessions.size() == 6);
}

TEST_CASE("merged: an end is told to the source of its request", "[serving][sources]") {
  std::vector<std::unique_ptr<RequestSource>> parts;
  parts.push_back(std::make_unique<ClosedLoopSource>(listed_at({0, 0, 0}), 1));
  parts.push_back(std::make_unique<ClosedLoopSource>(listed_at({0, 0}), 1, 100));
  Merged all(std::move(parts));
  const auto first = taken(all);
  REQUIRE(first.size() == 2);
  all.ended(end_of(first[1], 10));
  CHECK(all.next_arrival() == 110);
  all.ended(end_of(first[0], 20));
  CHECK(all.next_arrival() == 20);
  CHECK(times_of(taken(all)) == std::vector<Nanoseconds>{20, 110});
}

}  // namespace
}  // namespace chokepoint
