#pragma once

#include <span>
#include <string>
#include <variant>
#include <vector>

#include "models/training/mixed/mixed_search.hpp"
#include "tools/estimate/counted_kinds.hpp"
#include "tools/estimate/training/training_question.hpp"
#include "tools/print/json_value.hpp"

namespace chokepoint {

/// A question about a fleet of several kinds that is understood: each kind as if it trained alone.
/// Refers to the world.
struct MixedSubject {
  std::vector<TrainingSubject> kinds;
  std::vector<int> devices;  ///< Of each kind.
  TrainingTask task;         ///< What all of them are asked for.
};

/// What of it cannot be answered: what understand() says of a kind, a format that some kinds have
/// no arithmetic for, and a version of a stack, of which each kind has its own. `question.device`
/// and `.devices` are not looked at; entries of one device are one kind.
std::variant<MixedSubject, Misunderstanding> understand_mixed(const TrainingQuestion& question,
                                                              std::span<const CountedKind> fleet,
                                                              const TrainingWorld& world);

/// The best plans of all kinds together and of each alone.
MixedSearch search_fleet(const MixedSubject& subject, const TrainingWorld& world, std::size_t most);

/// The answer for people: plans of the mixes and of each kind alone, why mixes win or lose, and
/// what each kind of the best mix does.
std::string mixed_text(const MixedSubject& subject, const MixedSearch& found);

/// For programs: schema "chokepoint.estimate.training.mix/1".
JsonValue mixed_json(const MixedSubject& subject, const MixedSearch& found);

}  // namespace chokepoint
