#include "models/cluster/owner_use.hpp"

#include <cassert>
#include <cmath>
#include <numbers>

#include "models/cluster/shared_devices.hpp"

namespace chokepoint {

OwnerUse::OwnerUse(std::size_t owners, double half_life)
    : rate_(std::numbers::ln2 / half_life), uses_(owners) {
  assert(half_life > 0);
}

double OwnerUse::used(std::uint32_t owner, std::int64_t now) const {
  const Use& use = uses_[owner];
  const double held = static_cast<double>(use.held) / kWholeDevice;
  const double decay = rate_ * static_cast<double>(now - use.at);
  return use.used * std::exp(-decay) + held * -std::expm1(-decay) / rate_;
}

void OwnerUse::hold(std::uint32_t owner, std::int64_t thousandths, std::int64_t now) {
  Use& use = uses_[owner];
  use = {used(owner, now), now, use.held + thousandths};
  assert(use.held >= 0);
}

}  // namespace chokepoint
