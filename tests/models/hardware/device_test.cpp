#include "models/hardware/device.hpp"

#include <catch2/catch.hpp>

#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

using Peak = std::optional<FlopsPerSecond> Peaks::*;

struct ScoredFormat {
  Peak peak;
  double bits;
};

constexpr ScoredFormat kFormats[] = {
    {&Peaks::fp64, 64},          {&Peaks::fp32, 32}, {&Peaks::tf32, 19}, {&Peaks::bf16, 16},
    {&Peaks::headline_bf16, 16}, {&Peaks::fp8, 8},   {&Peaks::int8, 8},  {&Peaks::fp4, 4}};

TEST_CASE("TPP: every format counts its own bits", "[hardware][device]") {
  for (const auto& [peak, bits] : kFormats) {
    Peaks peaks;
    peaks.*peak = 3_TFLOPS;
    CHECK(tpp(peaks) == 3 * bits);
  }
}

TEST_CASE("TPP: the greatest product counts, whichever format it is of", "[hardware][device]") {
  for (const auto& [peak, bits] : kFormats) {
    Peaks peaks;
    for (const auto& other : kFormats) peaks.*other.peak = 1_TFLOPS;  // At most 64.
    peaks.*peak = 100_TFLOPS;
    CHECK(tpp(peaks) == 100 * bits);
  }
}

TEST_CASE("TPP: published scores come out", "[hardware][device]") {
  CHECK(tpp(h20().peaks) == 2368);
  CHECK(tpp(h100().peaks) == Approx(15'831.2).epsilon(1e-12));

  Peaks a100;
  a100.fp64 = FlopsPerSecond{19.5e12};
  a100.tf32 = 156_TFLOPS;
  a100.bf16 = 312_TFLOPS;
  a100.int8 = 624_TFLOPS;
  CHECK(tpp(a100) == 4992);

  // Ascend 910B2: the headline is the 353.9 of its cube plus the 22.1 of its vector unit.
  Peaks ascend;
  ascend.bf16 = FlopsPerSecond{353.9e12};
  ascend.vector_fp16 = FlopsPerSecond{22.1e12};
  ascend.headline_bf16 = 376_TFLOPS;
  CHECK(tpp(ascend) == 6016);
}

TEST_CASE("TPP: vector units alone and unknown peaks do not count", "[hardware][device]") {
  Peaks peaks;
  CHECK(tpp(peaks) == 0.0);
  peaks.vector_fp16 = 1000_TFLOPS;
  CHECK(tpp(peaks) == 0.0);
}

// A30: 165 TFLOPS in bf16 on 826 mm^2. Rounded it would be on the line of 3.2; it is below.
TEST_CASE("performance density: is not rounded", "[hardware][device]") {
  DeviceSpec a30;
  a30.peaks.bf16 = 165_TFLOPS;
  a30.die_area_mm2 = 826;
  REQUIRE(performance_density(a30));
  CHECK(*performance_density(a30) == Approx(3.196).epsilon(1e-4));
  CHECK(*performance_density(a30) < 3.2);
}

TEST_CASE("performance density: needs an area and a peak", "[hardware][device]") {
  DeviceSpec device = h20();
  CHECK(*performance_density(device) == Approx(2368.0 / 814.0));
  device.die_area_mm2.reset();
  CHECK_FALSE(performance_density(device));
  device = h20();
  device.peaks = {};
  CHECK_FALSE(performance_density(device));
}

TEST_CASE("8-bit peak: the faster of FP8 and INT8, else bf16", "[hardware][device]") {
  Peaks peaks;
  CHECK_FALSE(peak_8bit(peaks));
  peaks.bf16 = 300_TFLOPS;
  CHECK(peak_8bit(peaks) == 300_TFLOPS);
  peaks.int8 = 200_TFLOPS;
  CHECK(peak_8bit(peaks) == 200_TFLOPS);  // Known and slower: still what 8 bits run at.
  peaks.fp8 = 600_TFLOPS;
  CHECK(peak_8bit(peaks) == 600_TFLOPS);
  peaks.int8 = 700_TFLOPS;
  CHECK(peak_8bit(peaks) == 700_TFLOPS);
  peaks.int8.reset();
  CHECK(peak_8bit(peaks) == 600_TFLOPS);
}

}  // namespace
}  // namespace chokepoint
