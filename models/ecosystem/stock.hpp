#pragma once

#include "models/ids.hpp"
#include "models/sourced.hpp"

namespace chokepoint {

/// How a party holds chips.
enum class LegalStatus { Legal, Licensed, Diverted, Rented };
/// Whether the maker also uses them.
enum class Channel { Merchant, Captive };
/// What they are for.
enum class ChipUse { Mixed, Training, Inference };

/// Chips that share everything a policy question may ask of them. "China" is not a place: where
/// they stand (the pool's site), who owns them and who uses them are three facts.
struct ChipStock {
  PoolId pool;
  OrgId owner;
  OrgId user;
  ChipUse use = ChipUse::Mixed;
  LegalStatus status = LegalStatus::Legal;
  Channel channel = Channel::Merchant;
  Sourced<double> units;

  bool operator==(const ChipStock&) const = default;
};

}  // namespace chokepoint
