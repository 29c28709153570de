#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "models/ids.hpp"
#include "models/sourced.hpp"

namespace chokepoint {

/// Class of work whose speed a software stack decides. See catalog.proto for what each is.
enum class OperatorClass { DenseGemm, MemoryStream, TrainingStep, ServingSystem };
inline constexpr std::size_t kOperatorClasses = 4;

/// One measured or stated fraction; for one device, or for all devices of the stack.
struct AttainedFraction {
  OperatorClass operator_class = OperatorClass::DenseGemm;
  std::optional<DeviceId> device;
  Sourced<double> fraction;  ///< In (0, 1].
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

/// The fractions that hold for `device` on `stack`: measured on the device, else stated for the
/// stack, else the prior of the class. `priors` has one entry per class, in its order.
Attained attained_on(const StackSpec& stack, DeviceId device, const Attained& priors);

}  // namespace chokepoint
