#include "models/workload/inference_service.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace chokepoint {
namespace {

InferenceService service_with(double demand, double growth) {
  InferenceService service;
  service.demand.value = TokensPerSecond{demand};
  service.growth_per_year.value = growth;
  return service;
}

// The mean of 4^t over the first year is (4 - 1) / ln 4.
TEST_CASE("demand: the mean over a window is the integral of the trend",
          "[workload][inference_service]") {
  const auto service = service_with(100, 4);
  CHECK(mean_demand(service, 0_s, 365_days).value == Approx(100 * 3 / std::log(4.0)));
  CHECK(mean_demand(service, 365_days, 365_days).value == Approx(400 * 3 / std::log(4.0)));
  CHECK(mean_demand(service, 730_days, 0_s).value == Approx(1600));
}

TEST_CASE("demand: windows add up, whatever their length", "[workload][inference_service]") {
  for (const double growth : {0.25, 1.0, 1.0 + 1e-12, 3.0}) {
    const auto service = service_with(1000, growth);
    const Tokens whole = mean_demand(service, 10_days, 60_days) * 60_days;
    Tokens sum{};
    for (int i = 0; i < 60; ++i) {
      sum += mean_demand(service, 10_days + i * 1_days, 1_days) * 1_days;
    }
    CHECK(sum.value == Approx(whole.value).epsilon(1e-12));
  }
}

TEST_CASE("demand: without growth it is constant to the last bit",
          "[workload][inference_service]") {
  CHECK(mean_demand(service_with(123.456, 1), 777_days, 5_hours) == TokensPerSecond{123.456});
}

TEST_CASE("window: served and unmet make the demand, served fits the capacity",
          "[workload][inference_service]") {
  for (const double capacity : {0.0, 3.0, 7.0, 11.0}) {
    const auto outcome = serve_window(TokensPerSecond{7}, TokensPerSecond{capacity}, 10_s);
    CHECK(outcome.demand == Tokens{70});
    CHECK(outcome.capacity == Tokens{10 * capacity});
    CHECK(outcome.served + outcome.unmet == outcome.demand);
    CHECK(outcome.served == Tokens{10 * std::min(7.0, capacity)});
  }
}

TEST_CASE("service: a daily pattern counts each hour by the part of it that is asked for",
          "[workload]") {
  DailyPattern pattern;
  pattern.fill(0.5);
  pattern[0] = 12.5;
  CHECK(mean_over(pattern, Seconds{}, 1_hours) == 12.5);
  CHECK(mean_over(pattern, 1_hours, 1_hours) == 0.5);
  CHECK(mean_over(pattern, 24_hours, 1_hours) == 12.5);
  CHECK(mean_over(pattern, Seconds{1'800.0}, 1_hours) == Approx(6.5));
  CHECK(mean_over(pattern, 23_hours, 2_hours) == Approx(6.5));
  CHECK(mean_over(pattern, Seconds{777.0}, 48_hours) == Approx(1.0));
  CHECK(mean_over(pattern, Seconds{}, 25_hours) == Approx((24.0 + 12.5) / 25.0));
}

}  // namespace
}  // namespace chokepoint
