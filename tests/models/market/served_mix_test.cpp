#include "models/market/served_mix.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

ServedModel served(double share) {
  ServedModel model;
  model.share.points = {{day("2024-01-01"), {share, {}}}};
  return model;
}

TEST_CASE("served mix: where nothing else is served the rest is all", "[market][served]") {
  CHECK(rate_on_mix(0.7, {}) == 0.7);
  CHECK(rate_on_mix(0.7, {{0.0, 0.1}}) == Approx(0.7));
  CHECK(rate_on_mix(0.0, {}) == 0.0);
}

TEST_CASE("served mix: time goes where a device is poor", "[market][served]") {
  // Half a reference device's time takes half at 1, and five times as long at 0.1.
  CHECK(rate_on_mix(1.0, {{0.5, 0.1}}) == Approx(1.0 / 5.5));
  CHECK(rate_on_mix(0.5, {{0.25, 0.5}, {0.25, 0.5}}) == Approx(0.5));
}

TEST_CASE("served mix: what a device does not hold it cannot be bought for", "[market][served]") {
  CHECK(rate_on_mix(2.0, {{0.01, 0.0}}) == 0.0);
  CHECK(rate_on_mix(0.0, {{0.5, 1.0}}) == 0.0);
  CHECK(rate_on_mix(0.0, {{1.0, 0.3}}) == Approx(0.3));
}

TEST_CASE("served mix: never more than the better part, never less than the poorer",
          "[market][served]") {
  for (const double share : {0.1, 0.5, 0.9}) {
    const double mixed = rate_on_mix(0.2, {{share, 0.8}});
    CHECK(mixed > 0.2);
    CHECK(mixed < 0.8);
    CHECK(rate_on_mix(0.2, {{share + 0.05, 0.8}}) > mixed);
  }
}

TEST_CASE("served mix: shares are those of the day, and all of it at most", "[market][served]") {
  CHECK(shares_on({served(0.3)}, day("2023-12-31")) == std::vector<double>{0.0});
  CHECK(shares_on({served(0.3), served(0.5)}, day("2024-01-01")) == std::vector<double>{0.3, 0.5});
  const auto scaled = shares_on({served(0.6), served(0.9)}, day("2024-01-01"));
  CHECK(scaled[0] == Approx(0.4));
  CHECK(scaled[1] == Approx(0.6));
}

}  // namespace
}  // namespace chokepoint
