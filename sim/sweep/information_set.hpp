#pragma once

#include <cstdint>
#include <optional>

#include "models/calendar.hpp"
#include "models/world.hpp"
#include "sim/indicators/ledger.hpp"
#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

/// The seed of a scenario; 1 where it states none.
std::uint64_t seed_of(const pb::Scenario& scenario);

/// A scenario as seen on a day, one of its draws.
struct InformationSet {
  std::optional<Date> as_of;       ///< Unset: everything is known.
  bool policy_as_it_came = false;  ///< Rules that came later are known all the same.
  std::optional<Date> until;       ///< Unset: to the scenario's end.
  int draw = 0;
  StandIns instead;  ///< Values of figures, whatever is written; draw 0 alone, which moves none.
};

/// Reads `composed` as seen from `information`, and spends it: it is drawn in place. Throws
/// std::runtime_error where a draw makes it unreadable, which would be a range that a field cannot
/// have.
World world_from(Composed&& composed, const InformationSet& information);

/// Runs it. Once in a process.
Ledger ledger_of(const World& world);

}  // namespace chokepoint
