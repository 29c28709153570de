#include "models/random.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

namespace chokepoint {
namespace {

std::vector<double> draws(std::uint64_t seed, std::string_view name, int count) {
  RandomStream stream{seed, name};
  std::vector<double> result;
  for (int i = 0; i < count; ++i) result.push_back(stream.normal());
  return result;
}

double mean_product(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum / static_cast<double>(a.size());
}

TEST_CASE("random: a stream is its seed and its name", "[random]") {
  CHECK(draws(1, "demand/chat", 100) == draws(1, "demand/chat", 100));
  CHECK(draws(1, "demand/chat", 100) != draws(1, "demand/code", 100));
  CHECK(draws(1, "demand/chat", 100) != draws(2, "demand/chat", 100));
}

// Means of n draws are off by about 1 / sqrt(n) = 0.01; five of those are one in two million.
TEST_CASE("random: draws are standard normal and streams are independent", "[random]") {
  constexpr int kDraws = 10'000;
  const auto a = draws(1, "a", kDraws);
  const std::vector<double> ones(kDraws, 1.0);
  CHECK(std::abs(mean_product(a, ones)) < 0.05);
  CHECK(std::abs(mean_product(a, a) - 1.0) < 0.05 * std::sqrt(2.0));
  // Neighbors in seed and in name are where a careless mix would show.
  CHECK(std::abs(mean_product(a, draws(1, "b", kDraws))) < 0.05);
  CHECK(std::abs(mean_product(a, draws(2, "a", kDraws))) < 0.05);
}

// Means are 1, k = 0.5 and G(1 + 1/2) = sqrt(pi) / 2.
TEST_CASE("random: exponential, Gamma and Weibull have their means", "[random]") {
  constexpr int kDraws = 40'000;
  RandomStream stream{1, "c"};
  double exponential = 0, gamma = 0, weibull = 0;
  for (int i = 0; i < kDraws; ++i) {
    exponential += stream.exponential() / kDraws;
    gamma += stream.gamma(0.5) / kDraws;
    weibull += stream.weibull(2) / kDraws;
  }
  CHECK(exponential == Approx(1).epsilon(0.025));
  CHECK(gamma == Approx(0.5).epsilon(0.035));
  CHECK(weibull == Approx(std::sqrt(std::acos(-1.0)) / 2).epsilon(0.015));
}

}  // namespace
}  // namespace chokepoint
