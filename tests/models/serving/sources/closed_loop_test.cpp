#include "models/serving/sources/closed_loop.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/models/serving/sources/some_requests.hpp"

namespace chokepoint {
namespace {

TEST_CASE("closed loop: the next comes when one has ended, and a time to think after",
          "[serving][sources]") {
  ClosedLoopSource loop(listed_at({5, 6, 7, 8, 9}), 2, 10);
  const auto first = taken(loop);
  CHECK(times_of(first) == std::vector<Nanoseconds>{0, 0});
  loop.ended(end_of(first[1], 100));
  loop.ended(end_of(first[0], 105, RequestOutcome::Refused));
  const auto second = taken(loop);
  CHECK(times_of(second) == std::vector<Nanoseconds>{110, 115});
  CHECK(second[1].prompt == 103);
  loop.ended(end_of(second[0], 200));
  CHECK(taken(loop).size() == 1);
  loop.ended(end_of(second[1], 300));
  CHECK_FALSE(loop.next_arrival());
}

// Each takes as long as it has tokens of prompt.
TEST_CASE("closed loop: never more under way than may be, and all are sent", "[serving][sources]") {
  ClosedLoopSource loop(listed_at(std::vector<Nanoseconds>(50, 0)), 7);
  std::vector<RequestEnd> under_way;
  std::size_t sent = 0, most = 0;
  const auto later = [](const RequestEnd& a, const RequestEnd& b) { return a.at > b.at; };
  while (loop.next_arrival() || !under_way.empty()) {
    if (loop.next_arrival()) {
      const auto request = loop.next();
      under_way.push_back(end_of(*request, request->arrival + request->prompt));
      std::push_heap(under_way.begin(), under_way.end(), later);
      most = std::max(most, under_way.size());
      ++sent;
      continue;
    }
    std::pop_heap(under_way.begin(), under_way.end(), later);
    const RequestEnd end = under_way.back();
    under_way.pop_back();
    loop.ended(end);
    if (loop.next_arrival()) CHECK(*loop.next_arrival() == end.at);
  }
  CHECK(sent == 50);
  CHECK(most == 7);
}

}  // namespace
}  // namespace chokepoint
