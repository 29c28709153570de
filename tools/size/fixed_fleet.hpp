#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/serving/sizing/held_rate.hpp"
#include "sim/scenario/text/diagnostics.hpp"
#include "tools/print/json_value.hpp"
#include "tools/size/size_answer.hpp"

namespace chokepoint {

/// So many devices of a kind.
struct CountedKind {
  std::string device;
  std::int64_t count = 0;
  std::string node = {};           ///< The server that they stand in; empty: not said.
  std::optional<double> pue = {};  ///< Of their site; unset: that of the question.

  /// "nv_h20_96 in hgx_h20".
  std::string text() const { return node.empty() ? device : device + " in " + node; }

  bool operator==(const CountedKind&) const = default;
};

/// Reads a fleet such as "nv_h20_96:64,hw_ascend_910c:32": one entry a kind, counts from 1 to
/// 1 048 576. Nothing, with all errors at their places in "--fleet", where something is wrong.
std::optional<std::vector<CountedKind>> read_fleet(const std::string& text, Diagnostics& found);

/// Devices of all pools of the scenario in `file`, by kind, server and PUE of the site, in order of
/// the pools. How the scenario has them serve is not looked at. Nothing, with complaints in
/// `found`, where it has errors or no devices.
std::optional<std::vector<CountedKind>> fleet_in(const std::filesystem::path& file,
                                                 Diagnostics& found);

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
