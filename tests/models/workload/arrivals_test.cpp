#include "models/workload/arrivals.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

namespace chokepoint {
namespace {

using Kind = Gaps::Kind;

std::vector<double> times_of(const RateCurve& curve, int count, std::uint64_t seed = 1) {
  Arrivals arrivals(curve, RandomStream(seed, "test/arrivals"));
  std::vector<double> times;
  for (int i = 0; i < count; ++i) times.push_back(arrivals.next().value().value);
  return times;
}

// Relative error of a mean of n draws is variation / sqrt(n) = 0.0045 and 0.009; five of those.
TEST_CASE("arrivals: gaps have the mean and the variation that they are asked for",
          "[workload][arrivals]") {
  constexpr int kDraws = 50'000;
  for (const Gaps& gaps :
       {Gaps{Kind::Even}, Gaps{Kind::Exponential}, Gaps{Kind::Gamma, 4}, Gaps{Kind::Gamma, 0.25},
        Gaps{Kind::Weibull, 2}, gaps_of_variation(Kind::Weibull, 2)}) {
    RandomStream random(7, "gaps");
    double sum = 0, squares = 0;
    for (int i = 0; i < kDraws; ++i) {
      const double gap = draw_gap(gaps, random);
      sum += gap;
      squares += gap * gap;
    }
    const double mean = sum / kDraws;
    CHECK(mean == Approx(1).margin(5 * variation(gaps) / std::sqrt(kDraws)));
    CHECK(std::sqrt(squares / kDraws - mean * mean) == Approx(variation(gaps)).epsilon(0.1));
  }
}

TEST_CASE("arrivals: a variation is met, and Weibull of shape 1 is exponential",
          "[workload][arrivals]") {
  for (const double wanted : {0.01, 0.3, 1.0, 2.5, 100.0}) {
    CHECK(variation(gaps_of_variation(Kind::Gamma, wanted)) == Approx(wanted));
    CHECK(variation(gaps_of_variation(Kind::Weibull, wanted)) == Approx(wanted).epsilon(1e-6));
  }
  CHECK(variation(gaps_of_variation(Kind::Exponential, 3)) == 1);
  CHECK(gaps_of_variation(Kind::Weibull, 1).shape == Approx(1));
}

TEST_CASE("arrivals: twice the rate is the same stream in half the time", "[workload][arrivals]") {
  const auto slow = times_of(constant_rate(3, {Kind::Gamma, 0.5}), 1000);
  const auto fast = times_of(constant_rate(6, {Kind::Gamma, 0.5}), 1000);
  for (std::size_t i = 0; i < slow.size(); ++i) CHECK(fast[i] == Approx(slow[i] / 2));
}

TEST_CASE("arrivals: as many come between two moments as the rate says", "[workload][arrivals]") {
  const RateCurve curve{{{Seconds{0}, 10}, {Seconds{100}, 0}, {Seconds{200}, 40}}, Seconds{300}};
  constexpr double kPeriods = 40;
  std::vector<double> counted(3);
  for (const double time : times_of(curve, static_cast<int>(5'000 * kPeriods))) {
    if (time < kPeriods * 300) counted[static_cast<std::size_t>(std::fmod(time, 300) / 100)] += 1;
  }
  CHECK(counted[0] == Approx(1'000 * kPeriods).epsilon(0.025));
  CHECK(counted[1] == 0);
  CHECK(counted[2] == Approx(4'000 * kPeriods).epsilon(0.0125));
}

TEST_CASE("arrivals: a day keeps its mean and is highest at its peak", "[workload][arrivals]") {
  const auto day = diurnal_rate(5, 0.8, Seconds{14 * 3'600});
  double sum = 0;
  for (const RateStep& step : day.steps) sum += step.per_second;
  CHECK(sum / static_cast<double>(day.steps.size()) == Approx(5));
  CHECK(step_at(day, Seconds{14 * 3'600.0 + 86'400.0}).per_second == Approx(9).epsilon(0.001));
  CHECK(step_at(day, Seconds{2 * 3'600}).per_second == Approx(1).epsilon(0.005));
}

TEST_CASE("arrivals: rates that end, never begin, or are very low", "[workload][arrivals]") {
  Arrivals never(constant_rate(0), RandomStream(1, "x"));
  CHECK_FALSE(never.next());
  Arrivals silent({{{Seconds{0}, 0}}, Seconds{10}}, RandomStream(1, "x"));
  CHECK_FALSE(silent.next());
  Arrivals ends({{{Seconds{0}, 1e3}, {Seconds{1}, 0}}}, RandomStream(1, "x"));
  int count = 0;
  while (ends.next()) ++count;
  CHECK(count == Approx(1'000).epsilon(0.16));
  const auto rare = times_of({{{Seconds{0}, 1e-9}}, Seconds{10}}, 100);
  CHECK(rare.back() == Approx(100e9).epsilon(0.5));
}

TEST_CASE("arrivals: even gaps come on the beat", "[workload][arrivals]") {
  const auto times = times_of(constant_rate(4, {Kind::Even}), 8);
  CHECK(times[0] == Approx(0.25));
  CHECK(times[7] == Approx(2));
}

}  // namespace
}  // namespace chokepoint
