#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "models/world.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "tools/policy/reasons.hpp"

namespace chokepoint {

/// A policy as it is written and as it is read; element i of both lists is the same rule.
struct PolicyBook {
  Composed composed;
  World world;

  RulePair rule(RuleId id) const {
    return {composed.scenario.rules(static_cast<int>(id.value)), world.regime.rules[id.value]};
  }
  ExceptionPair exception(ExceptionId id) const {
    return {composed.scenario.exceptions(static_cast<int>(id.value)),
            world.regime.exceptions[id.value]};
  }
  /// The government of the rules that an exception softens.
  Country government_of(const Exception& exception) const {
    return world.regime.rules[exception.rules.front().value].government;
  }
};

/// Reads the policy in `file` with all that it imports or patches; a scenario will do. Nothing, and
/// all errors in `found`, where something is wrong.
std::optional<PolicyBook> read_policy_book(const std::filesystem::path& file, Diagnostics& found);

/// Resolves a composed policy.
std::optional<PolicyBook> policy_book(Composed composed, Diagnostics& found);

/// Where an entry is written: "scenarios/policy/us.textproto:12", below `root` where it lies there.
std::string place_of(const PolicyBook& book, const std::string& path,
                     const std::filesystem::path& root);

/// What a rule or an exception is on a day.
enum class State { Off, NotYet, InForce, Suspended, Ended };
State state_on(bool enabled, const Validity& validity, Date date);

/// "in force", "suspended".
std::string in_words(State state);

/// Index of the element of that name; nothing where there is none.
template <class Id, class Named>
std::optional<Id> id_of(const std::vector<Named>& named, const std::string& name) {
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (named[i].name == name) return Id{static_cast<std::uint32_t>(i)};
  }
  return std::nullopt;
}

}  // namespace chokepoint
