#include "models/market/compute_steps.hpp"

#include <catch2/catch.hpp>

#include "tests/models/market/designs.hpp"

namespace chokepoint {
namespace {

TEST_CASE("compute steps: thresholds are those of all branches, once each, ascending",
          "[market][compute_steps]") {
  Regime regime = regime_of(
      {either({bound(Attribute::Tpp, 4800),
               both(bound(Attribute::Tpp, 1600), bound(Attribute::PerformanceDensity, 5.92))}),
       bound(Attribute::Tpp, 4800)});
  Exception exception;
  exception.item = bound(Attribute::Tpp, 21'000, Comparison::Below);
  regime.exceptions.push_back(exception);
  CHECK(thresholds_of(regime, Attribute::Tpp) == std::vector<double>{1600, 4800, 21'000});
  CHECK(thresholds_of(regime, Attribute::PerformanceDensity) == std::vector<double>{5.92});
  CHECK(thresholds_of(regime, Attribute::IoBandwidth).empty());
  regime.rules[0].enabled = false;
  CHECK(thresholds_of(regime, Attribute::PerformanceDensity).empty());
}

TEST_CASE("compute steps: a bound that includes its number cuts above it",
          "[market][compute_steps]") {
  CHECK(cut_points(regime_of({bound(Attribute::Tpp, 100)}), 0.0).tpp[0] == 100.0);
  CHECK(cut_points(regime_of({bound(Attribute::Tpp, 100, Comparison::Below)}), 0.0).tpp[0] ==
        100.0);
  CHECK(cut_points(regime_of({bound(Attribute::Tpp, 100, Comparison::AtMost)}), 0.0).tpp[0] >
        100.0);
  CHECK(cut_points(regime_of({bound(Attribute::Tpp, 100, Comparison::Above)}), 0.0).tpp[0] > 100.0);
  const auto with_margin = cut_points(regime_of({bound(Attribute::Tpp, 101)}), 0.01).tpp;
  REQUIRE(with_margin.size() == 2);
  CHECK(with_margin[0] == Approx(100.0));
}

TEST_CASE("compute steps: without lines all cores at the full rate stand for the rest",
          "[market][compute_steps]") {
  const auto steps = compute_steps(test_knobs(), test_chip(), {}, {});
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].cores == 100);
  CHECK(steps[0].tensor_rate == 1.0);
}

// 16,000 at 100 cores: below 4,800 are 29 cores, or 59 at half, or 100 at a quarter.
TEST_CASE("compute steps: the most throughput below each line, with the most cores",
          "[market][compute_steps]") {
  const auto steps = compute_steps(test_knobs(), test_chip(), {}, {{4800.0}, {}});
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].cores == 100);
  CHECK(steps[0].tensor_rate == 1.0);
  CHECK(steps[1].cores == 59);
  CHECK(steps[1].tensor_rate == 0.5);

  const auto lower = compute_steps(test_knobs(), test_chip(), {}, {{}, {2400.0 / 800.0}});
  REQUIRE(lower.size() == 2);
  CHECK(lower[1].cores == 59);  // Of 59 quarters, 29 halves and 14 wholes.
  CHECK(lower[1].tensor_rate == 0.25);
}

TEST_CASE("compute steps: a free rate goes to the line and keeps the cores",
          "[market][compute_steps]") {
  DesignKnobs knobs = test_knobs();
  knobs.throttles_freely = true;
  const auto steps = compute_steps(knobs, test_chip(), {}, {{4800.0}, {}});
  REQUIRE(steps.size() == 2);
  CHECK(steps[1].cores == 100);
  CHECK(steps[1].tensor_rate < 0.3);
  CHECK(steps[1].tensor_rate == Approx(0.3));
}

// FP32 of 60 TFLOPS counts 1,920 at 100 cores whatever the tensor rate.
TEST_CASE("compute steps: what the tensor rate does not touch takes cores",
          "[market][compute_steps]") {
  DesignKnobs knobs = test_knobs();
  knobs.throttles_freely = true;
  DesignSetting setting = all_open(knobs);
  const auto steps = compute_steps(knobs, test_chip(), {}, {{1600.0}, {}});
  setting.cores = steps.back().cores;
  setting.tensor_rate = steps.back().tensor_rate;
  CHECK(setting.cores == 83);  // 1,593.6; 84 would be 1,612.8.
  CHECK(tpp(device_of(knobs, test_chip(), setting).peaks) == Approx(1600.0));
}

}  // namespace
}  // namespace chokepoint
