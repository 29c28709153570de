#include "models/scoring/naive.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

namespace chokepoint {
namespace {

Date quarter_end(int quarters) {
  return add_months(parse_date("2021-03-31").value(), 3 * quarters);
}

NaiveMethod method() {
  NaiveMethod made;
  made.transform = {ScoreScale::LogOnePlus, 1e-6};  // All but a log.
  return made;
}

// 100 growing by `rate` each quarter.
std::vector<KnownFigure> growing(int count, double rate) {
  std::vector<KnownFigure> known;
  for (int i = 0; i < count; ++i) known.push_back({quarter_end(i), 100.0 * std::pow(rate, i)});
  return known;
}

double log_width(const Forecast& forecast) {
  return std::log(forecast.high / forecast.low);
}

TEST_CASE("naive: persistence says the last figure at any distance", "[scoring][naive]") {
  const auto known = growing(6, 1.3);
  for (const int ahead : {1, 2, 8}) {
    const Forecast forecast = persistence_forecast(known, quarter_end(5 + ahead), method());
    CHECK(forecast.median == Approx(known.back().value));
    CHECK(forecast.low < forecast.median);
    CHECK(forecast.high > forecast.median);
  }
}

TEST_CASE("naive: the trend carries a steady rate on, without doubt of it", "[scoring][naive]") {
  const auto known = growing(6, 1.3);
  const Forecast forecast = trend_forecast(known, quarter_end(9), method());
  // Quarters are not equally long, so rates per day are not quite steady.
  CHECK(forecast.median == Approx(100.0 * std::pow(1.3, 9)).epsilon(0.03));
  CHECK(log_width(forecast) < log_width(persistence_forecast(known, quarter_end(9), method())));
}

TEST_CASE("naive: the trend is a rate and not an amount", "[scoring][naive]") {
  const std::vector<KnownFigure> known = {{quarter_end(0), 100.0}, {quarter_end(4), 400.0}};
  CHECK(trend_forecast(known, quarter_end(8), method()).median == Approx(1600.0).epsilon(1e-3));
  // On a scale that is straight over the figures it is an amount.
  NaiveMethod straight = method();
  straight.transform.unit = 1e9;
  CHECK(trend_forecast(known, quarter_end(8), straight).median == Approx(700.0).epsilon(1e-3));
}

TEST_CASE("naive: with one figure both say the same, with the floor for a band",
          "[scoring][naive]") {
  const auto known = growing(1, 1.0);
  const Forecast persistence = persistence_forecast(known, quarter_end(1), method());
  const Forecast trend = trend_forecast(known, quarter_end(1), method());
  CHECK(trend.low == persistence.low);
  CHECK(trend.high == persistence.high);
  // 1.645 standard deviations of 0.3 over a quarter of 91 days.
  const double half = 1.6449 * 0.3 * std::sqrt(91.0 / 91.3125);
  CHECK(log_width(persistence) == Approx(2.0 * half).epsilon(1e-3));
}

TEST_CASE("naive: the floor holds below three errors and not from three on", "[scoring][naive]") {
  const auto wide = [](int count) {
    return log_width(persistence_forecast(growing(count, 1.001), quarter_end(count), method()));
  };
  CHECK(wide(3) > 0.9);
  CHECK(wide(4) < 0.1);
}

TEST_CASE("naive: bands widen with distance and with past errors", "[scoring][naive]") {
  std::mt19937_64 draw{3};
  std::vector<KnownFigure> calm, wild;
  for (int i = 0; i < 8; ++i) {
    const double noise = static_cast<double>(draw() % 100) / 100.0 - 0.5;
    calm.push_back({quarter_end(i), 100.0 * std::exp(0.2 * noise)});
    wild.push_back({quarter_end(i), 100.0 * std::exp(noise)});
  }
  for (const auto forecast : {persistence_forecast, trend_forecast}) {
    double before = 0.0;
    for (int ahead = 1; ahead < 9; ++ahead) {
      const double width = log_width(forecast(calm, quarter_end(7 + ahead), method()));
      CHECK(width > before);
      CHECK(log_width(forecast(wild, quarter_end(7 + ahead), method())) > width);
      before = width;
    }
  }
}

// A random walk, forecast one quarter ahead from ten figures: the middle 90 % are the middle 90 %.
TEST_CASE("naive: bands of a random walk hold what they promise", "[scoring][naive]") {
  std::mt19937_64 draw{11};
  int inside = 0;
  const int trials = 4000;
  for (int i = 0; i < trials; ++i) {
    std::vector<KnownFigure> known;
    double z = 5.0;
    const auto step = [&] {
      double sum = -6.0;  // Twelve uniforms: as good as normal here, on every machine.
      for (int k = 0; k < 12; ++k) sum += static_cast<double>(draw() >> 11) * 0x1.0p-53;
      return 0.2 * sum;
    };
    for (int k = 0; k < 10; ++k) {
      known.push_back({quarter_end(k), std::exp(z)});
      z += step();
    }
    const Forecast forecast = persistence_forecast(known, quarter_end(10), method());
    if (forecast.low <= std::exp(z) && std::exp(z) <= forecast.high) ++inside;
  }
  CHECK(inside / double(trials) == Approx(0.9).margin(0.015));
}

TEST_CASE("naive: a missing quarter is two steps in one", "[scoring][naive]") {
  auto known = growing(9, 1.3);
  known.erase(known.begin() + 4);
  const Forecast forecast = trend_forecast(known, quarter_end(9), method());
  CHECK(forecast.median == Approx(100.0 * std::pow(1.3, 9)).epsilon(0.03));
  CHECK(log_width(forecast) < 0.1);
}

TEST_CASE("naive: annual figures count years", "[scoring][naive]") {
  NaiveMethod annual = method();
  annual.months_per_period = 12;
  const std::vector<KnownFigure> known = {{quarter_end(0), 100.0}};
  const Forecast a_year = persistence_forecast(known, quarter_end(4), annual);
  CHECK(log_width(a_year) == Approx(2.0 * 1.6449 * 0.3).epsilon(1e-3));
}

}  // namespace
}  // namespace chokepoint
