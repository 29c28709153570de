#include "models/performance/coefficients.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string>

namespace chokepoint {
namespace {

TEST_CASE("coefficients: the listing has every member once, at its prior",
          "[performance][coefficients]") {
  CHECK(coefficient_listing().size() == sizeof(Coefficients) / sizeof(double));
  std::set<std::string> names;
  Coefficients fresh;
  for (const auto& info : coefficient_listing()) {
    names.insert(std::string(info.name));
    CHECK(fresh.*info.member == info.prior);
    CHECK(info.sigma > 0);
    CHECK((info.cap == 0 || info.prior <= info.cap));
    fresh.*info.member = -1;  // A member that is listed twice is at no prior the second time.
  }
  CHECK(names.size() == coefficient_listing().size());
}

TEST_CASE("coefficients: fractions of a roof are capped below all of it",
          "[performance][coefficients]") {
  for (const auto& info : coefficient_listing()) {
    if (info.unit == "fraction" && info.name != "usable_memory") {
      CHECK((info.cap > 0 && info.cap <= 1));
    }
  }
}

TEST_CASE("capped: near x below the cap, never above it", "[performance][coefficients]") {
  CHECK(capped(0.5, 1) == Approx(0.5).epsilon(1e-3));
  CHECK(capped(1, 1) == Approx(0.917).epsilon(1e-3));  // 2^(-1/8).
  CHECK(capped(50, 1) <= 1);
  CHECK(capped(50, 0) == 50);
  for (double x = 0.01; x < 3; x += 0.01) CHECK(capped(x, 0.9) < capped(x + 0.01, 0.9));
}

}  // namespace
}  // namespace chokepoint
