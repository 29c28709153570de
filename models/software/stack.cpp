#include "models/software/stack.hpp"

#include <cassert>

namespace chokepoint {
namespace {

// The first fraction of `stack` for this class and exactly this device, or for no device at all.
const AttainedFraction* stated(const StackSpec& stack, OperatorClass operator_class,
                               std::optional<DeviceId> device) {
  for (const auto& entry : stack.attained) {
    if (entry.operator_class == operator_class && entry.device == device) return &entry;
  }
  return nullptr;
}

// FLOPs of the class per byte of memory bandwidth; nothing where either is not known.
std::optional<double> balance(const DeviceSpec& device, OperatorClass operator_class) {
  const auto peak =
      operator_class == OperatorClass::TrainingStep ? device.peaks.bf16 : peak_8bit(device.peaks);
  if (!peak || !device.memory_bandwidth) return std::nullopt;
  return peak->value / device.memory_bandwidth->value;
}

Sourced<double> carried_to(const DeviceSpec& device, const AttainedFraction& entry,
                           std::span<const DeviceSpec> devices) {
  if (!entry.measured_on) return entry.fraction;
  const auto of_device = balance(device, entry.operator_class);
  const auto measured = balance(devices[entry.measured_on->value], entry.operator_class);
  if (!of_device || !measured) return entry.fraction;
  return {attained_elsewhere(entry.fraction.value, entry.bytes_share.value, *of_device / *measured),
          entry.fraction.input};
}

}  // namespace

double attained_elsewhere(double fraction, double bytes_share, double balance_ratio) {
  assert(0.0 < fraction && fraction <= 1.0 && 0.0 <= bytes_share && bytes_share <= 1.0);
  assert(balance_ratio > 0.0);
  const double lost = 1.0 / fraction - 1.0;
  return 1.0 / (1.0 + lost * (1.0 - bytes_share + bytes_share * balance_ratio));
}

Attained attained_on(const StackSpec& stack, DeviceId device, std::span<const DeviceSpec> devices,
                     const Attained& priors) {
  Attained result = priors;
  for (std::size_t i = 0; i < kOperatorClasses; ++i) {
    const auto operator_class = static_cast<OperatorClass>(i);
    const AttainedFraction* own = stated(stack, operator_class, device);
    const AttainedFraction* common = stated(stack, operator_class, std::nullopt);
    if (own != nullptr) {
      result.fraction[i] = own->fraction;
    } else if (common != nullptr) {
      result.fraction[i] = carried_to(devices[device.value], *common, devices);
    }
  }
  return result;
}

}  // namespace chokepoint
