#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/serving/sizing/held_rate.hpp"
#include "tools/estimate/counted_kinds.hpp"
#include "tools/print/json_value.hpp"
#include "tools/size/size_answer.hpp"

namespace chokepoint {

/// What devices of one kind hold.
struct HeldKind {
  CountedKind kind;
  std::shared_ptr<const ServingSubject> subject;
  std::variant<std::monostate, HeldFleet, NoFleet> found;
  FleetCost cost;  ///< Of the devices in use, at the highest rate.

  /// Null where it holds no rate.
  const HeldFleet* fleet() const { return std::get_if<HeldFleet>(&found); }
};

/// What a fixed fleet holds, each kind alone and all of them behind one router.
struct HeldAnswer {
  std::vector<HeldKind> kinds;
  std::optional<Breaking> together;  ///< Unset where it holds no rate.
  /// Whether a trial at the rate of the question, or at a higher one, kept its bounds; unset where
  /// it has no rate.
  std::optional<bool> keeps_rate;
};

/// The complaint of a kind that is no device, or no device of its server, or of a model or engine
/// that is none.
std::optional<Misunderstanding> complaint_of(const SizeQuestion& question,
                                             const std::vector<CountedKind>& fleet,
                                             const ServingCatalog& world);

/// The highest rate of `fleet` under the bounds of the question, and whether it keeps the
/// question's; its devices are not looked at. Tells `done` of each kind. Requires: complaint_of()
/// has none. Throws StepTooLong.
HeldAnswer hold_fleet(const SizeQuestion& question, const std::vector<CountedKind>& fleet,
                      const ServingCatalog& world,
                      const std::function<void(const HeldKind&)>& done = {});

/// For people; with whether it holds the rate of the question, where it has one.
std::string held_text(const SizeQuestion& question, const HeldAnswer& answer);
/// For programs: schema "chokepoint.size.fleet/1".
JsonValue held_json(const SizeQuestion& question, const HeldAnswer& answer);

}  // namespace chokepoint
