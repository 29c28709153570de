#include "sim/study/causes/sobol_indices.hpp"

#include <google/protobuf/text_format.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <numbers>

#include "sim/sweep/draw_design.hpp"
#include "sim/sweep/drawn_inputs.hpp"

namespace chokepoint {
namespace {

const std::vector<std::string> kPaths = {"choice.sensitivity", "choice.nest_scale",
                                         "choice.policy_risk"};

using NumberOf = std::function<double(double, double, double)>;

// Runs a design that names the first `named` of three inputs, each even in [-pi, pi].
std::map<int, double> found_by(const NumberOf& number, std::size_t named, int rows,
                               std::uint64_t seed = 1) {
  const std::string figure =
      " { value: 3 low: 1 high: 5 source: \"guess\" confidence: ESTIMATED } ";
  std::string text =
      "choice { sensitivity" + figure + "nest_scale" + figure + "policy_risk" + figure + "}";
  for (std::size_t i = 0; i < named; ++i) text += " saltelli_inputs: \"" + kPaths[i] + "\"";
  v1::Scenario scenario;
  REQUIRE(google::protobuf::TextFormat::ParseFromString(text, &scenario));
  std::map<int, double> numbers;
  for (int draw = 1; draw <= rows * static_cast<int>(draws_to_row(named)); ++draw) {
    const auto inputs = drawn_inputs(scenario, seed, draw);
    const auto x = [&](std::size_t i) {
      const double below = 0.5 * std::erfc(-inputs.at(kPaths[i]) / std::numbers::sqrt2);
      return std::numbers::pi * (2.0 * (below - 0.05) / 0.9 - 1.0);
    };
    numbers[draw] = number(x(0), x(1), x(2));
  }
  return numbers;
}

double ishigami(double x1, double x2, double x3) {
  return std::sin(x1) + 7.0 * std::pow(std::sin(x2), 2) + 0.1 * std::pow(x3, 4) * std::sin(x1);
}

const SobolIndex& index_of(const SobolIndices& indices, const std::string& path) {
  for (const SobolIndex& index : indices.ranked) {
    if (index.path == path) return index;
  }
  throw std::runtime_error("no index of " + path);
}

std::vector<std::string> first_paths(std::size_t count) {
  return {kPaths.begin(), kPaths.begin() + static_cast<std::ptrdiff_t>(count)};
}

// Ishigami and Homma (1990), whose indices are known: 0.314, 0.442, 0 alone; 0.558, 0.442, 0.244
// in all.
TEST_CASE("indices: those of Ishigami's function come out, also of what acts only with others",
          "[study][drivers]") {
  const auto found = sobol_indices(kPaths, found_by(ishigami, 3, 2'000), 1).value();
  CHECK(found.rows == 2'000);
  CHECK(found.deviation == Approx(3.72).margin(0.1));
  const double alone[] = {0.314, 0.442, 0.0}, in_all[] = {0.558, 0.442, 0.244};
  for (std::size_t i = 0; i < 3; ++i) {
    const SobolIndex& index = index_of(found, kPaths[i]);
    INFO(kPaths[i]);
    CHECK(index.alone == Approx(alone[i]).margin(0.03));
    CHECK(index.in_all == Approx(in_all[i]).margin(0.03));
    CHECK(std::abs(index.alone - alone[i]) < 4.0 * index.alone_error);
    CHECK(std::abs(index.in_all - in_all[i]) < 4.0 * index.in_all_error);
  }
  CHECK(index_of(found, kOtherInputs).in_all == 0.0);
  CHECK(found.ranked.front().path == kPaths[0]);
}

TEST_CASE("indices: what a design does not name counts together", "[study][drivers]") {
  const auto found = sobol_indices(first_paths(2), found_by(ishigami, 2, 2'000), 1).value();
  CHECK(index_of(found, kOtherInputs).alone == Approx(0.0).margin(0.04));
  CHECK(index_of(found, kOtherInputs).in_all == Approx(0.244).margin(0.04));
}

TEST_CASE("law: an input that nothing follows explains nothing, and a sum has no joint parts",
          "[study][drivers][law]") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto numbers =
        found_by([](double x, double y, double) { return 2.0 * x - y; }, 3, 512, seed);
    const auto found = sobol_indices(kPaths, numbers, seed).value();
    CHECK(index_of(found, kPaths[2]).alone == 0.0);
    CHECK(index_of(found, kPaths[2]).in_all == 0.0);
    CHECK(index_of(found, kPaths[0]).alone == Approx(0.8).margin(0.05));
    CHECK(index_of(found, kPaths[0]).in_all == Approx(0.8).margin(0.05));
    CHECK(index_of(found, kPaths[1]).in_all == Approx(0.2).margin(0.05));
  }
}

TEST_CASE("indices: rows that are cut do not count, and few rows give none", "[study][drivers]") {
  auto numbers = found_by(ishigami, 3, 20);
  CHECK(sobol_indices(kPaths, numbers, 1)->rows == 20);
  numbers.erase(3);
  numbers.erase(120);
  CHECK(sobol_indices(kPaths, numbers, 1)->rows == 18);
  CHECK_FALSE(sobol_indices(kPaths, found_by(ishigami, 3, 15), 1));
  CHECK_FALSE(
      sobol_indices(kPaths, found_by([](double, double, double) { return 3.0; }, 3, 32), 1));
}

}  // namespace
}  // namespace chokepoint
