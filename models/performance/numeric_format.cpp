#include "models/performance/numeric_format.hpp"

#include <algorithm>
#include <cassert>
#include <optional>

namespace chokepoint {
namespace {

bool is_integer(NumericFormat format) {
  return format == NumericFormat::Int8 || format == NumericFormat::Int4;
}

// The rate that a device has for the family and width of the pair; nothing where it lacks one.
std::optional<FlopsPerSecond> native_rate(const Peaks& peaks, NumericFormat weights,
                                          NumericFormat activations) {
  if (is_integer(weights) != is_integer(activations)) return std::nullopt;
  if (is_integer(weights)) return peaks.int8;
  const bool has_fp4_operand = bits(weights) == 4 || bits(activations) == 4;
  if (has_fp4_operand && !peaks.fp4) return std::nullopt;
  return std::max(bits(weights), bits(activations)) == 4 ? peaks.fp4 : peaks.fp8;
}

}  // namespace

int bits(NumericFormat format) {
  switch (format) {
    case NumericFormat::Fp16:
      return 16;
    case NumericFormat::Fp8:
    case NumericFormat::Fp8Block:
    case NumericFormat::Int8:
      return 8;
    case NumericFormat::Int4:
    case NumericFormat::Nvfp4:
    case NumericFormat::Mxfp4:
      return 4;
  }
  assert(false);
  return 16;
}

double bytes_per_value(NumericFormat format) {
  switch (format) {
    case NumericFormat::Fp16:
      return 2.0;
    case NumericFormat::Fp8:
    case NumericFormat::Int8:
      return 1.0;
    case NumericFormat::Fp8Block:
      return 1.0 + 4.0 / (128 * 128);
    case NumericFormat::Int4:
      return 0.5 + 2.0 / 128;
    case NumericFormat::Nvfp4:
      return 0.5 + 1.0 / 16;
    case NumericFormat::Mxfp4:
      return 0.5 + 1.0 / 32;
  }
  assert(false);
  return 2.0;
}

Precision uniform_precision(NumericFormat format, NumericFormat kv) {
  const bool is_weight_only = format == NumericFormat::Int4;
  return {format, format, format, is_weight_only ? NumericFormat::Fp16 : format, kv};
}

MatrixRate matrix_rate(const Peaks& peaks, NumericFormat weights, NumericFormat activations) {
  assert(peaks.bf16);
  const int width = std::max(bits(weights), bits(activations));
  if (width == 16) return {*peaks.bf16, 16};
  const auto native = native_rate(peaks, weights, activations);
  if (!native) return {*peaks.bf16, 16};
  // Two int4 operands run on the 8-bit units: no peak of 4-bit integers is kept.
  return {*native, is_integer(weights) ? 8 : width};
}

}  // namespace chokepoint
