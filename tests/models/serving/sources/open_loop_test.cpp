#include "models/serving/sources/open_loop.hpp"

#include <catch2/catch.hpp>

#include "tests/models/serving/sources/some_requests.hpp"

namespace chokepoint {
namespace {

std::vector<LengthStep> chat() {
  return {{Seconds{0}, Lengths::lognormal(1'000, 1, 100'000), Lengths::uniform(1, 500)}};
}

TEST_CASE("open loop: seconds become the nearest nanosecond", "[serving][sources]") {
  CHECK(to_nanoseconds(Seconds{1.2345678906}) == 1'234'567'891);
}

TEST_CASE("open loop: another rate leaves lengths as they are, another seed does not",
          "[serving][sources]") {
  OpenLoop slow(constant_rate(1), chat(), 1, "a"), fast(constant_rate(8), chat(), 1, "a");
  OpenLoop other(constant_rate(1), chat(), 2, "a");
  const auto before = taken(slow, 200), after = taken(fast, 200), drawn = taken(other, 200);
  bool is_same = true;
  for (std::size_t i = 0; i < before.size(); ++i) {
    CHECK(before[i].id == i);
    CHECK(after[i].prompt == before[i].prompt);
    CHECK(after[i].output == before[i].output);
    CHECK(after[i].arrival == Approx(static_cast<double>(before[i].arrival) / 8).margin(1));
    is_same = is_same && drawn[i].prompt == before[i].prompt;
  }
  CHECK_FALSE(is_same);
}

TEST_CASE("open loop: lengths are those of the hour, in every period", "[serving][sources]") {
  const RateCurve curve{{{Seconds{0}, 1}}, Seconds{10}};
  OpenLoop source(curve,
                  {{Seconds{0}, Lengths::fixed(1), Lengths::fixed(2)},
                   {Seconds{5}, Lengths::fixed(3), Lengths::fixed(4)}},
                  1, "a");
  for (const Request& request : taken(source, 200)) {
    const bool is_late = request.arrival % 10'000'000'000 >= 5'000'000'000;
    CHECK(request.prompt == (is_late ? 3 : 1));
    CHECK(request.output == (is_late ? 4 : 2));
  }
}

TEST_CASE("open loop: lengths of a log, at a rate", "[serving][sources]") {
  Retimed source(listed_at({0, 0, 0}), constant_rate(2, {Gaps::Kind::Even}), 1, "log");
  const auto requests = taken(source);
  CHECK(times_of(requests) == std::vector<Nanoseconds>{500'000'000, 1'000'000'000, 1'500'000'000});
  CHECK(requests[2].prompt == 102);
  CHECK(requests[2].blocks.size() == 3);
}

}  // namespace
}  // namespace chokepoint
