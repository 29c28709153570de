#include "models/cluster/owner_use.hpp"

#include <cassert>
#include <cmath>
#include <numbers>

namespace chokepoint {

OwnerUse::OwnerUse(std::size_t owners, double half_life)
    : rate_(std::numbers::ln2 / half_life), uses_(owners) {
  assert(half_life > 0);
}

double OwnerUse::used(std::uint32_t owner, std::int64_t now) const {
  const Use& use = uses_[owner];
  const double decay = rate_ * static_cast<double>(now - use.at);
  return use.used * std::exp(-decay) + use.held * -std::expm1(-decay) / rate_;
}

void OwnerUse::hold(std::uint32_t owner, int devices, std::int64_t now) {
  Use& use = uses_[owner];
  use = {used(owner, now), now, use.held + devices};
  assert(use.held >= 0);
}

}  // namespace chokepoint
