#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/hardware/device.hpp"
#include "models/ids.hpp"
#include "models/sourced.hpp"

namespace chokepoint {

/// Class of work whose speed a software stack decides. See catalog.proto for what each is.
enum class OperatorClass { DenseGemm, MemoryStream, TrainingStep, PrefillSystem, DecodeSystem };
inline constexpr std::size_t kOperatorClasses = 5;

/// One measured or stated fraction; for one device, or for all devices of the stack.
struct AttainedFraction {
  OperatorClass operator_class = OperatorClass::DenseGemm;
  std::optional<DeviceId> device;
  Sourced<double> fraction;  ///< In (0, 1].
  /// Where a fraction for all devices was measured; see attained_elsewhere().
  std::optional<DeviceId> measured_on = std::nullopt;
  Sourced<double> bytes_share = {};  ///< In [0, 1].
};

/// One vendor's software stack.
struct StackSpec {
  std::string name;
  OrgId vendor;
  std::vector<AttainedFraction> attained;
};

/// What a stack attains on one device, by operator class; each in (0, 1].
struct Attained {
  std::array<Sourced<double>, kOperatorClasses> fraction;

  const Sourced<double>& of(OperatorClass c) const { return fraction[static_cast<std::size_t>(c)]; }
};

/// The fraction of its roof that a matrix-bound step attains on a device, where it attains
/// `fraction` on another. What is lost for each unit of useful time, 1 / fraction - 1, is time
/// beside the matrix engine: `bytes_share` of it moves bytes (vector work, attention, exchange of
/// activations), the rest goes with the work itself. The first shrinks against the useful time as a
/// device has fewer FLOPs for a byte of its bandwidth:
///
///   1 / carried - 1 = (1 / fraction - 1) * (1 - bytes_share + bytes_share * balance_ratio)
///
/// balance_ratio: FLOPs per byte of the device over those of the one that was measured. A device
/// that is poor in FLOPs attains more of them. Requires: fraction in (0, 1], bytes_share in [0, 1],
/// balance_ratio > 0.
double attained_elsewhere(double fraction, double bytes_share, double balance_ratio);

/// The fractions that hold for `device` on `stack`: measured on the device, else stated for the
/// stack and carried over, else the prior of the class. What is carried over keeps the input of the
/// fraction; those of bytes_share and of the datasheets behind it are left out. `devices` are all,
/// by DeviceId; `priors` has one entry per class, in its order.
Attained attained_on(const StackSpec& stack, DeviceId device, std::span<const DeviceSpec> devices,
                     const Attained& priors);

}  // namespace chokepoint
