#pragma once

#include "models/performance/throughput.hpp"
#include "models/sourced.hpp"

namespace chokepoint {

/// What a device is wanted for, the same for every device. The weights add up to 1.
struct DesignTaste {
  Sourced<double> training_weight, prefill_weight, decode_weight;  ///< Each in [0, 1].
  /// By how many percent a rate grows with one percent more I/O bandwidth: the share of the time
  /// in which links are waited for, in [0, 1].
  Sourced<double> training_io_elasticity, prefill_io_elasticity, decode_io_elasticity;
};

/// The work on which designs are compared.
struct DesignWork {
  const Transformer& transformer;
  RequestShape request;
  double training_sequence_tokens = 4096;
  Attained attained;        ///< By the stack of the device; the same for its variants.
  ServingAttained serving;  ///< The same.
};

/// What `device` is worth, as a geometric mean so that no unit and no device of reference matters:
///
///   product over training, prefill, decode of  (throughput * io ^ elasticity) ^ weight
///
/// in tokens per second and GB/s; only ratios of two values mean something. Zero where the bf16
/// peak, the memory or a bandwidth is not known. Price, power and yield are left out: the value is
/// that of one package to a buyer who can have it at the same price.
/// Never falls with any peak, bandwidth or memory.
double design_value(const DeviceSpec& device, const DesignWork& work, const DesignTaste& taste);

}  // namespace chokepoint
