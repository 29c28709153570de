#include "models/workload/lengths.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

namespace chokepoint {
namespace {

std::vector<std::uint32_t> draws_of(const Lengths& lengths, int count = 50'000) {
  RandomStream random(3, "lengths");
  std::vector<std::uint32_t> drawn;
  for (int i = 0; i < count; ++i) drawn.push_back(lengths.draw(random));
  return drawn;
}

double mean_of(const std::vector<std::uint32_t>& drawn) {
  double sum = 0;
  for (const std::uint32_t one : drawn) sum += one;
  return sum / static_cast<double>(drawn.size());
}

TEST_CASE("lengths: draws have the mean that is stated", "[workload][lengths]") {
  for (const Lengths& lengths :
       {Lengths::fixed(512), Lengths::uniform(100, 300), Lengths::lognormal(1'000, 1, 1'000'000),
        Lengths::tabled({{10, 1}, {20, 2}, {1'000, 1}})}) {
    CHECK(mean_of(draws_of(lengths)) == Approx(lengths.mean()).epsilon(0.025));
  }
}

TEST_CASE("lengths: none is below one token or above the most", "[workload][lengths]") {
  const auto few = draws_of(Lengths::lognormal(1, 3, 50));
  CHECK(*std::min_element(few.begin(), few.end()) == 1);
  CHECK(*std::max_element(few.begin(), few.end()) == 50);
  const auto ends = draws_of(Lengths::uniform(7, 9));
  CHECK(*std::min_element(ends.begin(), ends.end()) == 7);
  CHECK(*std::max_element(ends.begin(), ends.end()) == 9);
}

TEST_CASE("lengths: a table gives each as often as it weighs, and nothing else",
          "[workload][lengths]") {
  const auto drawn = draws_of(Lengths::tabled({{0, 0.5}, {5, 0}, {8, 1.5}}));
  const auto ones = std::count(drawn.begin(), drawn.end(), 1U);
  const auto eights = std::count(drawn.begin(), drawn.end(), 8U);
  CHECK(ones + eights == static_cast<std::ptrdiff_t>(drawn.size()));
  CHECK(static_cast<double>(eights) / static_cast<double>(ones) == Approx(3).epsilon(0.06));
}

TEST_CASE("lengths: a fixed length draws nothing", "[workload][lengths]") {
  RandomStream drawn(1, "x"), untouched(1, "x");
  Lengths::fixed(9).draw(drawn);
  CHECK(drawn.uniform() == untouched.uniform());
}

}  // namespace
}  // namespace chokepoint
