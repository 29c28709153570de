#pragma once

#include "models/hardware/device.hpp"
#include "models/software/maturity.hpp"
#include "models/software/stack.hpp"
#include "models/workload/inference_service.hpp"
#include "models/workload/transformer.hpp"

namespace chokepoint {

/// The workloads that "one H100" is measured on.
struct Reference {
  DeviceId device;
  TransformerId transformer;
  RequestShape request;
  double training_sequence_tokens = 4096;
};

/// One package counted in reference devices, four ways; a single ratio misleads. An H20 is 0.15 of
/// an H100 by peak and above 1 by bandwidth.
struct DeviceWorth {
  double tpp = 0.0;
  /// Ratio of dense 8-bit peaks, as public counts do. Nominal.
  double h100e_peak = 0.0;
  /// Ratios of throughput at the fractions that the stacks attain: usable.
  double h100e_training = 0.0, h100e_prefill = 0.0, h100e_decode = 0.0;
  /// Ratios of throughput with every fraction 1; of training, the ratio of bf16 peaks.
  double h100e_training_nominal = 0.0, h100e_prefill_nominal = 0.0, h100e_decode_nominal = 0.0;
};

/// Of one kind of work: usable, and nominal.
double usable(const DeviceWorth& worth, WorkKind kind);
double nominal(const DeviceWorth& worth, WorkKind kind);

/// Worth of `device` against `unit`: "usable" at the fractions that each one's stack attains. Where
/// the device's bf16 peak, memory or bandwidth is not known, only `tpp` and `h100e_peak` are
/// counted and the rest is 0. Requires: all three known of `unit`.
DeviceWorth worth(const DeviceSpec& device, const Attained& attained, const DeviceSpec& unit,
                  const Attained& unit_attained, const Transformer& model,
                  const Reference& reference);

}  // namespace chokepoint
