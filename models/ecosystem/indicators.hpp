#pragma once

#include "models/hardware/device.hpp"
#include "models/performance/serving_stack.hpp"
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
  /// Ratios of throughput at what the stacks attain: usable.
  double h100e_training = 0.0, h100e_prefill = 0.0, h100e_decode = 0.0;
  /// Of training, the ratio of bf16 peaks; of serving, the ratio of throughput if the stack of the
  /// device attained what that of the reference does.
  double h100e_training_nominal = 0.0, h100e_prefill_nominal = 0.0, h100e_decode_nominal = 0.0;
};

/// Of one kind of work: usable, and nominal.
double usable(const DeviceWorth& worth, WorkKind kind);
double nominal(const DeviceWorth& worth, WorkKind kind);

/// A device and what its stack attains on it. Refers to all.
struct DeviceOnStack {
  const DeviceSpec& device;
  const Attained& attained;
  const ServingAttained& serving;
};

/// The reference device, whose rates are computed once. Refers to what it is made of.
class Yardstick {
public:
  /// Requires: bf16 peak, memory and bandwidth of `unit` known, and a group of it that holds the
  /// model; see devices_to_hold().
  Yardstick(const Transformer& model, const Reference& reference, const DeviceOnStack& unit);

  /// Worth of `of` against the unit. Where its bf16 peak, memory or bandwidth is not known,
  /// only `tpp` and `h100e_peak` are counted and the rest is 0; what cannot hold the model is 0
  /// too.
  DeviceWorth worth(const DeviceOnStack& of) const;
  /// `tpp` and `h100e_peak` alone, the rest is 0: of a device that nobody puts to work.
  DeviceWorth worth_by_peak(const DeviceSpec& device) const;

private:
  struct ServingRates {
    TokensPerSecond prefill, decode;
  };
  ServingRates serving_on(const DeviceSpec& device, const ServingAttained& attained) const;
  TokensPerSecond training_on(const DeviceSpec& device, const Attained& attained) const;

  const Transformer& model_;
  const Reference& reference_;
  const DeviceSpec& unit_;
  const ServingAttained& unit_serving_;
  TokensPerSecond training_;
  ServingRates serving_;
};

}  // namespace chokepoint
