#include "models/software/stack.hpp"

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

}  // namespace

Attained attained_on(const StackSpec& stack, DeviceId device, const Attained& priors) {
  Attained result = priors;
  for (std::size_t i = 0; i < kOperatorClasses; ++i) {
    const auto operator_class = static_cast<OperatorClass>(i);
    const AttainedFraction* entry = stated(stack, operator_class, device);
    if (entry == nullptr) entry = stated(stack, operator_class, std::nullopt);
    if (entry != nullptr) result.fraction[i] = entry->fraction;
  }
  return result;
}

}  // namespace chokepoint
