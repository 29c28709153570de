#include "models/serving/sizing/latency_bound.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>
#include <cmath>

namespace chokepoint {
namespace {

RequestTimes taking(Nanoseconds first, Nanoseconds last) {
  RequestTimes times;
  times.arrival = 5;
  times.first = 5 + first;
  times.last = 5 + last;
  return times;
}

TEST_CASE("latency bound: times of a request are those of its tokens", "[serving][sizing]") {
  const RequestTimes times = taking(100, 400);
  CHECK(latency_of(LatencyMetric::Ttft, times, 4) == 100);
  CHECK(latency_of(LatencyMetric::Tpot, times, 4) == 100);
  CHECK(latency_of(LatencyMetric::E2e, times, 4) == 400);
  CHECK(latency_of(LatencyMetric::Tpot, times, 1) == 0);
}

TEST_CASE("latency bound: a quantile is kept exactly as long as few enough exceed it",
          "[serving][sizing]") {
  rc::prop("counting those beyond a bound agrees with the quantile", [] {
    const auto firsts =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 1000)));
    const double quantile = *rc::gen::element(0.5, 0.9, 0.95, 0.99);
    const int most = *rc::gen::inRange(1, 1000);
    Latencies latencies;
    std::int64_t beyond = 0;
    for (const int first : firsts) {
      latencies.add(taking(first, first), 1);
      if (first > most) ++beyond;
    }
    const LatencyBound bound{LatencyMetric::Ttft, quantile, Seconds{most * 1e-9}};
    const bool is_kept = latencies.figure(bound).value <= bound.most.value * (1 + 1e-12);
    RC_ASSERT(is_kept == (beyond <= allowed_to_exceed(quantile, latencies.count())));
  });
}

TEST_CASE("latency bound: one request in a hundred may exceed a p99", "[serving][sizing]") {
  CHECK(allowed_to_exceed(0.99, 100) == 1);
  CHECK(allowed_to_exceed(0.99, 99) == 0);
  CHECK(allowed_to_exceed(0.5, 1) == 0);
}

TEST_CASE("latency bound: one token has no time between two", "[serving][sizing]") {
  Latencies latencies;
  latencies.add(taking(100, 400), 4);
  for (int i = 0; i < 9; ++i) latencies.add(taking(100, 100), 1);
  CHECK(latencies.count() == 10);
  for (const std::optional<double> quantile : {std::optional<double>(), std::optional(0.5)}) {
    CHECK(latencies.figure({LatencyMetric::Tpot, quantile, Seconds{1}}).value == Approx(100e-9));
  }
}

TEST_CASE("latency bound: what was not delivered took without end", "[serving][sizing]") {
  Latencies latencies;
  for (int i = 0; i < 99; ++i) latencies.add(taking(10, 20), 2);
  latencies.add_undelivered();
  const auto figure = [&](std::optional<double> quantile) {
    return latencies.figure({LatencyMetric::Ttft, quantile, Seconds{1}}).value;
  };
  CHECK(figure(0.99) == Approx(10e-9));
  CHECK(std::isinf(figure(std::nullopt)));
  latencies.add_undelivered();
  CHECK(std::isinf(figure(0.99)));
  CHECK(Latencies().figure({LatencyMetric::Ttft, 0.99, Seconds{1}}).value == 0);
}

}  // namespace
}  // namespace chokepoint
