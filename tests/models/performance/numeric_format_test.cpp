#include "models/performance/numeric_format.hpp"

#include <catch2/catch.hpp>

#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

using F = NumericFormat;

Peaks all_peaks() {
  Peaks peaks;
  peaks.bf16 = 100_TFLOPS;
  peaks.fp8 = 200_TFLOPS;
  peaks.int8 = 210_TFLOPS;
  peaks.fp4 = 400_TFLOPS;
  return peaks;
}

TEST_CASE("number format: values with their scales", "[performance][format]") {
  CHECK(bytes_per_value(F::Fp16) == 2.0);
  CHECK(bytes_per_value(F::Fp8) == 1.0);
  CHECK(bytes_per_value(F::Nvfp4) == 0.5625);   // 16 values and one scale in 9 bytes.
  CHECK(bytes_per_value(F::Mxfp4) == 0.53125);  // 32 values and one exponent in 17 bytes.
  CHECK(bytes_per_value(F::Int4) == 0.515625);  // 128 values and one 16-bit scale in 66 bytes.
  CHECK(bytes_per_value(F::Fp8Block) == Approx(1.000244).epsilon(1e-6));
}

TEST_CASE("matrix rate: native formats run at their own rate", "[performance][format]") {
  const Peaks peaks = all_peaks();
  CHECK(matrix_rate(peaks, F::Fp16, F::Fp16).peak == 100_TFLOPS);
  CHECK(matrix_rate(peaks, F::Fp8, F::Fp8).peak == 200_TFLOPS);
  CHECK(matrix_rate(peaks, F::Fp8Block, F::Fp8).peak == 200_TFLOPS);
  CHECK(matrix_rate(peaks, F::Int8, F::Int8).peak == 210_TFLOPS);
  CHECK(matrix_rate(peaks, F::Int4, F::Int8).peak == 210_TFLOPS);
  CHECK(matrix_rate(peaks, F::Nvfp4, F::Nvfp4).peak == 400_TFLOPS);
  CHECK(matrix_rate(peaks, F::Mxfp4, F::Fp8).peak == 200_TFLOPS);
  CHECK(matrix_rate(peaks, F::Nvfp4, F::Nvfp4).bits == 4);
  CHECK(matrix_rate(peaks, F::Mxfp4, F::Fp8).bits == 8);
}

TEST_CASE("matrix rate: narrow weights beside 16-bit activations save bytes alone",
          "[performance][format]") {
  for (const F weights : {F::Fp8, F::Int8, F::Int4, F::Nvfp4, F::Mxfp4}) {
    CHECK(matrix_rate(all_peaks(), weights, F::Fp16).peak == 100_TFLOPS);
    CHECK(matrix_rate(all_peaks(), weights, F::Fp16).bits == 16);
  }
}

TEST_CASE("matrix rate: integers and floating point do not mix", "[performance][format]") {
  CHECK(matrix_rate(all_peaks(), F::Int8, F::Fp8).peak == 100_TFLOPS);
  CHECK(matrix_rate(all_peaks(), F::Fp8, F::Int8).peak == 100_TFLOPS);
}

TEST_CASE("matrix rate: a device that lacks a format computes in 16 bits",
          "[performance][format]") {
  Peaks ascend;  // As the 910B: int8, nothing in 8-bit floating point.
  ascend.bf16 = 350_TFLOPS;
  ascend.int8 = 700_TFLOPS;
  CHECK(matrix_rate(ascend, F::Int8, F::Int8).peak == 700_TFLOPS);
  CHECK(matrix_rate(ascend, F::Fp8Block, F::Fp8).peak == 350_TFLOPS);
  CHECK(matrix_rate(ascend, F::Nvfp4, F::Nvfp4).peak == 350_TFLOPS);
  Peaks hopper = all_peaks();
  hopper.fp4.reset();
  CHECK(matrix_rate(hopper, F::Nvfp4, F::Nvfp4).peak == 100_TFLOPS);
  CHECK(matrix_rate(hopper, F::Mxfp4, F::Fp8).peak == 100_TFLOPS);
}

TEST_CASE("law: no format runs above what the device has for its width", "[performance][law]") {
  CHECK(rc::check([] {
    const Peaks peaks = any::device().peaks;
    const NumericFormat weights = any::format(), activations = any::format();
    const MatrixRate rate = matrix_rate(peaks, weights, activations);
    const int width = std::max(bits(weights), bits(activations));
    FlopsPerSecond most = *peaks.bf16;
    if (width <= 8) most = std::max({most, peaks.fp8.value_or(most), peaks.int8.value_or(most)});
    if (width <= 4) most = std::max(most, peaks.fp4.value_or(most));
    RC_ASSERT(rate.peak <= most);
    RC_ASSERT(rate.bits >= width);
    RC_ASSERT(rate.bits < 16 || rate.peak == *peaks.bf16);
  }));
}

TEST_CASE("precision: int4 is of weights alone", "[performance][format]") {
  CHECK(uniform_precision(F::Int4, F::Fp8).activations == F::Fp16);
  CHECK(uniform_precision(F::Nvfp4, F::Fp8).activations == F::Nvfp4);
  CHECK(uniform_precision(F::Nvfp4, F::Fp8).kv == F::Fp8);
}

}  // namespace
}  // namespace chokepoint
