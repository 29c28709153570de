#pragma once

#include "models/hardware/device.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// How a number is stored. fp16 and bf16 count as one: no device of interest computes them at
/// different rates.
enum class NumericFormat {
  Fp16,
  Fp8,       ///< One scale per tensor or channel.
  Fp8Block,  ///< One scale per 128 x 128 weights, as DeepSeek publishes its models.
  Int8,
  Int4,   ///< Weights alone; groups of 128 with a scale, as GPTQ and AWQ write them.
  Nvfp4,  ///< Groups of 16 with an fp8 scale.
  Mxfp4   ///< Groups of 32 with an 8-bit exponent.
};

/// Bits of one value, scales left out: 16, 8 or 4.
int bits(NumericFormat format);

/// Bytes of one value with its share of the scales.
/// Source: OCP Microscaling Formats v1.0 for mxfp4; NVIDIA's nvfp4; two bytes per group for int4.
double bytes_per_value(NumericFormat format);

/// In which formats an engine keeps and computes. Parts of a model differ: DeepSeek-R1 in nvfp4
/// keeps its attention in 8 bits, GPT-OSS has experts in mxfp4 and the rest in bf16.
struct Precision {
  NumericFormat weights = NumericFormat::Fp16;    ///< Of MLPs that are not experts.
  NumericFormat attention = NumericFormat::Fp16;  ///< Weights of the attention projections.
  NumericFormat experts = NumericFormat::Fp16;    ///< Weights of routed and shared experts.
  NumericFormat activations = NumericFormat::Fp16;
  NumericFormat kv = NumericFormat::Fp16;  ///< Key and value cache.

  bool operator==(const Precision&) const = default;
};

/// `format` for all weights and activations; int4 weights keep 16-bit activations.
Precision uniform_precision(NumericFormat format, NumericFormat kv);

/// Rate of matrix products, and the width at which they are computed: 16, 8 or 4 bits.
struct MatrixRate {
  FlopsPerSecond peak;
  int bits = 16;
};

/// The dense rate of `peaks` for weights and activations of these formats. Both are computed at the
/// wider of the two widths, in the family (floating point or integer) that they share; in 16 bits
/// where
///
///   - one of them has 16 bits: narrower weights are widened on the way, and save bytes alone;
///   - one is an integer and the other is not;
///   - the device has no rate for that family and width, or for fp4 where one of them is fp4.
///
/// So a missing format runs at the 16-bit rate, and never above what a device has for that width.
/// Requires: the bf16 peak known.
MatrixRate matrix_rate(const Peaks& peaks, NumericFormat weights, NumericFormat activations);

}  // namespace chokepoint
