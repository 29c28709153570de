#include "models/serving/sources/altered.hpp"

#include <catch2/catch.hpp>

#include "models/serving/sources/closed_loop.hpp"
#include "tests/models/serving/sources/some_requests.hpp"

namespace chokepoint {
namespace {

using Times = std::vector<Nanoseconds>;

TEST_CASE("altered: twice the speed is half the time", "[serving][sources]") {
  Scaled fast(listed_at({0, 10, 31}), 2);
  CHECK(times_of(taken(fast)) == Times{0, 5, 16});
  Scaled slow(listed_at({0, 10, 31}), 0.1);
  CHECK(times_of(taken(slow)) == Times{0, 100, 310});
}

TEST_CASE("altered: a rate counts the gaps between requests", "[serving][sources]") {
  CHECK(mean_rate(11, 10'000'000'000) == Approx(1));
  CHECK(mean_rate(1, 10) == 0);
}

TEST_CASE("altered: ends beyond all dates are late, and no more", "[serving][sources]") {
  Scaled scaled(std::make_unique<ClosedLoopSource>(listed_at(Times(2, 0)), 1), 1e9);
  scaled.next();
  scaled.ended({0, 1'000'000'000'000, RequestOutcome::Delivered, std::nullopt});
  CHECK(scaled.next_arrival());
}

TEST_CASE("altered: nothing follows before the end that it follows", "[serving][sources]") {
  for (const double speed : {0.001, 0.3, 1.0, 3.0, 777.7}) {
    Scaled scaled(std::make_unique<ClosedLoopSource>(listed_at(Times(40, 0)), 1), speed);
    Nanoseconds at = 0;
    while (const auto due = scaled.next_arrival()) {
      CHECK(*due >= at);
      at = scaled.next()->arrival + 12'345;
      scaled.ended({0, at, RequestOutcome::Delivered, std::nullopt});
    }
  }
}

TEST_CASE("altered: a cut begins at 0 and leaves out what is not of it", "[serving][sources]") {
  CutSource part(listed_at({0, 5, 10, 15, 20}), {5, 20});
  const auto requests = taken(part);
  CHECK(times_of(requests) == Times{0, 5, 10});
  CHECK(requests[0].id == 1);
  CutSource few(listed_at({0, 5, 10, 15, 20}), {.most = 2});
  CHECK(times_of(taken(few)) == Times{0, 5});
  CutSource none(listed_at({0, 5}), {.from = 6});
  CHECK(taken(none).empty());
}

TEST_CASE("altered: a cut of a loop tells it of ends in its own time", "[serving][sources]") {
  CutSource part(std::make_unique<ClosedLoopSource>(listed_at(Times(9, 0)), 1), {.until = 50});
  Nanoseconds at = 0;
  while (const auto request = part.next()) {
    at = request->arrival;
    part.ended(end_of(*request, at + 20));
  }
  CHECK(at == 40);
}

TEST_CASE("altered: each pass is the same, of other people", "[serving][sources]") {
  Looped source([] { return listed_at({0, 4}); }, 10, 3);
  const auto requests = taken(source);
  CHECK(times_of(requests) == Times{0, 4, 10, 14, 20, 24});
  CHECK(requests[0].blocks == std::vector<std::uint64_t>{0});
  for (std::size_t i = 0; i < requests.size(); ++i) {
    CHECK(requests[i].id == i);
    CHECK(requests[i].prompt == requests[i % 2].prompt);
    for (std::size_t j = 0; j < i; ++j) {
      const bool is_same_pass = i / 2 == j / 2;
      CHECK((requests[i].blocks[0] == requests[j].blocks[0]) == is_same_pass);
      CHECK(requests[i].turn->session != requests[j].turn->session);
    }
  }
  Looped empty([] { return listed_at({}); }, 10, 3);
  CHECK(taken(empty).empty());
}

}  // namespace
}  // namespace chokepoint
