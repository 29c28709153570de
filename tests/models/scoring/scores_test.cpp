#include "models/scoring/scores.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>

namespace chokepoint {
namespace {

const Transform kCounts{ScoreScale::LogOnePlus, 1000.0};
const Transform kRatio{ScoreScale::LogRatio, 0.01};
const Transform kShare{ScoreScale::Logit, 0.01};

TEST_CASE("scores: a scale is increasing and can be undone", "[scoring][scores]") {
  for (const Transform& transform : {kCounts, kRatio, kShare}) {
    double before = transformed(transform, 0.02);
    for (double value = 0.03; value < 0.98; value += 0.01) {
      const double z = transformed(transform, value);
      REQUIRE(z > before);
      REQUIRE(untransformed(transform, z) == Approx(value));
      before = z;
    }
  }
}

TEST_CASE("scores: zero is a figure like others", "[scoring][scores]") {
  CHECK(transformed(kCounts, 0.0) == 0.0);
  CHECK(untransformed(kCounts, 0.0) == 0.0);
  CHECK(untransformed(kCounts, -3.0) == 0.0);
  CHECK(transformed(kCounts, 1000.0) == Approx(std::log(2.0)));
  // Of shares everything below what can be told from none is the same.
  CHECK(transformed(kShare, 0.0) == transformed(kShare, 0.01));
  CHECK(transformed(kShare, 1.0) == transformed(kShare, 0.99));
  CHECK(transformed(kShare, 0.5) == Approx(0.0).margin(1e-12));
  CHECK(transformed(kRatio, 0.0) == transformed(kRatio, 0.01));
}

TEST_CASE("scores: an interval costs its width, and a miss by its distance", "[scoring][scores]") {
  CHECK(interval_score({2.0, 5.0}, 3.0, 0.1) == 3.0);
  CHECK(interval_score({2.0, 5.0}, 5.0, 0.1) == 3.0);
  CHECK(interval_score({2.0, 5.0}, 6.0, 0.1) == Approx(3.0 + 20.0));
  CHECK(interval_score({2.0, 5.0}, 0.0, 0.5) == Approx(3.0 + 8.0));
}

// Of the standard uniform the middle 80 % are [0.1, 0.9].
TEST_CASE("scores: nobody gains by telling other quantiles than his own", "[scoring][scores]") {
  const auto expected = [](Interval band) {
    double sum = 0.0;
    for (int i = 0; i < 2000; ++i) sum += interval_score(band, (i + 0.5) / 2000.0, 0.2);
    return sum / 2000.0;
  };
  const double honest = expected({0.1, 0.9});
  for (const double low : {0.0, 0.05, 0.15, 0.3}) {
    for (const double high : {0.6, 0.85, 0.95, 1.0}) {
      CHECK(expected({low, high}) > honest);
    }
  }
}

TEST_CASE("scores: coverage counts ends of bands as inside, by weight", "[scoring][scores]") {
  const Forecast band{10.0, 15.0, 20.0};
  CHECK(coverage(std::vector<ScoredForecast>{{band, 10.0, 1.0}, {band, 20.0, 1.0}}) == 1.0);
  CHECK(coverage(std::vector<ScoredForecast>{{band, 9.9, 0.5}, {band, 15.0, 1.5}}) == 0.75);
  CHECK(coverage({}) == 0.0);
}

TEST_CASE("scores: k sources that agree weigh as one", "[scoring][scores]") {
  const Forecast band{10.0, 15.0, 20.0};
  const ScoredForecast other{band, 40.0, 1.0};
  const std::vector<ScoredForecast> one = {{band, 12.0, 1.0}, other};
  const double third = 1.0 / 3.0;
  const std::vector<ScoredForecast> three = {
      {band, 12.0, third}, {band, 12.0, third}, {band, 12.0, third}, other};
  CHECK(coverage(three) == Approx(coverage(one)));
  CHECK(mean_width(three, kCounts) == Approx(mean_width(one, kCounts)));
  CHECK(mean_interval_score(three, kCounts, 0.1) == Approx(mean_interval_score(one, kCounts, 0.1)));
  CHECK(*median_percentage_error(three) == Approx(*median_percentage_error(one)));
}

TEST_CASE("scores: a band scores on the scale", "[scoring][scores]") {
  const std::vector<ScoredForecast> outcomes = {{{0.0, 500.0, 1000.0}, 3000.0, 1.0}};
  const double log2 = std::log(2.0);
  CHECK(mean_width(outcomes, kCounts) == Approx(log2));
  // From 1,000 to 3,000 is another factor of 2 beyond the band.
  CHECK(mean_interval_score(outcomes, kCounts, 0.1) == Approx(log2 + 20.0 * log2));
}

TEST_CASE("scores: the median percentage error leaves out zeros", "[scoring][scores]") {
  const std::vector<ScoredForecast> outcomes = {
      {{0.0, 5.0, 9.0}, 0.0, 1.0}, {{0.0, 12.0, 20.0}, 10.0, 1.0}, {{0.0, 5.0, 20.0}, 10.0, 1.0}};
  CHECK(*median_percentage_error(outcomes) == Approx(0.35));  // Between 0.2 and 0.5.
  CHECK_FALSE(median_percentage_error(std::vector<ScoredForecast>{{{0.0, 5.0, 9.0}, 0.0, 1.0}}));
}

TEST_CASE("scores: a weighted median splits the weight in halves", "[scoring][scores]") {
  CHECK(weighted_median({{3.0, 1.0}}) == 3.0);
  CHECK(weighted_median({{4.0, 1.0}, {1.0, 1.0}, {2.0, 1.0}}) == 2.0);
  CHECK(weighted_median({{4.0, 1.0}, {1.0, 1.0}}) == 2.5);
  CHECK(weighted_median({{4.0, 3.0}, {1.0, 1.0}}) == 4.0);
  CHECK(weighted_median({{1.0, 1.0 / 3}, {1.0, 1.0 / 3}, {1.0, 1.0 / 3}, {2.0, 1.0}}) == 1.5);
}

}  // namespace
}  // namespace chokepoint
